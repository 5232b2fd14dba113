import { TraeError } from '@trae-cli/protocol';

/** Of a document, which is held in memory and takes some ten times its size there. The original's largest are a tenth. */
const mostMebibytes = 100;

/** Joins the lines of a file in batches: many short ones would otherwise take many times their length. */
export class LongText {
  readonly #path: string;
  readonly #pieces: string[] = [];
  #batch: string[] = [];
  #length = 0;

  /** `path` is what an error names. */
  constructor(path: string) {
    this.#path = path;
  }

  add(line: string): void {
    this.#length += line.length + 1;
    if (this.#length > mostMebibytes * 1024 * 1024) {
      throw new TraeError(
        'usage',
        `${this.#path} is larger than ${mostMebibytes} MiB: too large to be shown as a document.`,
        { hint: 'Name the journal of the run (.jsonl), if there is one: a journal may be of any size.' },
      );
    }
    this.#batch.push(line);
    if (this.#batch.length < 1000) return;
    this.#pieces.push(`${this.#batch.join('\n')}\n`);
    this.#batch = [];
  }

  text(): string {
    return this.#pieces.join('') + this.#batch.join('\n');
  }
}
