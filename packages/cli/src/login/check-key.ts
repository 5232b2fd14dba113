import { type Secret, TraeError } from '@trae-cli/protocol';
import { headersFromEnvironment } from '@trae-cli/providers';
import type { Asking } from '../prompt/person.js';
import type { LoginTarget } from './login-target.js';

/** Somebody sits in front of it. */
const patienceMs = 20_000;

/** What came of the check. `undecided`: why nobody could be asked, or why the answer leaves it open. */
export type KeyCheck = { readonly status: 'good' } | { readonly status: 'undecided'; readonly reason: string };

function judged(thrown: unknown): KeyCheck {
  if (!(thrown instanceof TraeError)) throw thrown;
  const { code, message, hint = '' } = thrown;
  switch (code) {
    // Only a key that is known has an account without money.
    case 'quota_exhausted':
      return { status: 'undecided', reason: message };
    case 'credentials_rejected':
    case 'config_invalid':
      throw new TraeError(code, message, { hint: `Nothing was stored. ${hint}`.trim(), cause: thrown });
    default:
      throw new TraeError(code, `The key could not be checked. ${message}`, {
        hint: 'Nothing was stored. Try again later, or store the key unchecked with --no-check.',
        cause: thrown,
      });
  }
}

/** Asks the service one small thing that only a good key is answered. Throws where the key, or the service, is no good. */
export async function checkKey(key: Secret, target: LoginTarget, asking: Asking): Promise<KeyCheck> {
  const { entry, registry, address } = target;
  const { host, signal } = asking;
  if (address === undefined) return { status: 'undecided', reason: `nobody said where ${entry.displayName} is` };
  const provider = registry.provider(entry.id, {
    apiKey: key,
    baseUrl: address.url,
    headers: headersFromEnvironment(entry, host.environment),
    headersTimeoutMs: patienceMs,
    idleTimeoutMs: patienceMs,
  });
  const by = address.by === undefined ? '' : ` (${address.by})`;
  host.stderr.write(`Checking the key at ${new URL(address.url.trim()).host}${by}…\n`);
  try {
    await provider.checkKey(signal);
    return { status: 'good' };
  } catch (error) {
    signal.throwIfAborted();
    return judged(error);
  }
}
