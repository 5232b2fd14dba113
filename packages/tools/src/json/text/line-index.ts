/** The lines of one text, counted from 1. What it costs to ask does not grow with their length. */
export class LineIndex {
  readonly #text: string;
  readonly #starts: Uint32Array;

  constructor(text: string) {
    this.#text = text;
    this.#starts = startsOf(text);
  }

  /** Characters of the longest line. */
  get longest(): number {
    let longest = this.#text.length - (this.#starts.at(-1) ?? 0);
    for (let line = 1; line < this.#starts.length; line += 1) {
      longest = Math.max(longest, (this.#starts[line] ?? 0) - (this.#starts[line - 1] ?? 0));
    }
    return longest;
  }

  lineAt(offset: number): number {
    let [low, high] = [0, this.#starts.length];
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }

  /** Where the line begins that an offset is on. */
  startOf(offset: number): number {
    return this.#starts[this.lineAt(offset) - 1] ?? 0;
  }

  /** Where it ends, without the characters that end it. */
  endOf(offset: number): number {
    const next = this.#starts[this.lineAt(offset)];
    if (next === undefined) return this.#text.length;
    return this.#text[next - 2] === '\r' ? next - 2 : next - 1;
  }

  /** The white space that the line of an offset begins with. */
  indentAt(offset: number): string {
    const start = this.startOf(offset);
    let end = start;
    while (this.#text[end] === ' ' || this.#text[end] === '\t') end += 1;
    return this.#text.slice(start, end);
  }

  /** Whether nothing but white space stands before an offset on its line. */
  isFirst(offset: number): boolean {
    return this.startOf(offset) + this.indentAt(offset).length === offset;
  }

  /** The line end before an offset, else the first one. */
  lineEndNear(offset: number): '\n' | '\r\n' {
    const next = this.#starts[Math.max(1, this.lineAt(offset) - 1)];
    return next !== undefined && this.#text[next - 2] === '\r' ? '\r\n' : '\n';
  }
}

function startsOf(text: string): Uint32Array {
  let count = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  const starts = new Uint32Array(count);
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts[line++] = at + 1;
  return starts;
}
