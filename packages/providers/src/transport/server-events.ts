import { isTooLong, LineSplitter, oversized } from './lines.js';

export type ServerEvent = {
  /** Empty where the server gave it no name. */
  readonly event: string;
  readonly data: string;
  /** It is the whole body rather than a piece of a stream. */
  readonly isWhole?: boolean;
};

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
