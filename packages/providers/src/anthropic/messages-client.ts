import type { MessagesVersion } from '../dialect.js';
import type { Endpoint } from '../endpoint.js';
import type { NetworkSettings } from '../entry.js';
import { ServiceFailure } from '../errors/failure.js';
import type { Client } from '../transport/client.js';
import { headersFor } from '../transport/service-headers.js';
import { madeClient, thinClient } from '../transport/thin-client.js';
import { keyHeadersFor, otherKeyHeadersFor } from './key-headers.js';

/** What everybody speaks; the vendor's client would ask for a later one. */
export const usualVersion: MessagesVersion = '2023-06-01';

type Headers = Readonly<Record<string, string | null>>;

/** Every header that may leave, by name; null where none is sent, so that the environment adds nothing in its place. */
function headersOf(endpoint: Endpoint): Headers {
  const person = Object.fromEntries(
    Object.entries(endpoint.headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return {
    ...headersFor({ ...endpoint, key: undefined, keyHeader: 'x-api-key' }),
    'anthropic-version': usualVersion,
    'anthropic-beta': null,
    ...keyHeadersFor(endpoint),
    ...person,
  };
}

/** An empty value takes the header away. */
const overriding = (headers: Readonly<Record<string, string>>): Headers =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value === '' ? null : value]));

const isRefusedKey = (error: unknown): boolean =>
  error instanceof ServiceFailure && error.failure.type === 'answered' && error.failure.status === 401;

/** Loads the vendor's client and undici; nothing before this does. */
export async function loadMessagesClient(endpoint: Endpoint, network: NetworkSettings | undefined): Promise<Client> {
  const [{ BaseAnthropic }, { createGuardedFetch, rawAnswer }] = await Promise.all([
    import('./vendor-client.js'),
    import('../transport/network.js'),
  ]);
  const headers = headersOf(endpoint);
  const headerNames = ['content-type', ...Object.keys(headers)];
  const fetch = createGuardedFetch({ limits: endpoint.limits, headerNames, network });
  // Everything that the client would otherwise look for in the environment is given, or given as nothing.
  const nothing = { authToken: null, webhookKey: null, openTelemetry: false } as const;
  const options = { ...thinClient(endpoint, fetch), ...nothing, defaultHeaders: headers };
  const anthropic = madeClient(endpoint, 'ANTHROPIC_CUSTOM_HEADERS', () => new BaseAnthropic(options));
  const ask = (path: string, signal: AbortSignal, more: Headers = {}) =>
    rawAnswer(anthropic.get(path, { headers: more, signal }).asResponse(), signal);
  return {
    post: (url, body, { headers: more = {}, signal }) => {
      const all = { ...overriding(more), 'content-type': 'application/json' };
      return rawAnswer(anthropic.post(url, { body, headers: all, signal }).asResponse(), signal);
    },
    get: async (path, signal) => {
      const other = otherKeyHeadersFor(endpoint);
      try {
        return await ask(path, signal);
      } catch (error) {
        if (other === undefined || !isRefusedKey(error)) throw error;
        return ask(path, signal, other);
      }
    },
  };
}
