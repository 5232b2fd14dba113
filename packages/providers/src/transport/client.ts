import { TraeError } from '@trae-cli/protocol';
import type { Endpoint } from '../endpoint.js';
import { ServiceFailure } from '../errors/failure.js';
import type { Fetch, GuardedResponse } from './guarded-fetch.js';

/** Exchanges with one endpoint. Throws a ServiceFailure, or the reason of the signal. */
export interface Client {
  post(url: string, body: Uint8Array, signal: AbortSignal): Promise<GuardedResponse>;
  /** `path` stands behind the base URL. */
  get(path: string, signal: AbortSignal): Promise<GuardedResponse>;
}

/** The client insists on a key; servers without one do not look at it. */
const noKey = 'none';
/** As long as a timer can be: the clocks are ours. */
const never = 2 ** 31 - 1;

type NamedHeaders = Readonly<Record<string, string>>;

/** The header that carries the key; none where the vendor has one of its own and the key is elsewhere. */
function keyHeaderOf({ keyHeader, key }: Endpoint): NamedHeaders {
  const given = key?.reveal().trim() ?? '';
  if (keyHeader === undefined) return { authorization: `Bearer ${given === '' ? noKey : given}` };
  return given === '' ? {} : { [keyHeader]: given };
}

/** The person's headers replace those of the same name, in whatever case that is written. */
function headersFor(endpoint: Endpoint): NamedHeaders {
  const own = Object.entries(endpoint.headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  const ours = { accept: 'application/json', 'user-agent': 'trae-cli', ...keyHeaderOf(endpoint) };
  return { ...ours, ...Object.fromEntries(own) };
}

/** Everything that the client would otherwise look for in the environment is given, or given as nothing. */
function optionsFor({ baseUrl }: Endpoint, headers: NamedHeaders, fetch: Fetch) {
  return {
    // The headers have the key.
    apiKey: noKey,
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

/** The client wraps what its `fetch` has thrown. */
function unwrapped(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof ServiceFailure ? cause : error;
}

/** Loads the vendor's client and undici, which takes some 30 ms; nothing before this does. */
export async function loadClient(endpoint: Endpoint): Promise<Client> {
  const [{ OpenAI }, { createGuardedFetch, GuardedResponse }] = await Promise.all([
    import('openai'),
    import('./guarded-fetch.js'),
  ]);
  const headers = headersFor(endpoint);
  const fetch = createGuardedFetch(endpoint.limits, ['content-type', ...Object.keys(headers)]);
  let openai: InstanceType<typeof OpenAI>;
  try {
    openai = new OpenAI(optionsFor(endpoint, headers, fetch));
  } catch {
    // The cause is kept out: what it quotes may be a header with the key.
    throw new TraeError('config_invalid', `The client for ${endpoint.displayName} cannot be made.`, {
      hint: 'Check the headers of the provider, and OPENAI_CUSTOM_HEADERS in the environment.',
    });
  }
  const answer = async (sent: Promise<Response>, signal: AbortSignal): Promise<GuardedResponse> => {
    try {
      const response = await sent;
      if (response instanceof GuardedResponse) return response;
    } catch (error) {
      throw unwrapped(error, signal);
    }
    throw new TraeError('internal', 'The client has answered without asking.');
  };
  return {
    post: (url, body, signal) => {
      const type = { 'content-type': 'application/json' };
      return answer(openai.post(url, { body, headers: type, signal }).asResponse(), signal);
    },
    get: (path, signal) => answer(openai.get(path, { signal }).asResponse(), signal),
  };
}
