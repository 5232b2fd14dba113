export type TextBounds = {
  readonly headCharacters: number;
  readonly tailCharacters: number;
  readonly headLines: number;
  readonly tailLines: number;
};

/** What one answer may hold: about 30,000 characters, the end being worth more than the beginning. */
const answerBounds: TextBounds = {
  headCharacters: 10_000,
  tailCharacters: 20_000,
  headLines: 600,
  tailLines: 1_400,
};

export type Excerpt = {
  readonly head: string;
  readonly tail: string;
  /** Of the part between head and tail; both are zero where nothing was left out. */
  readonly omittedCharacters: number;
  readonly omittedLines: number;
};

const isLowSurrogate = (text: string, index: number): boolean => {
  const unit = text.charCodeAt(index);
  return unit >= 0xdc00 && unit <= 0xdfff;
};

function countLineBreaks(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

/** The beginning of a text: whole lines where they fit, else cut between two characters. */
export function headOf(text: string, maxCharacters: number, maxLines: number): string {
  let end = Math.min(text.length, maxCharacters);
  let lines = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) {
    lines += 1;
    if (lines === maxLines) end = at + 1;
  }
  if (end === text.length) return text;
  const lineEnd = text.lastIndexOf('\n', end - 1) + 1;
  if (lineEnd > end / 2) return text.slice(0, lineEnd);
  return text.slice(0, isLowSurrogate(text, end) ? end - 1 : end);
}

/** The end of a text, likewise. */
export function tailOf(text: string, maxCharacters: number, maxLines: number): string {
  let start = Math.max(0, text.length - maxCharacters);
  let lines = 0;
  const lastBreak = text.endsWith('\n') ? text.length - 2 : text.length - 1;
  for (let at = lastBreakBefore(text, lastBreak); at >= start; at = lastBreakBefore(text, at - 1)) {
    lines += 1;
    if (lines === maxLines) start = at + 1;
  }
  if (start === 0) return text;
  const lineStart = text[start - 1] === '\n' ? start : text.indexOf('\n', start) + 1;
  if (lineStart > 0 && lineStart < start + (text.length - start) / 2) return text.slice(lineStart);
  return text.slice(isLowSurrogate(text, start) ? start + 1 : start);
}

const lastBreakBefore = (text: string, index: number): number => (index < 0 ? -1 : text.lastIndexOf('\n', index));

/** Keeps the head and the tail of a text of any length, in memory that does not grow with it. */
export class BoundedText {
  readonly #bounds: TextBounds;
  /** The whole text while it fits, afterwards at least its tail. */
  #pieces: string[] = [];
  #keptCharacters = 0;
  #head: string | undefined;
  #characters = 0;
  #lineBreaks = 0;

  constructor(bounds: TextBounds = answerBounds) {
    this.#bounds = bounds;
  }

  /** Whether the text has outgrown its bounds. */
  get exceeded(): boolean {
    const { headCharacters, tailCharacters, headLines, tailLines } = this.#bounds;
    return this.#characters > headCharacters + tailCharacters || this.#lineBreaks > headLines + tailLines;
  }

  get isEmpty(): boolean {
    return this.#characters === 0;
  }

  /** Everything pushed so far, up to and including the piece that exceeded the bounds. */
  get whole(): string {
    return this.#pieces.join('');
  }

  push(text: string): void {
    if (this.exceeded) this.#trim();
    this.#characters += text.length;
    this.#lineBreaks += countLineBreaks(text);
    this.#pieces.push(text);
    this.#keptCharacters += text.length;
  }

  excerpt(): Excerpt {
    if (!this.exceeded) return { head: this.whole, tail: '', omittedCharacters: 0, omittedLines: 0 };
    const head = this.#takeHead();
    const tail = tailOf(this.#pieces.join(''), this.#bounds.tailCharacters, this.#bounds.tailLines);
    return {
      head,
      tail,
      omittedCharacters: this.#characters - head.length - tail.length,
      omittedLines: this.#lineBreaks - countLineBreaks(head) - countLineBreaks(tail),
    };
  }

  #takeHead(): string {
    if (this.#head === undefined) {
      const text = this.whole;
      this.#head = headOf(text, this.#bounds.headCharacters, this.#bounds.headLines);
      this.#keep(text.slice(this.#head.length));
    }
    return this.#head;
  }

  #trim(): void {
    this.#takeHead();
    const { tailCharacters } = this.#bounds;
    // In large steps, so that a long output in small pieces costs no more than its length.
    if (this.#keptCharacters > 2 * tailCharacters) this.#keep(this.#pieces.join('').slice(-tailCharacters - 1));
  }

  #keep(text: string): void {
    this.#pieces = [text];
    this.#keptCharacters = text.length;
  }
}
