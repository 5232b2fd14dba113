import { createRedactor, TraeError } from '@trae-cli/protocol';
import { modelListSchema } from '@trae-cli/wire';
import type { Endpoint } from '../endpoint.js';
import type { Client } from '../transport/client.js';
import { ask } from './ask.js';

/** A name is shown, recorded and sent: not one that is a page, steers a terminal, or quotes the key. */
function isUsable({ key }: Endpoint): (id: string) => boolean {
  const redactor = createRedactor(key === undefined ? [] : [key]);
  return (id) => /^\P{Cc}{1,256}$/u.test(id) && redactor.redact(id) === id;
}

/** The ids of the models that the service lists, in its order. */
export async function listModels(client: Client, endpoint: Endpoint, signal: AbortSignal): Promise<readonly string[]> {
  const list = modelListSchema.safeParse(await ask({ client, endpoint, path: '/models' }, signal));
  // Gemini puts the name of the collection before each name.
  if (list.success) return list.data.map(({ id }) => id.replace(/^models\//, '')).filter(isUsable(endpoint));
  throw new TraeError('provider_protocol', `${endpoint.baseUrl}/models did not answer with a list of models.`, {
    hint: `Check the base URL, ${endpoint.baseUrl}, or name a model with --model.`,
  });
}
