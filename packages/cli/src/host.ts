import { arch, homedir, release, tmpdir, type } from 'node:os';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { type Clock, TraeError } from '@trae-cli/protocol';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A stream to write text to. Once the reader has gone, what is written is dropped. */
export interface TextSink {
  readonly isTerminal: boolean;
  /** Columns of the terminal; undefined elsewhere. */
  readonly columns: number | undefined;
  write(text: string): void;
}

export type StopSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/** The world, as this program sees it. The only file that touches `process` beside `bin.ts` and `start.ts`. */
export interface Host {
  readonly environment: Environment;
  readonly currentDirectory: string;
  readonly homeDirectory: string;
  readonly temporaryDirectory: string;
  /** Operating system and processor, such as `Linux 6.1 x64`. */
  readonly platform: string;
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  readonly clock: Clock;
  today(): Date;
  random(): number;
  /** Reads standard input to its end. */
  readStdin(signal: AbortSignal): Promise<string>;
  /** Calls `handler` for each stop signal until the returned function is called. */
  onStopSignal(handler: (signal: StopSignal) => void): () => void;
  /** Leaves at once, without waiting for anything. */
  exitNow(status: number): never;
}

const stopSignals: readonly StopSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

function sinkOf(stream: NodeJS.WriteStream): TextSink {
  let isOpen = true;
  // A reader that leaves (`| head`) is no reason to end the run.
  stream.on('error', () => {
    isOpen = false;
  });
  return {
    // The types say it is always there; on a pipe it is not.
    isTerminal: stream.isTTY || false,
    get columns() {
      return stream.isTTY ? stream.columns : undefined;
    },
    write(text) {
      if (isOpen) stream.write(text);
    },
  };
}

const processClock: Clock = {
  now: () => performance.now(),
  sleep: async (milliseconds, signal) => {
    try {
      await delay(milliseconds, undefined, { signal });
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    }
  },
};

async function readAll(stream: NodeJS.ReadStream, signal: AbortSignal): Promise<string> {
  const chunks: Buffer[] = [];
  const onAbort = (): void => void stream.destroy();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    for await (const chunk of stream) chunks.push(Buffer.from(chunk as Uint8Array));
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
  signal.throwIfAborted();
  return Buffer.concat(chunks).toString('utf8');
}

function onStopSignal(handler: (signal: StopSignal) => void): () => void {
  const listeners = stopSignals.map((name) => ({ name, listener: () => handler(name) }));
  for (const { name, listener } of listeners) process.on(name, listener);
  return () => {
    for (const { name, listener } of listeners) process.off(name, listener);
  };
}

function currentDirectory(): string {
  try {
    return process.cwd();
  } catch (error) {
    throw new TraeError('usage', 'The current directory no longer exists.', {
      hint: 'Change to a directory that does, or name one with --working-dir.',
      cause: error,
    });
  }
}

export function processHost(): Host {
  return {
    environment: process.env,
    get currentDirectory() {
      return currentDirectory();
    },
    homeDirectory: homedir(),
    temporaryDirectory: tmpdir(),
    platform: `${type()} ${release()} ${arch()}`,
    stdout: sinkOf(process.stdout),
    stderr: sinkOf(process.stderr),
    clock: processClock,
    today: () => new Date(),
    random: () => Math.random(),
    readStdin: (signal) => readAll(process.stdin, signal),
    onStopSignal,
    exitNow: (status) => process.exit(status),
  };
}
