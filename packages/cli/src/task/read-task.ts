import { createReadStream } from 'node:fs';
import { reasonOf, TraeError } from '@trae-cli/protocol';
import type { Host } from '../host/host.js';
import { readTaskText } from './task-text.js';

export type TaskSource = {
  /** The positional argument; `-` is standard input. */
  readonly argument: string | undefined;
  readonly file: string | undefined;
  /** Append standard input to the task. */
  readonly stdin: boolean;
};

const usage = (message: string, hint: string): TraeError => new TraeError('usage', message, { hint });

async function readTaskFile(path: string, host: Host, signal: AbortSignal): Promise<string> {
  const name = `The task file ${path}`;
  try {
    return await readTaskText(createReadStream(host.resolvePath(path), { signal }), name);
  } catch (error) {
    if (error instanceof TraeError) throw error;
    throw new TraeError('usage', `${name} cannot be read: ${reasonOf(error)}.`, {
      hint: 'Name a readable text file with --file, or give the task as an argument.',
      cause: error,
    });
  }
}

async function readStdin(host: Host, signal: AbortSignal): Promise<string> {
  if (host.isStdinTerminal) host.stderr.write('Reading standard input. Ctrl-D on an empty line ends it.\n');
  return readTaskText(host.readStdin(signal), 'Standard input');
}

async function readMainPart(source: TaskSource, host: Host, signal: AbortSignal): Promise<string> {
  if (source.file !== undefined) return readTaskFile(source.file, host, signal);
  if (source.argument === '-') return readStdin(host, signal);
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
  const appended = source.stdin ? await readStdin(host, signal) : '';
  const task = [main, appended].filter((part) => part.trim() !== '').join('\n\n');
  if (task === '') {
    throw usage('The task is empty.', 'Say what is to be done, for example: trae-cli run "Fix the failing test".');
  }
  return task;
}
