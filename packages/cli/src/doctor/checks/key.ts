import { describeSource } from '@trae-cli/config';
import { asTraeError, TraeError } from '@trae-cli/protocol';
import { type Check, failed, type Finding, ok, warning } from '../check.js';
import { type Patient, settingsOf } from '../patient.js';

/** What was met where a key was looked for says more than that there is none. */
function withNotices(error: TraeError, { planned: { keyNotices } }: Patient): TraeError {
  const [notice] = keyNotices;
  if (error.code !== 'credentials_missing' || notice === undefined) return error;
  const { code, message, hint = '' } = error;
  return new TraeError(code, `${message} ${notice}`, { hint });
}

function whereFrom({ ground: { directory }, planned: { entry, key } }: Patient): string {
  if (key !== undefined) return `set, from ${describeSource(key.source, { relativeTo: directory.root })}`;
  return entry.keyRequired ? 'not set: a header of your own takes its place' : 'none is set, and none is required';
}

function judge(patient: Patient): Finding {
  const { ground, planned } = patient;
  const good =
    planned.keyNotices.length === 0 ? ok(whereFrom(patient)) : warning(whereFrom(patient), ...planned.keyNotices);
  try {
    const provider = ground.registry.provider(planned.entry.id, settingsOf(patient));
    return { verdict: good, known: { provider } };
  } catch (thrown) {
    const error = asTraeError(thrown);
    const isOfKey = error.code === 'credentials_missing' || error.code === 'credentials_rejected';
    // What is wrong with the address is said there.
    return { verdict: isOfKey ? failed(withNotices(error, patient)) : good };
  }
}

export const key: Check = {
  id: 'key',
  needs: ['provider'],
  sends: false,
  limitMs: 10_000,
  run: judge,
};
