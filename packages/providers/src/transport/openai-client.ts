import { TraeError } from '@trae-cli/protocol';
import type { Endpoint } from '../endpoint.js';
import type { NetworkSettings } from '../entry.js';
import type { Client } from './client.js';
import type { Fetch } from './guarded-fetch.js';
import { headersFor, type NamedHeaders } from './service-headers.js';

/** As long as a timer can be: the clocks are ours. */
const never = 2 ** 31 - 1;

/** Everything that the client would otherwise look for in the environment is given, or given as nothing. */
function optionsFor({ baseUrl }: Endpoint, headers: NamedHeaders, fetch: Fetch) {
  return {
    // The headers have the key.
    apiKey: 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    baseURL: baseUrl,
    defaultHeaders: headers,
    fetch,
    maxRetries: 0,
    timeout: never,
    logLevel: 'off',
  } as const;
}

/** Loads the vendor's client and undici, which takes some 30 ms; nothing before this does. */
export async function loadOpenAiClient(endpoint: Endpoint, network: NetworkSettings | undefined): Promise<Client> {
  const [{ OpenAI }, { createGuardedFetch }, { rawAnswer }] = await Promise.all([
    import('openai'),
    import('./guarded-fetch.js'),
    import('./raw-answer.js'),
  ]);
  const headers = headersFor(endpoint);
  const fetch = createGuardedFetch({
    limits: endpoint.limits,
    headerNames: ['content-type', ...Object.keys(headers)],
    network,
  });
  let openai: InstanceType<typeof OpenAI>;
  try {
    openai = new OpenAI(optionsFor(endpoint, headers, fetch));
  } catch {
    // The cause is kept out: what it quotes may be a header with the key.
    throw new TraeError('config_invalid', `The client for ${endpoint.displayName} cannot be made.`, {
      hint: 'Check the headers of the provider, and OPENAI_CUSTOM_HEADERS in the environment.',
    });
  }
  return {
    post: (url, body, { headers: more = {}, signal }) => {
      const all = { ...more, 'content-type': 'application/json' };
      return rawAnswer(openai.post(url, { body, headers: all, signal }).asResponse(), signal);
    },
    get: (path, signal) => rawAnswer(openai.get(path, { signal }).asResponse(), signal),
  };
}
