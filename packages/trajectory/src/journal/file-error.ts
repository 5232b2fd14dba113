import { TraeError } from '@trae-cli/protocol';

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  EISDIR: 'it is a directory',
  ENOTDIR: 'a part of the path is not a directory',
  EEXIST: 'a part of the path is not a directory',
  ENOENT: 'there is no such file',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota is used up',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'it is a link that leads back to itself',
};

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

export const isMissing = (error: unknown): boolean => codeOf(error) === 'ENOENT';

/** `error` of the file system in plain words: the reason alone, without the path. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  if (code !== undefined && reasons[code] !== undefined) return reasons[code];
  return error instanceof Error ? error.message : String(error);
}

export const unreadable = (path: string, cause: unknown): TraeError =>
  new TraeError('usage', `The trajectory ${path} cannot be read: ${reasonOf(cause)}.`, {
    hint: 'Name the .jsonl journal of a run; its path is printed when the run starts.',
    cause,
  });

export const unwritable = (path: string, cause: unknown): TraeError =>
  new TraeError('usage', `The trajectory cannot be written to ${path}: ${reasonOf(cause)}.`, {
    hint: 'Name another place with --trajectory-file.',
    cause,
  });
