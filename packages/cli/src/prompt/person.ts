import { ReadStream, WriteStream } from 'node:tty';
import { type StoppedReason, stopReasonOf } from '@trae-cli/protocol';
import type { Host } from '../host/host.js';
import { exitStatusOf, StopSwitch } from '../host/stop.js';
import { type Paint, paintFor } from '../output/paint.js';
import { type Key, KeyDecoder } from './keys.js';

/** Somebody at a terminal, who can be asked. Leaving the scope gives the terminal back as it was. */
export interface Person extends Disposable {
  readonly paint: Paint;
  /** Where lines can be written anew. */
  readonly canRedraw: boolean;
  readonly columns: number;
  readonly rows: number;
  write(text: string): void;
  /** Waits for the next key. Ctrl-C ends the command. */
  nextKey(): Promise<Key>;
  /** Drops what was typed or pasted beyond the answer: the shell would take it for a command. */
  discardRest(): Promise<void>;
}

/** What a command that asks runs in: the signal that ends it, and the way to give it. */
export type Asking = { readonly host: Host; readonly signal: AbortSignal; readonly interrupt: () => void };

/** Whether there is somebody to ask. */
export const hasPerson = ({ isStdinTerminal, stderr }: Host): boolean => isStdinTerminal && stderr.isTerminal;

const bracketedPaste = { on: '\u001b[?2004h', off: '\u001b[?2004l' } as const;
/** A terminal without bracketed paste sends the lines of a paste at once. */
const pasteIsOverMs = 50;

class TerminalPerson implements Person {
  readonly paint: Paint;
  readonly canRedraw: boolean;
  readonly #asking: Asking;
  readonly #input = new ReadStream(0);
  /** For what is no text: to the sink it would look like half a line. */
  readonly #screen = new WriteStream(2);
  readonly #keys: Key[] = [];
  #wake: () => void = () => undefined;
  #isMidLine = false;

  constructor(asking: Asking) {
    const { stderr, environment } = asking.host;
    this.#asking = asking;
    this.paint = paintFor(stderr, environment);
    this.canRedraw = environment['TERM'] !== 'dumb';
    const decoder = new KeyDecoder();
    this.#input.setRawMode(true).setEncoding('utf8');
    this.#input.on('data', (text: string) => this.#hear(decoder.push(text)));
    // The terminal was closed: there is nobody left to answer.
    this.#input.on('error', () => asking.interrupt());
    this.#input.on('end', () => asking.interrupt());
    asking.signal.addEventListener('abort', () => this.#wake(), { once: true });
    if (this.canRedraw) this.#screen.write(bracketedPaste.on);
  }

  get columns(): number {
    return this.#screen.columns;
  }

  get rows(): number {
    return this.#screen.rows;
  }

  write(text: string): void {
    this.#asking.host.stderr.write(text);
    this.#isMidLine = !text.endsWith('\n');
  }

  async nextKey(): Promise<Key> {
    for (;;) {
      this.#asking.signal.throwIfAborted();
      const key = this.#keys.shift();
      if (key !== undefined) return key;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async discardRest(): Promise<void> {
    await this.#asking.host.clock.sleep(pasteIsOverMs, this.#asking.signal);
    this.#keys.length = 0;
  }

  [Symbol.dispose](): void {
    if (this.#isMidLine) this.write('\n');
    if (this.canRedraw) this.#screen.write(bracketedPaste.off);
    this.#screen.destroy();
    this.#input.setRawMode(false);
    this.#input.destroy();
  }

  #hear(keys: readonly Key[]): void {
    for (const key of keys) {
      if (key.type === 'interrupt') this.#asking.interrupt();
      else this.#keys.push(key);
    }
    this.#wake();
  }
}

/** Takes over the terminal. Only where `hasPerson`. */
export const openPerson = (asking: Asking): Person => new TerminalPerson(asking);

/** Runs a command that may ask. A stop signal or a typed Ctrl-C ends it: `farewell` is said, and the status is theirs. */
export async function whileAsking(
  host: Host,
  farewell: string,
  work: (asking: Asking) => Promise<number>,
): Promise<number> {
  using stop = new StopSwitch(host, () => undefined);
  const typed = new AbortController();
  const signal = AbortSignal.any([stop.signal, typed.signal]);
  try {
    return await work({ host, signal, interrupt: () => typed.abort('cancelled' satisfies StoppedReason) });
  } catch (error) {
    if (!signal.aborted) throw error;
    host.stderr.write(`${farewell}\n`);
    return exitStatusOf({ status: 'stopped', reason: stopReasonOf(signal) });
  }
}
