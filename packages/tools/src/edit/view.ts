import { StringDecoder } from 'node:string_decoder';
import { isUtf8 } from 'node:buffer';
import type { Redactor, RedactingStream } from '@trae-cli/protocol';
import { longestLine, numbered } from './excerpt.js';
import { isBinary, largestEditableBytes } from './text-file.js';

/** What one view may show; as much as a command's output. */
const mostCharacters = 30_000;
const mostLines = 2_000;

/** Lines counted from 1; `to` may be infinite. */
export type LineRange = { readonly from: number; readonly to: number };

export type FileView =
  | { readonly kind: 'binary' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'beyond'; readonly totalLines: number }
  | {
      readonly kind: 'lines';
      readonly text: string;
      readonly first: number;
      readonly last: number;
      /** Unknown where the file is too large to be read to its end. */
      readonly totalLines: number | undefined;
    };

/** Reads a range of lines from bytes of any length, in memory that does not grow with them. */
export async function viewLines(
  bytes: AsyncIterable<Uint8Array>,
  range: LineRange,
  { size, redactor }: { readonly size: number; readonly redactor: Redactor },
): Promise<FileView> {
  const reader = new LineReader(range, redactor);
  for await (const chunk of bytes) {
    if (reader.isFresh && isBinary(chunk)) return { kind: 'binary' };
    reader.push(chunk);
    if (reader.isSated && size > largestEditableBytes) return reader.view(undefined);
  }
  reader.finish();
  return reader.view(reader.lineCount);
}

class LineReader {
  readonly #range: LineRange;
  readonly #redaction: RedactingStream;
  readonly #shown: string[] = [];
  #decoder: StringDecoder | undefined;
  #characters = 0;
  #isFull = false;
  /** The beginning of the line that is being read, as much as can be shown. */
  #line = '';
  #lineLength = 0;
  lineCount = 0;

  constructor(range: LineRange, redactor: Redactor) {
    this.#range = range;
    this.#redaction = redactor.stream();
  }

  get isFresh(): boolean {
    return this.#decoder === undefined;
  }

  /** Nothing that follows will be shown. */
  get isSated(): boolean {
    return this.#isFull || this.lineCount >= this.#range.to;
  }

  push(chunk: Uint8Array): void {
    const isFirst = this.#decoder === undefined;
    this.#decoder ??= new StringDecoder(looksLikeUtf8(chunk) ? 'utf8' : 'latin1');
    const text = this.#decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    this.#take(this.#redaction.push(isFirst && text.startsWith('\ufeff') ? text.slice(1) : text));
  }

  finish(): void {
    this.#take(this.#redaction.push(this.#decoder?.end() ?? '') + this.#redaction.flush());
    if (this.#lineLength > 0) this.#endLine();
  }

  view(totalLines: number | undefined): FileView {
    if (this.lineCount === 0) return { kind: 'empty' };
    if (this.#shown.length === 0) return { kind: 'beyond', totalLines: this.lineCount };
    const first = this.#range.from;
    return { kind: 'lines', text: this.#shown.join('\n'), first, last: first + this.#shown.length - 1, totalLines };
  }

  #take(text: string): void {
    let at = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', at)) {
      this.#extendLine(text, at, end);
      this.#endLine();
      at = end + 1;
    }
    this.#extendLine(text, at, text.length);
  }

  #extendLine(text: string, start: number, end: number): void {
    const room = longestLine + 1 - this.#line.length;
    if (room > 0) this.#line += text.slice(start, Math.min(end, start + room));
    this.#lineLength += end - start;
  }

  #endLine(): void {
    this.lineCount += 1;
    const isWanted = this.lineCount >= this.#range.from && this.lineCount <= this.#range.to;
    if (isWanted && !this.#isFull) this.#show();
    this.#line = '';
    this.#lineLength = 0;
  }

  #show(): void {
    const line = numbered(this.lineCount, this.#line, this.#lineLength);
    this.#characters += line.length + 1;
    const isFirst = this.#shown.length === 0;
    this.#isFull = !isFirst && (this.#characters > mostCharacters || this.#shown.length >= mostLines);
    if (!this.#isFull) this.#shown.push(line);
  }
}

/** Whether the beginning of a file is UTF-8; its last character may be cut. */
const looksLikeUtf8 = (chunk: Uint8Array): boolean =>
  [0, 1, 2, 3].some((cut) => isUtf8(chunk.subarray(0, Math.max(0, chunk.length - cut))));
