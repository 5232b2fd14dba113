import { ServiceFailure } from '../errors/failure.js';

/** No sane line or event comes near; without a bound one broken server could fill the memory. */
const longestMebibytes = 16;

export const oversized = (): ServiceFailure =>
  new ServiceFailure({ type: 'oversized', what: `${longestMebibytes} MiB in one piece` });

export const isTooLong = (characters: number): boolean => characters > longestMebibytes * 1024 * 1024;

/** Lines out of pieces of text: LF, CRLF and CR end a line, the open rest is kept without being joined at every piece. */
export class LineSplitter {
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
