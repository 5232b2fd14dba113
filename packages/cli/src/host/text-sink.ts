import { type Environment, reasonOf } from '@trae-cli/protocol';

/** A stream to write text to. Once the reader has gone, what is written is dropped. */
export interface TextSink {
  readonly isTerminal: boolean;
  /** Columns of the terminal; undefined elsewhere. */
  readonly columns: number | undefined;
  write(text: string): void;
  /** Shows a last line until the next write; `''` takes it away. Only terminals have one, and only between lines. */
  showStatus(text: string): void;
  /** Why something could not be written, after all of it has been tried; a reader that left is no failure. */
  failure(): Promise<string | undefined>;
}

const clearLine = '\r\u001b[2K';

/** A log that somebody reads afterwards is no place for a line that changes. */
const canErase = (stream: NodeJS.WriteStream, environment: Environment): boolean =>
  stream.isTTY && environment['TERM'] !== 'dumb' && (environment['CI'] ?? '') === '';

class StreamSink implements TextSink {
  // The types say that `isTTY` is always there; on a pipe it is not.
  readonly isTerminal: boolean;
  readonly #stream: NodeJS.WriteStream;
  readonly #canErase: boolean;
  #isOpen = true;
  #isBetweenLines = true;
  #isStatusShown = false;
  #failure: string | undefined;

  constructor(stream: NodeJS.WriteStream, environment: Environment) {
    this.#stream = stream;
    this.isTerminal = stream.isTTY || false;
    this.#canErase = canErase(stream, environment);
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // A reader that leaves (`| head`) is no reason to end the run, and nothing is lost that anybody wanted.
      if (error.code !== 'EPIPE') this.#failure ??= reasonOf(error);
      this.#isOpen = false;
    });
  }

  get columns(): number | undefined {
    return this.#stream.isTTY ? this.#stream.columns : undefined;
  }

  write(text: string): void {
    if (text === '') return;
    this.#put(text);
    this.#isBetweenLines = text.endsWith('\n');
  }

  showStatus(text: string): void {
    if (!this.#canErase || !this.#isBetweenLines || (text === '' && !this.#isStatusShown)) return;
    this.#put(text.slice(0, (this.columns ?? 80) - 1));
    this.#isStatusShown = text !== '';
  }

  async failure(): Promise<string | undefined> {
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
    return this.#failure;
  }

  #put(text: string): void {
    const clear = this.#isStatusShown ? clearLine : '';
    this.#isStatusShown = false;
    if (this.#isOpen) this.#stream.write(`${clear}${text}`);
  }
}

export const streamSink = (stream: NodeJS.WriteStream, environment: Environment): TextSink =>
  new StreamSink(stream, environment);
