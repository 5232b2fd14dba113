import { ServiceFailure } from '../errors/failure.js';

export type ServerEvent = {
  /** Empty where the server gave it no name. */
  readonly event: string;
  readonly data: string;
};

/** No sane line or event comes near; without a bound one broken server could fill the memory. */
const longestMebibytes = 16;

const oversized = (): ServiceFailure =>
  new ServiceFailure({ type: 'oversized', what: `${longestMebibytes} MiB in one piece` });

const isTooLong = (characters: number): boolean => characters > longestMebibytes * 1024 * 1024;

/** Lines out of pieces of text: LF, CRLF and CR end a line, the open rest is kept without being joined at every piece. */
class LineSplitter {
  #open: string[] = [];
  #openLength = 0;
  #endedInReturn = false;

  push(piece: string): string[] {
    if (piece === '') return [];
    const text = this.#endedInReturn && piece.startsWith('\n') ? piece.slice(1) : piece;
    this.#endedInReturn = piece.endsWith('\r');
    const lines = text.includes('\r') ? text.split(/\r\n|\n|\r/) : text.split('\n');
    const rest = lines.pop() ?? '';
    const [first] = lines;
    if (first !== undefined) lines[0] = this.#closed(first);
    this.#keep(rest);
    return lines;
  }

  /** The last line, where it had no end. */
  end(): string {
    return this.#closed('');
  }

  #closed(lastPiece: string): string {
    if (this.#openLength === 0) return lastPiece;
    const line = this.#open.join('') + lastPiece;
    this.#open = [];
    this.#openLength = 0;
    return line;
  }

  #keep(rest: string): void {
    if (rest === '') return;
    this.#open.push(rest);
    this.#openLength += rest.length;
    if (isTooLong(this.#openLength)) throw oversized();
  }
}

/** Server-sent events out of pieces of text, by the standard and a little beyond it. */
export class ServerEventReader {
  readonly #lines = new LineSplitter();
  #event = '';
  #data: string[] = [];
  #dataLength = 0;

  push(piece: string): readonly ServerEvent[] {
    const events: ServerEvent[] = [];
    for (const line of this.#lines.push(piece)) this.#read(line, events);
    return events;
  }

  /** The last event counts also where the empty line behind it is missing. */
  end(): readonly ServerEvent[] {
    const events: ServerEvent[] = [];
    this.#read(this.#lines.end(), events);
    this.#dispatch(events);
    return events;
  }

  #read(line: string, events: ServerEvent[]): void {
    if (line === '') {
      this.#dispatch(events);
      return;
    }
    const colon = line.indexOf(':');
    if (colon === 0) return;
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (field === 'data') this.#keep(value);
    else if (field === 'event') this.#event = value;
    // llama.cpp writes its errors as a field of their own.
    else if (field === 'error') events.push({ event: 'error', data: value });
  }

  #dispatch(events: ServerEvent[]): void {
    const [first = ''] = this.#data;
    const data = this.#data.length > 1 ? this.#data.join('\n') : first;
    if (data !== '') events.push({ event: this.#event, data });
    if (this.#data.length > 0) this.#data = [];
    this.#dataLength = 0;
    this.#event = '';
  }

  #keep(data: string): void {
    this.#data.push(data);
    // An empty line of data takes up room as well.
    this.#dataLength += data.length + 1;
    if (isTooLong(this.#dataLength)) throw oversized();
  }
}
