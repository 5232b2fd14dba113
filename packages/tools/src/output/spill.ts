import { reasonOf } from '@trae-cli/protocol';
import type { NewFile, OutputDirectory } from './output-directory.js';

/** Text waiting for the disk; beyond it the reader of the output is asked to wait. */
const longestQueue = 4 * 1024 ** 2;

export type SpillOptions = {
  readonly directory: OutputDirectory;
  readonly name: string;
  /** Something that never stops printing must not fill the disk. */
  readonly maxFileBytes: number;
};

export type SpillOutcome = {
  readonly path: string | undefined;
  /** Why the file does not hold everything. */
  readonly problem: string | undefined;
};

/** Writes a text to a new file as it comes. A disk that fails is reported at the end and stops nothing. */
export class Spill {
  readonly #directory: OutputDirectory;
  readonly #name: string;
  readonly #maxBytes: number;
  #queue: string[] = [];
  #queued = 0;
  #written = 0;
  #file: NewFile | undefined;
  #problem: string | undefined;
  #writing: Promise<void> | undefined;

  constructor({ directory, name, maxFileBytes }: SpillOptions) {
    this.#directory = directory;
    this.#name = name;
    this.#maxBytes = maxFileBytes;
  }

  /** Takes the text. A promise means: wait for it before the next one, or memory grows. */
  push(text: string): Promise<void> | undefined {
    if (this.#problem !== undefined) return undefined;
    this.#queue.push(text);
    this.#queued += text.length;
    this.#writing ??= this.#write();
    return this.#queued > longestQueue ? this.#writing : undefined;
  }

  async finish(): Promise<SpillOutcome> {
    await this.#writing;
    await this.#file?.handle.close().catch((error: unknown) => this.#fail(error));
    return { path: this.#file?.path, problem: this.#problem };
  }

  async #write(): Promise<void> {
    try {
      this.#file ??= await this.#directory.create(this.#name);
      while (this.#queue.length > 0) await this.#writeQueue(this.#file);
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#writing = undefined;
    }
  }

  async #writeQueue({ handle }: NewFile): Promise<void> {
    const bytes = Buffer.from(this.#queue.join(''));
    this.#queue = [];
    this.#queued = 0;
    await handle.writeFile(bytes);
    this.#written += bytes.length;
    if (this.#written > this.#maxBytes) this.#fail(new Error(`it is longer than ${this.#maxBytes} bytes`));
  }

  #fail(error: unknown): void {
    this.#problem ??= reasonOf(error);
    this.#queue = [];
    this.#queued = 0;
  }
}
