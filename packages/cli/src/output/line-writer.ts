import type { TextSink } from '../host/text-sink.js';

/** What is thought and what is said are paragraphs of their own. */
type Voice = 'thought' | 'said';

/** Whole lines and streamed words on one sink, kept apart: a paragraph of words has an empty line before it. */
export class LineWriter {
  readonly #sink: TextSink;
  #isLineOpen = false;
  #voice: Voice | undefined;

  constructor(sink: TextSink) {
    this.#sink = sink;
  }

  /** Words as they come; they go on where the last ones ended. */
  stream(text: string, voice: Voice, paint: (text: string) => string = (plain) => plain): void {
    if (text === '') return;
    if (this.#voice !== voice) this.endParagraph();
    if (this.#voice === undefined) this.#sink.write('\n');
    this.#sink.write(paint(text));
    this.#voice = voice;
    this.#isLineOpen = !text.endsWith('\n');
  }

  line(text: string): void {
    this.endParagraph();
    this.#sink.write(`${text}\n`);
  }

  endParagraph(): void {
    if (this.#isLineOpen) this.#sink.write('\n');
    this.#isLineOpen = false;
    this.#voice = undefined;
  }

  /** On a terminal, what would wrap is cut; elsewhere nothing is. */
  fitted(text: string): string {
    const { columns } = this.#sink;
    if (columns === undefined || text.length <= columns) return text;
    const shown = Array.from(text).slice(0, Math.max(1, columns - 1));
    return `${shown.join('')}…`;
  }
}
