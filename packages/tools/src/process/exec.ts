import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { type Clock, hasCode, messageOf } from '@trae-cli/protocol';
import type { ExecOptions, ExecResult } from '../workspace.js';
import { exitStatusOf, sendSignal } from './signal.js';

const defaultMaxBytes = 64 * 1024 ** 2;
/** How long others may hold the output open when the program itself has ended. */
const lingerMs = 250;

export type ExecSettings = {
  readonly root: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly clock: Clock;
};

/** Runs one program in a process group of its own. Every end is a result. */
export async function runProgram(
  file: string,
  args: readonly string[],
  options: ExecOptions,
  { root, environment, clock }: ExecSettings,
): Promise<ExecResult> {
  if (options.signal.aborted) return unstarted('cancelled', '', 1);
  const child = spawn(file, args, {
    cwd: resolve(root, options.directory ?? '.'),
    detached: true,
    env: { ...environment, ...options.environment },
  });
  const limits = new Limits(child, options, clock);
  const maxBytes = options.maxBytes ?? defaultMaxBytes;
  const stdout = collect(child.stdout, maxBytes, () => limits.stop('too_much_output'));
  const stderr = collect(child.stderr, maxBytes, () => limits.stop('too_much_output'));
  child.stdin.on('error', () => undefined); // It does not read to the end, which is its own affair.
  child.stdin.end(options.stdin);
  const error = await endOf(child, clock);
  limits.lift();
  if (error !== undefined) return unstarted('not_started', messageOf(error), hasCode(error, 'ENOENT') ? 127 : 126);
  return {
    end: limits.reached ?? 'exited',
    exitCode: exitStatusOf(child.exitCode, child.signalCode),
    stdout: Buffer.concat(stdout),
    stderr: Buffer.concat(stderr).toString('utf8'),
  };
}

const unstarted = (end: ExecResult['end'], stderr: string, exitCode: number): ExecResult => ({
  end,
  exitCode,
  stdout: Buffer.alloc(0),
  stderr,
});

type Limit = 'timed_out' | 'cancelled' | 'too_much_output';

/** Ends the program's whole group when a limit is reached. */
class Limits {
  reached: Limit | undefined;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #signal: AbortSignal;
  readonly #scope = new AbortController();
  readonly #cancel = (): void => this.stop('cancelled');

  constructor(child: ChildProcessWithoutNullStreams, { signal, timeoutMs }: ExecOptions, clock: Clock) {
    this.#child = child;
    this.#signal = signal;
    signal.addEventListener('abort', this.#cancel, { once: true });
    if (timeoutMs === undefined) return;
    clock.sleep(timeoutMs, this.#scope.signal).then(
      () => this.stop('timed_out'),
      () => undefined,
    );
  }

  stop(limit: Limit): void {
    this.reached ??= limit;
    if (this.#child.pid !== undefined) sendSignal(-this.#child.pid, 'SIGKILL');
  }

  lift(): void {
    this.#signal.removeEventListener('abort', this.#cancel);
    this.#scope.abort();
  }
}

/** The bytes that come, up to the limit. */
function collect(stream: Readable, maxBytes: number, onExcess: () => void): readonly Buffer[] {
  const chunks: Buffer[] = [];
  let length = 0;
  stream.on('data', (chunk: Buffer) => {
    if (length > maxBytes) return;
    length += chunk.length;
    if (length > maxBytes) onExcess();
    else chunks.push(chunk);
  });
  return chunks;
}

/** Resolves when the program has ended and its output too, unless others keep that open; with the error of its start. */
function endOf(child: ChildProcessWithoutNullStreams, clock: Clock): Promise<Error | undefined> {
  const scope = new AbortController();
  return new Promise((resolve) => {
    const settle = (error?: Error): void => {
      scope.abort();
      resolve(error);
    };
    child.once('error', settle);
    child.once('close', () => settle());
    child.once('exit', () => {
      clock.sleep(lingerMs, scope.signal).then(
        () => settle(),
        () => undefined,
      );
    });
  });
}
