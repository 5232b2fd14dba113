import type { Endpoint, SilenceLimits } from '../endpoint.js';
import type { NetworkSettings } from '../entry.js';
import type { Client } from '../transport/client.js';
import { headersFor, type NamedHeaders } from '../transport/service-headers.js';

/** What a server knows by heart it says at once, however slow its models are. */
const longestBriefMs = 30_000;

/** Nobody loads anything to answer these. */
const isBrief = (url: string): boolean => /\/api\/(?:show|tags|ps|version)$/.test(url);

const briefly = ({ headersMs = longestBriefMs, idleMs = longestBriefMs }: SilenceLimits): SilenceLimits => ({
  headersMs: Math.min(headersMs, longestBriefMs),
  idleMs: Math.min(idleMs, longestBriefMs),
});

/** A server without a key gets no header for one; what a person set as a header of their own stays. */
function ownHeaders(endpoint: Endpoint): NamedHeaders {
  const { authorization, ...others } = headersFor(endpoint);
  const isGiven =
    endpoint.key !== undefined || Object.keys(endpoint.headers).some((name) => /^authorization$/i.test(name));
  return isGiven && authorization !== undefined ? { ...others, authorization } : others;
}

/** Loads undici; everything that is asked of the server goes through here. */
export async function loadOllamaClient(endpoint: Endpoint, network: NetworkSettings | undefined): Promise<Client> {
  const { createGuardedFetch, rawAnswer } = await import('../transport/network.js');
  const headers = ownHeaders(endpoint);
  const headerNames = ['content-type', ...Object.keys(headers)];
  const patient = createGuardedFetch({ limits: endpoint.limits, headerNames, network });
  const brief = createGuardedFetch({ limits: briefly(endpoint.limits), headerNames, network });
  const send = (url: string, init: RequestInit & { readonly signal: AbortSignal }) =>
    rawAnswer((isBrief(url) ? brief : patient)(url, init), init.signal);
  return {
    post: (url, body, { headers: more = {}, signal }) => {
      const all = { ...headers, ...more, 'content-type': 'application/json' };
      return send(url, { method: 'POST', body: Buffer.from(body), headers: all, signal });
    },
    get: (path, signal) => send(`${endpoint.baseUrl}${path}`, { headers, signal }),
  };
}
