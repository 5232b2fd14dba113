import { StringDecoder } from 'node:string_decoder';
import { formatCount, type RedactingStream, type Redactor } from '@trae-cli/protocol';
import { BoundedText, type Excerpt } from './bounded-text.js';
import { Spill, type SpillOptions, type SpillOutcome } from './spill.js';
import { TerminalText } from './terminal-text.js';

/** `directory`, `name` and `maxFileBytes` are of the file that the whole goes to when it is long. */
export type RecorderOptions = SpillOptions & {
  readonly redactor: Redactor;
  readonly onText?: ((text: string) => void) | undefined;
};

export type RecordedOutput = {
  /** The output, or its head and tail with a note between them. */
  readonly text: string;
  /** Where the whole is, when `text` is not. */
  readonly file?: string;
};

/** The one path that output takes: bytes, text, terminal sense, redaction; then kept, spilled and reported. */
export class Recorder {
  readonly #decoder = new StringDecoder('utf8');
  readonly #terminal = new TerminalText();
  readonly #redaction: RedactingStream;
  readonly #kept = new BoundedText();
  readonly #options: RecorderOptions;
  #spill: Spill | undefined;

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.#redaction = options.redactor.stream();
  }

  /** Takes the next bytes. A promise means: wait for it before the next ones. */
  push(bytes: Buffer): Promise<void> | undefined {
    return this.#keep(this.#redaction.push(this.#terminal.push(this.#decoder.write(bytes))));
  }

  async finish(): Promise<RecordedOutput> {
    const rest = this.#terminal.push(this.#decoder.end()) + this.#terminal.flush();
    void this.#keep(this.#redaction.push(rest) + this.#redaction.flush());
    const excerpt = this.#kept.excerpt();
    if (this.#spill === undefined) return { text: excerpt.head };
    const outcome = await this.#spill.finish();
    return {
      text: withNote(excerpt, outcome),
      ...(outcome.path === undefined ? {} : { file: outcome.path }),
    };
  }

  #keep(text: string): Promise<void> | undefined {
    if (text === '') return undefined;
    this.#options.onText?.(text);
    this.#kept.push(text);
    if (this.#spill !== undefined) return this.#spill.push(text);
    if (!this.#kept.exceeded) return undefined;
    this.#spill = new Spill(this.#options);
    return this.#spill.push(this.#kept.whole);
  }
}

const endingLine = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);

function withNote({ head, tail, omittedCharacters, omittedLines }: Excerpt, { path, problem }: SpillOutcome): string {
  const count = `${formatCount(omittedCharacters)} characters, ${formatCount(omittedLines)} lines,`;
  const place =
    problem === undefined && path !== undefined
      ? `the whole output is in ${path}`
      : `the whole output could not be saved: ${problem ?? 'no reason given'}${path === undefined ? '' : `; its beginning is in ${path}`}`;
  return `${endingLine(head)}[… ${count} left out here; ${place} …]\n${tail}`;
}
