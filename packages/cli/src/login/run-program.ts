import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { messageOf } from '@trae-cli/protocol';
import type { Host } from '../host/host.js';

export type ProgramEnd =
  | { readonly status: 'exited'; readonly exitCode: number; readonly stdout: string; readonly stderr: string }
  | { readonly status: 'not_started'; readonly reason: string }
  | { readonly status: 'timed_out' };

export type ProgramInput = {
  readonly arguments: readonly string[];
  /** Written to standard input: the place for what the list of processes must not show. */
  readonly stdin?: string;
  readonly timeoutMs: number;
};

/** Runs a program without a shell. Every end but the signal's is a result. */
export type RunProgram = (path: string, input: ProgramInput, signal: AbortSignal) => Promise<ProgramEnd>;

type Surroundings = Pick<Host, 'environment' | 'clock'>;

/** Where a program lies on the PATH. What a relative entry finds would be the working directory's, not the system's. */
export async function findProgram(name: string, { environment }: Surroundings): Promise<string | undefined> {
  const directories = (environment['PATH'] ?? '').split(delimiter).filter((directory) => isAbsolute(directory));
  for (const directory of directories) {
    const path = join(directory, name);
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  return undefined;
}

const outputOf = (stream: NodeJS.ReadableStream): { text: string } => {
  const output = { text: '' };
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    output.text += chunk;
  });
  return output;
};

function endOf(child: ChildProcessWithoutNullStreams): Promise<ProgramEnd> {
  const [stdout, stderr] = [outputOf(child.stdout), outputOf(child.stderr)];
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ status: 'not_started', reason: messageOf(error) }));
    child.once('close', (exitCode) =>
      resolve({ status: 'exited', exitCode: exitCode ?? 1, stdout: stdout.text, stderr: stderr.text }),
    );
  });
}

/** Whatever it has started may keep its streams open; nobody waits for that. */
function leave(child: ChildProcessWithoutNullStreams): void {
  child.kill('SIGKILL');
  for (const stream of child.stdio) stream?.destroy();
}

export const programRunner =
  ({ environment, clock }: Surroundings): RunProgram =>
  async (path, { arguments: args, stdin, timeoutMs }, signal) => {
    signal.throwIfAborted();
    const child = spawn(path, args, { env: { ...environment }, stdio: 'pipe' });
    const scope = new AbortController();
    const limit = AbortSignal.any([signal, scope.signal]);
    child.stdin.on('error', () => undefined); // It does not read to the end, which is its own affair.
    child.stdin.end(stdin);
    try {
      return await Promise.race([
        endOf(child),
        clock.sleep(timeoutMs, limit).then((): ProgramEnd => ({ status: 'timed_out' })),
      ]);
    } finally {
      scope.abort();
      leave(child);
    }
  };
