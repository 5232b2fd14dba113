import { dirname } from 'node:path';
import { TraeError } from '@trae-cli/protocol';
import type { FileGuard } from '../read/read-regular-file.js';
import type { ConfigFile } from '../source.js';
import { isWithin } from './walk.js';

/**
 * Refuses a file that a symbolic link takes out of the project: whoever cloned a repository has not agreed that it shows
 * their other files to a program. In a trusted folder links go where they like.
 */
export function linkGuard(file: ConfigFile, topmost: string): FileGuard {
  return ({ realPath }) => {
    if (file.isTrusted || isWithin(realPath, topmost)) return true;
    throw new TraeError(
      'untrusted',
      `${file.path} is a symbolic link to ${realPath}, outside of ${topmost}, and is not read.`,
      {
        hint: `Put a file in its place; or, if you know where it comes from, run: trae-cli trust ${quoted(dirname(file.path))}`,
      },
    );
  };
}

const quoted = (path: string): string =>
  /^[\w./@:+-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
