import type { TextSink } from '../host.js';

/** Whole lines and streamed words on one sink, kept apart: a paragraph of words has an empty line before it. */
export class LineWriter {
  readonly #sink: TextSink;
  #isLineOpen = false;
  #isInParagraph = false;

  constructor(sink: TextSink) {
    this.#sink = sink;
  }

  /** Words as they come; they go on where the last ones ended. */
  stream(text: string): void {
    if (text === '') return;
    if (!this.#isInParagraph) this.#sink.write('\n');
    this.#sink.write(text);
    this.#isInParagraph = true;
    this.#isLineOpen = !text.endsWith('\n');
  }

  line(text: string): void {
    this.endParagraph();
    this.#sink.write(`${text}\n`);
  }

  endParagraph(): void {
    if (this.#isLineOpen) this.#sink.write('\n');
    this.#isLineOpen = false;
    this.#isInParagraph = false;
  }

  /** On a terminal, what would wrap is cut; elsewhere nothing is. */
  fitted(text: string): string {
    const { columns } = this.#sink;
    if (columns === undefined || text.length <= columns) return text;
    return `${text.slice(0, Math.max(1, columns - 1))}…`;
  }
}
