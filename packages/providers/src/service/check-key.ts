import { TraeError } from '@trae-cli/protocol';
import type { ApiFormat } from '../api-format.js';
import type { Endpoint } from '../endpoint.js';
import type { Failure } from '../errors/failure.js';
import { ask } from './ask.js';
import type { Asking } from './protocol.js';

const undecided = (endpoint: Endpoint, path: string): TraeError =>
  new TraeError('provider_protocol', `${endpoint.baseUrl}${path} gave no answer that a key could be checked by.`, {
    hint: `The key may well be good: the first request will tell. If it fails too, check the base URL, ${endpoint.baseUrl}.`,
  });

/** Not everybody serves what a key is checked at, and some keys are good for turns only. */
const saysNothing = (failure: Failure): boolean =>
  failure.type === 'answered' &&
  (failure.status === 404 || failure.status === 405 || (failure.status === 403 && /\bscopes?\b/i.test(failure.body)));

/** Asks something that is answered for good keys only. Throws where this one is refused, or nobody can say. */
export async function checkKeyAt(
  path: string,
  { client, endpoint, signal }: Asking,
  apiFormat: ApiFormat,
): Promise<void> {
  const errorFor = (failure: Failure): TraeError | undefined =>
    saysNothing(failure) ? undecided(endpoint, path) : undefined;
  const answer = await ask({ client, endpoint, apiFormat, path, errorFor }, signal);
  if (answer === undefined) throw undecided(endpoint, path);
}
