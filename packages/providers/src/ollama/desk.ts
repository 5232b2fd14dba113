import { isJsonObject, type JsonValue, type TraeError } from '@trae-cli/protocol';
import {
  type OllamaInstalledModel,
  type OllamaLoadedModel,
  ollamaLoadedSchema,
  type OllamaShow,
  ollamaShowSchema,
  ollamaTagsSchema,
} from '@trae-cli/wire';
import type { Ollama, ProgressResponse } from 'ollama/browser';
import { ServiceFailure } from '../errors/failure.js';
import { translate } from '../errors/translate.js';
import type { Asking } from '../service/protocol.js';
import type { Fetch } from '../transport/guarded-fetch.js';
import { progressBody, wholeBody } from './response-body.js';

/**
 * The `fetch` of the vendor's client. Its headers are ours, its failures come through as they are, and it hands over
 * nothing but answers that the client can read: about all else the client writes to the terminal.
 */
function fetchThrough({ client, endpoint, signal }: Asking): Fetch {
  return async (input, init = {}) => {
    const url = input instanceof Request ? input.url : String(input);
    const path = url.slice(url.lastIndexOf('/api/'));
    const headers = { 'content-type': 'application/json' };
    if (init.method !== 'POST') return new Response(await wholeBody(await client.get(path, signal)), { headers });
    const body = Buffer.from(typeof init.body === 'string' ? init.body : '');
    const answer = await client.post(`${endpoint.baseUrl}${path}`, body, { signal });
    return new Response(path === '/api/pull' ? progressBody(answer) : await wholeBody(answer), { headers });
  };
}

/** The vendor's client for one question: aborting one of its streams would abort all that it has. */
async function openClient(asking: Asking): Promise<Ollama> {
  const { Ollama } = await import('ollama/browser');
  return new Ollama({ host: asking.endpoint.baseUrl, fetch: fetchThrough(asking) });
}

/** Throws a ServiceFailure, or the reason of the signal. */
async function asked<Answer>(asking: Asking, question: (client: Ollama) => Promise<Answer>): Promise<Answer> {
  try {
    // What listens to a signal here is never taken off it again.
    const signal = AbortSignal.any([asking.signal]);
    return await question(await openClient({ ...asking, signal }));
  } catch (error) {
    if (asking.signal.aborted) throw asking.signal.reason;
    throw error;
  }
}

/** What the server says of one model; undefined where that cannot be read. */
export async function showModel(asking: Asking, model: string): Promise<OllamaShow | undefined> {
  const answer: unknown = await asked(asking, (client) => client.show({ model }));
  return ollamaShowSchema.safeParse(answer).data;
}

/** What is installed; undefined where it is not a list that came. */
export async function installedModels(asking: Asking): Promise<readonly OllamaInstalledModel[] | undefined> {
  const answer = (await asked<unknown>(asking, (client) => client.list())) as JsonValue;
  return isJsonObject(answer) && 'models' in answer ? ollamaTagsSchema.safeParse(answer).data?.models : undefined;
}

/** What is loaded; undefined where it is not a list that came. */
export async function loadedModels(asking: Asking): Promise<readonly OllamaLoadedModel[] | undefined> {
  const answer = (await asked<unknown>(asking, (client) => client.ps())) as JsonValue;
  return isJsonObject(answer) && 'models' in answer ? ollamaLoadedSchema.safeParse(answer).data?.models : undefined;
}

/** Fetches a model; leaving the loop early ends the download. */
export async function* pullModel(asking: Asking, model: string): AsyncGenerator<ProgressResponse, void> {
  const scope = new AbortController();
  const signal = AbortSignal.any([asking.signal, scope.signal]);
  try {
    yield* await asked({ ...asking, signal }, (client) => client.pull({ model, stream: true }));
  } catch (error) {
    if (asking.signal.aborted) throw asking.signal.reason;
    throw error;
  } finally {
    scope.abort();
  }
}

/** A failure as people read it; anything else is thrown on. */
export function explained(error: unknown, { endpoint }: Asking, model?: string): TraeError {
  if (!(error instanceof ServiceFailure)) throw error;
  return translate(error.failure, { endpoint, apiFormat: 'ollama', model, quotaIsRate: false }).error;
}

/** A name without a tag means the one with `:latest`. */
const fullName = (name: string): string => (/:[^/]*$/.test(name) ? name : `${name}:latest`);

export const isSameModel = (one: string, other: string): boolean =>
  fullName(one).toLowerCase() === fullName(other).toLowerCase();
