import { type JsonValue, parseJson, type TraeError } from '@trae-cli/protocol';
import type { ApiFormat } from '../api-format.js';
import type { Endpoint } from '../endpoint.js';
import { type Failure, ServiceFailure } from '../errors/failure.js';
import type { Client } from '../transport/client.js';

const longestAnswerMebibytes = 16;

async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > longestAnswerMebibytes * 1024 * 1024)
      throw new ServiceFailure({ type: 'oversized', what: `${longestAnswerMebibytes} MiB where a list was asked for` });
  }
  return Buffer.concat(chunks).toString('utf8');
}

export type Question = {
  readonly client: Client;
  readonly endpoint: Endpoint;
  readonly apiFormat: ApiFormat;
  /** Behind the base URL. */
  readonly path: string;
  /** An error of its own for a failure that means something special here. */
  readonly errorFor?: (failure: Failure) => TraeError | undefined;
};

/** What the service answers to a question beside the turns; undefined where that is not JSON. */
export async function ask(
  { client, endpoint, apiFormat, path, errorFor }: Question,
  signal: AbortSignal,
): Promise<JsonValue | undefined> {
  try {
    const response = await client.get(path, signal);
    return parseJson(await textOf(response.bytes));
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (!(error instanceof ServiceFailure)) throw error;
    const own = errorFor?.(error.failure);
    if (own !== undefined) throw own;
    const { translate } = await import('./failed-turn.js');
    throw translate(error.failure, { endpoint, apiFormat, model: undefined, quotaIsRate: false }).error;
  }
}
