import { isJsonObject, parseJson } from '@trae-cli/protocol';
import { ServiceFailure } from '../errors/failure.js';
import type { GuardedResponse } from '../transport/guarded-fetch.js';
import { readAnswer } from '../transport/read-answer.js';

const mostMebibytes = 16;
const encoder = new TextEncoder();

/** The answer to a question: one JSON value. The vendor's client writes what is none to the terminal. */
export async function wholeBody({ bytes, contentType }: GuardedResponse): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > mostMebibytes * 1024 * 1024)
      throw new ServiceFailure({ type: 'oversized', what: `${mostMebibytes} MiB where a short answer was asked for` });
  }
  const text = Buffer.concat(chunks).toString('utf8');
  if (parseJson(text) !== undefined) return text;
  if (text.trimStart().startsWith('<')) throw new ServiceFailure({ type: 'web_page', contentType });
  throw new ServiceFailure({ type: 'malformed', text });
}

/** The lines of progress; throws where one is none, where one tells an error, and where they stop before the end. */
async function* progressLines(response: GuardedResponse): AsyncGenerator<Uint8Array, void> {
  let isDone = false;
  for await (const batch of readAnswer(response, 'lines')) {
    for (const { data } of batch) {
      const line = parseJson(data);
      if (!isJsonObject(line)) throw new ServiceFailure({ type: 'malformed', text: data });
      if ('error' in line) throw new ServiceFailure({ type: 'reported', body: line });
      isDone ||= line['status'] === 'success';
      yield encoder.encode(`${data}\n`);
    }
  }
  if (!isDone) throw new ServiceFailure({ type: 'truncated' });
}

/** The same as the stream that the vendor's client reads. */
export function progressBody(response: GuardedResponse): ReadableStream<Uint8Array> {
  const lines = progressLines(response);
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const next = await lines.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
    cancel: async () => {
      await lines.return();
    },
  });
}
