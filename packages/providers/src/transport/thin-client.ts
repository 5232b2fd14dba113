import { TraeError } from '@trae-cli/protocol';
import type { Endpoint } from '../endpoint.js';
import type { Fetch } from './guarded-fetch.js';

/** As long as a timer can be: the clocks are ours. */
const never = 2 ** 31 - 1;

/** What every vendor's client is told, so that it builds requests and does nothing else. */
export const thinClient = ({ baseUrl }: Endpoint, fetch: Fetch) =>
  ({
    // The headers have the key.
    apiKey: 'none',
    baseURL: baseUrl,
    fetch,
    maxRetries: 0,
    timeout: never,
    logLevel: 'off',
  }) as const;

/** Makes a vendor's client. What it throws is kept out: it may quote a header with the key. */
export function madeClient<Client>({ displayName }: Endpoint, variable: string, make: () => Client): Client {
  try {
    return make();
  } catch {
    throw new TraeError('config_invalid', `The client for ${displayName} cannot be made.`, {
      hint: `Check the headers of the provider, and ${variable} in the environment.`,
    });
  }
}
