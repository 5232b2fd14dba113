import { hasCode, reasonOf, TraeError } from '@trae-cli/protocol';

export const isMissing = (error: unknown): boolean => hasCode(error, 'ENOENT');

export const unreadable = (path: string, cause: unknown): TraeError =>
  new TraeError('usage', `The trajectory ${path} cannot be read: ${reasonOf(cause)}.`, {
    hint: 'Name the .jsonl journal of a run; its path is printed when the run starts.',
    cause,
  });

/** `flag` is the one that named the path. */
export const unwritable = (path: string, cause: unknown, flag = '--trajectory-file'): TraeError =>
  new TraeError('usage', `The trajectory cannot be written to ${path}: ${reasonOf(cause)}.`, {
    hint: `Name another place with ${flag}.`,
    cause,
  });
