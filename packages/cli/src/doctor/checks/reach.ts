import { TraeError } from '@trae-cli/protocol';
import { probeReach, type Reach, type ReachFinding } from '@trae-cli/providers';
import { type Check, type Known, ok, skipped, type Verdict, warning } from '../check.js';
import { addressOf, type Patient, settingsOf } from '../patient.js';

const limitMs = 20_000;

/** What is wrong with the key is said where the key is looked at. */
function checkSettings(patient: Patient): void {
  const { ground, planned } = patient;
  try {
    ground.registry.provider(planned.entry.id, settingsOf(patient));
  } catch (error) {
    if (!(error instanceof TraeError) || !error.code.startsWith('credentials_')) throw error;
  }
}

/** Throws what a run would throw for an address that is missing, or that is none. */
function reachOf(patient: Patient): Reach {
  checkSettings(patient);
  const { ground, host, planned } = patient;
  const address = required(addressOf(patient), 'address');
  const settings = settingsOf(patient);
  return probeReach({ entry: planned.entry, address, settings, network: ground.network, today: host.today() });
}

/** For checks that are made only where the address was good. */
export function required<Value>(value: Value | undefined, name: string): Value {
  if (value === undefined) throw new TraeError('internal', `The check before has left no ${name}.`);
  return value;
}

const verdictOf = ({ says, doubt }: ReachFinding, advice: string): Verdict =>
  doubt === undefined ? ok(says) : warning(`${says}. ${doubt}`, advice);

export const address: Check = {
  id: 'address',
  needs: ['provider'],
  sends: true,
  limitMs,
  offline: (patient) => skipped(`${reachOf(patient).address}, not looked up because of --offline`),
  run: async (patient) => {
    const reach = reachOf(patient);
    const { says } = await reach.resolve();
    return { verdict: ok(says), known: { reach } };
  },
};

const reachIn = ({ reach }: Known): Reach => required(reach, 'way');

export const connection: Check = {
  id: 'connection',
  needs: ['address'],
  sends: true,
  limitMs,
  run: async (_patient, known) => ({ verdict: ok((await reachIn(known).connect()).says) }),
};

const inTheClear = (isPrivate: boolean): Verdict =>
  isPrivate
    ? skipped('the address begins with http://, as those at home do')
    : warning(
        'The address begins with http://: the key and everything you ask travel in the clear',
        'Write the base URL with https://, if the service speaks it.',
      );

export const tls: Check = {
  id: 'tls',
  needs: ['connection'],
  sends: true,
  limitMs: 70_000,
  run: async (_patient, known) => {
    const reach = reachIn(known);
    if (!reach.isTls) return { verdict: inTheClear(reach.isPrivate) };
    return { verdict: verdictOf(await reach.secure(), 'Whoever runs the service has to renew it.') };
  },
};
