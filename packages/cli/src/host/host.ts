import { arch, homedir, release, tmpdir, totalmem, type, userInfo } from 'node:os';
import { isAbsolute, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { isatty } from 'node:tty';
import { type Clock, type Environment, TraeError } from '@trae-cli/protocol';
import { firstHome } from './home-directory.js';
import { streamSink, type TextSink } from './text-sink.js';

export type StopSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/** The world, as this program sees it. The only file that touches `process` beside `bin.ts`. */
export interface Host {
  readonly environment: Environment;
  /** Absolute. */
  readonly homeDirectory: string;
  readonly temporaryDirectory: string;
  /** Operating system and processor, such as `Linux 6.1 x64`. */
  readonly platform: string;
  /** Bytes of memory that programs here may have. */
  readonly memoryBytes: number;
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  readonly clock: Clock;
  /** Absolute, from the current directory, which need not exist where `path` is absolute already. */
  resolvePath(path: string): string;
  today(): Date;
  random(): number;
  /** Whether somebody would have to type what is read from standard input. */
  readonly isStdinTerminal: boolean;
  /** Standard input, to its end. */
  readStdin(signal: AbortSignal): AsyncIterable<Uint8Array>;
  /** Calls `handler` for each stop signal until the returned function is called. */
  onStopSignal(handler: (signal: StopSignal) => void): () => void;
  /** Leaves at once, without waiting for anything. */
  exitNow(status: number): never;
}

const stopSignals: readonly StopSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

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

async function* readStdin(signal: AbortSignal): AsyncGenerator<Uint8Array, void> {
  const { stdin } = process;
  const onAbort = (): void => void stdin.destroy();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    yield* stdin as AsyncIterable<Uint8Array>;
  } finally {
    signal.removeEventListener('abort', onAbort);
    signal.throwIfAborted();
  }
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
      hint: 'Change to a directory that does, or name the workspace and every file by its absolute path.',
      cause: error,
    });
  }
}

/** What a container is allowed may be less than the machine has; no limit is told as 0 or as more than there is. */
function usableMemory(): number {
  const allowed = process.constrainedMemory();
  return allowed > 0 && allowed < totalmem() ? allowed : totalmem();
}

export function processHost(): Host {
  const { env: environment, stdout, stderr } = process;
  return {
    environment,
    homeDirectory: firstHome([homedir, () => userInfo().homedir]),
    temporaryDirectory: tmpdir(),
    platform: `${type()} ${release()} ${arch()}`,
    memoryBytes: usableMemory(),
    stdout: streamSink(stdout, environment),
    stderr: streamSink(stderr, environment),
    clock: processClock,
    resolvePath: (path) => (isAbsolute(path) ? resolve(path) : resolve(currentDirectory(), path)),
    today: () => new Date(),
    random: () => Math.random(),
    isStdinTerminal: isatty(0),
    readStdin,
    onStopSignal,
    exitNow: (status) => process.exit(status),
  };
}
