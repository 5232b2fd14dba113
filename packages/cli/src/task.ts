import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { TraeError } from '@trae-cli/protocol';
import type { Host } from './host.js';

export type TaskSource = {
  /** The positional argument; `-` is standard input. */
  readonly argument: string | undefined;
  readonly file: string | undefined;
  /** Append standard input to the task. */
  readonly stdin: boolean;
};

/** A task is words, not a data set. */
const largestTaskBytes = 4 * 1024 * 1024;

const usage = (message: string, hint: string): TraeError => new TraeError('usage', message, { hint });

async function readTaskFile(path: string, currentDirectory: string): Promise<string> {
  const absolute = resolve(currentDirectory, path);
  try {
    const { size } = await stat(absolute);
    if (size > largestTaskBytes) {
      throw usage(
        `The task file ${path} has ${size} bytes; a task may have 4 MiB.`,
        'Name the file in a short task instead.',
      );
    }
    return await readFile(absolute, 'utf8');
  } catch (error) {
    if (error instanceof TraeError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    const reasons: Readonly<Record<string, string>> = {
      ENOENT: 'does not exist',
      EISDIR: 'is a directory',
      EACCES: 'may not be read by you',
    };
    throw new TraeError('usage', `The task file ${path} ${reasons[code ?? ''] ?? 'cannot be read'}.`, {
      hint: 'Name a readable text file with --file, or give the task as an argument.',
      cause: error,
    });
  }
}

async function readMainPart(source: TaskSource, host: Host, signal: AbortSignal): Promise<string> {
  if (source.file !== undefined) return readTaskFile(source.file, host.currentDirectory);
  if (source.argument === '-') return host.readStdin(signal);
  return source.argument ?? '';
}

function rejectContradictions({ argument, file, stdin }: TaskSource): void {
  if (argument !== undefined && file !== undefined) {
    throw usage('A task and a task file were both given.', 'Leave out either the argument or --file.');
  }
  if (argument === undefined && file === undefined && !stdin) {
    throw usage('There is no task.', 'Give it as an argument, as a file with --file, or as `-` on standard input.');
  }
  if (argument === '-' && stdin) {
    throw usage('Standard input was asked for twice.', 'Use either `-` or --stdin.');
  }
}

/** The task in full. Standard input is read only when asked for. Throws usage errors. */
export async function readTask(source: TaskSource, host: Host, signal: AbortSignal): Promise<string> {
  rejectContradictions(source);
  const main = await readMainPart(source, host, signal);
  const appended = source.stdin ? await host.readStdin(signal) : '';
  const task = [main, appended].filter((part) => part.trim() !== '').join('\n\n');
  if (task === '') {
    throw usage('The task is empty.', 'Say what is to be done, for example: trae-cli run "Fix the failing test".');
  }
  return task;
}
