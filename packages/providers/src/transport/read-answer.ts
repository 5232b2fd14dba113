import { ServiceFailure } from '../errors/failure.js';
import { LineReader } from './line-reader.js';
import { type ServerEvent, ServerEventReader } from './server-events.js';

/** Of a whole answer on the wire, so that no stream is endless: a few hundred times the longest that any model gives. */
const mostMebibytes = 512;
const longestBodyMebibytes = 16;
const bytesPerMebibyte = 1024 * 1024;
const endMark: ServerEvent = { event: '', data: '[DONE]' };

/** How the pieces of an answer are told apart: as server-sent events, or as one JSON value on each line. */
export type Framing = 'events' | 'lines';

export type AnswerBody = {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly contentType: string;
};

/** A complete JSON body in the place of a stream, as the one event of a stream that has ended. */
class WholeBody {
  #text = '';

  push(piece: string): readonly ServerEvent[] {
    this.#text += piece;
    if (this.#text.length > longestBodyMebibytes * bytesPerMebibyte)
      throw new ServiceFailure({ type: 'oversized', what: `${longestBodyMebibytes} MiB in one piece` });
    return [];
  }

  end(): readonly ServerEvent[] {
    return [{ event: '', data: this.#text, isWhole: true }, endMark];
  }
}

interface Reader {
  push(piece: string): readonly ServerEvent[];
  end(): readonly ServerEvent[];
}

/** The beginning tells what came: labels are often wrong, and no event stream begins with a bracket. */
function readerFor(start: string, contentType: string, framing: Framing): Reader {
  const isPage = contentType.includes('text/html') && !/^(?::|data|event|id|retry)/.test(start);
  if (start.startsWith('<') || isPage) throw new ServiceFailure({ type: 'web_page', contentType });
  if (framing === 'lines') return new LineReader();
  return start.startsWith('{') || start.startsWith('[') ? new WholeBody() : new ServerEventReader();
}

/** The events of an answer, in one batch per packet. */
export async function* readAnswer(
  { bytes, contentType }: AnswerBody,
  framing: Framing = 'events',
): AsyncGenerator<readonly ServerEvent[], void> {
  const decoder = new TextDecoder();
  let reader: Reader | undefined;
  let bytesRead = 0;
  for await (const chunk of bytes) {
    bytesRead += chunk.length;
    if (bytesRead > mostMebibytes * bytesPerMebibyte)
      throw new ServiceFailure({ type: 'oversized', what: `${mostMebibytes} MiB in one answer` });
    const piece = decoder.decode(chunk, { stream: true });
    if (reader === undefined) {
      const start = piece.trimStart();
      if (start === '') continue;
      reader = readerFor(start, contentType, framing);
    }
    yield reader.push(piece);
  }
  reader ??= new ServerEventReader();
  yield reader.push(decoder.decode());
  yield reader.end();
}
