import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { reasonOf, TraeError } from '@trae-cli/protocol';
import type { Host } from './host.js';

export type WorkingDirectory = { readonly root: string; readonly isWritable: boolean };

async function isAllowed(path: string, mode: number): Promise<boolean> {
  try {
    await access(path, mode);
    return true;
  } catch {
    return false;
  }
}

/** The directory by its real path. It must exist, be a directory and be readable: a typo is an error, not a new directory. */
export async function existingDirectory(
  path: string,
  host: Pick<Host, 'resolvePath'>,
  flag: string,
): Promise<WorkingDirectory> {
  const absolute = host.resolvePath(path);
  const root = await realpath(absolute).catch((error: unknown) => {
    throw new TraeError('usage', `The directory ${absolute} cannot be reached: ${reasonOf(error)}.`, {
      hint: `Name an existing directory with ${flag}.`,
      cause: error,
    });
  });
  if (!(await stat(root)).isDirectory()) {
    throw new TraeError('usage', `${absolute} is not a directory.`, { hint: `Name a directory with ${flag}.` });
  }
  if (!(await isAllowed(root, constants.R_OK | constants.X_OK))) {
    throw new TraeError('usage', `The directory ${absolute} may not be read by you.`, {
      hint: `Change its permissions, or name another with ${flag}.`,
    });
  }
  return { root, isWritable: await isAllowed(root, constants.W_OK) };
}
