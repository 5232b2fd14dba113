import { createRedactor, parseJson, TraeError } from '@trae-cli/protocol';
import { modelListSchema } from '@trae-cli/wire';
import type { Endpoint } from '../endpoint.js';
import { ServiceFailure } from '../errors/failure.js';
import { translate } from '../errors/translate.js';
import type { Client } from '../transport/client.js';

const longestListMebibytes = 16;

async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > longestListMebibytes * 1024 * 1024)
      throw new ServiceFailure({ type: 'oversized', what: `${longestListMebibytes} MiB as a list of models` });
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** A name is shown, recorded and sent: not one that is a page, steers a terminal, or quotes the key. */
function isUsable({ key }: Endpoint): (id: string) => boolean {
  const redactor = createRedactor(key === undefined ? [] : [key]);
  return (id) => /^\P{Cc}{1,256}$/u.test(id) && redactor.redact(id) === id;
}

/** The ids of the models that the service lists, in its order. */
export async function listModels(client: Client, endpoint: Endpoint, signal: AbortSignal): Promise<readonly string[]> {
  try {
    const response = await client.get('/models', signal);
    const list = modelListSchema.safeParse(parseJson(await textOf(response.bytes)));
    // Gemini puts the name of the collection before each name.
    if (list.success) return list.data.map(({ id }) => id.replace(/^models\//, '')).filter(isUsable(endpoint));
    throw new TraeError('provider_protocol', `${endpoint.baseUrl}/models did not answer with a list of models.`, {
      hint: `Check the base URL, ${endpoint.baseUrl}, or name a model with --model.`,
    });
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (!(error instanceof ServiceFailure)) throw error;
    throw translate(error.failure, { endpoint, model: undefined, quotaIsRate: false }).error;
  }
}
