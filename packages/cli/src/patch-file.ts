import { open, rm, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { TraeError } from '@trae-cli/protocol';

/** Where `--patch-path` goes, proven writable before the run; a file there is replaced at the end only. */
export async function preparePatchFile(path: string, currentDirectory: string): Promise<string> {
  const absolute = resolve(currentDirectory, path);
  const wasThere = await stat(absolute).then(
    () => true,
    () => false,
  );
  try {
    await (await open(absolute, 'a')).close();
    if (!wasThere) await rm(absolute);
    return absolute;
  } catch (error) {
    throw new TraeError(
      'usage',
      `The patch cannot be written to ${absolute}: ${error instanceof Error ? error.message : String(error)}`,
      {
        hint: 'Name a writable file in an existing directory with --patch-path.',
        cause: error,
      },
    );
  }
}

export const writePatchFile = (path: string, patch: Uint8Array): Promise<void> => writeFile(path, patch);
