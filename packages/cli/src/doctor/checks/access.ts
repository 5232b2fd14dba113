import { asTraeError, TraeError } from '@trae-cli/protocol';
import { type Check, ok, skipped, type Verdict, warning } from '../check.js';
import type { Patient } from '../patient.js';
import { required } from './reach.js';

/** What leaves it open whether the key is good is for the first answer to tell. */
function judged(thrown: unknown): Verdict {
  const error = asTraeError(thrown);
  const advice = error.hint === undefined ? [] : [error.hint];
  switch (error.code) {
    case 'usage':
      return skipped(`cannot be asked by itself: ${error.message}`);
    case 'quota_exhausted':
    case 'rate_limited':
      return warning(error.message, ...advice);
    case 'provider_protocol':
      return skipped(`${error.message} The answer below tells.`);
    default:
      throw error;
  }
}

const accepted = ({ planned: { key } }: Patient): string =>
  key === undefined ? 'the service asks for none' : 'yes, as far as it can be told without an answer';

export const access: Check = {
  id: 'access',
  needs: ['key', 'address', 'connection', 'tls'],
  sends: true,
  limitMs: 30_000,
  run: async (patient, { provider }, signal) => {
    try {
      await required(provider, 'provider').checkKey(signal);
      return { verdict: ok(accepted(patient)) };
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof TraeError)) throw error;
      return { verdict: judged(error) };
    }
  },
};
