import type { Endpoint } from '../endpoint.js';
import type { NetworkSettings } from '../entry.js';
import type { Client } from './client.js';
import { headersFor } from './service-headers.js';
import { madeClient, thinClient } from './thin-client.js';

/** Loads the vendor's client and undici, which takes some 30 ms; nothing before this does. */
export async function loadOpenAiClient(endpoint: Endpoint, network: NetworkSettings | undefined): Promise<Client> {
  const [{ OpenAI }, { createGuardedFetch, rawAnswer }] = await Promise.all([import('openai'), import('./network.js')]);
  const headers = headersFor(endpoint);
  const fetch = createGuardedFetch({
    limits: endpoint.limits,
    headerNames: ['content-type', ...Object.keys(headers)],
    network,
  });
  // Everything that the client would otherwise look for in the environment is given, or given as nothing.
  const nothing = { adminAPIKey: null, organization: null, project: null, webhookSecret: null };
  const options = { ...thinClient(endpoint, fetch), ...nothing, defaultHeaders: headers };
  const openai = madeClient(endpoint, 'OPENAI_CUSTOM_HEADERS', () => new OpenAI(options));
  return {
    post: (url, body, { headers: more = {}, signal }) => {
      const all = { ...more, 'content-type': 'application/json' };
      return rawAnswer(openai.post(url, { body, headers: all, signal }).asResponse(), signal);
    },
    get: (path, signal) => rawAnswer(openai.get(path, { signal }).asResponse(), signal),
  };
}
