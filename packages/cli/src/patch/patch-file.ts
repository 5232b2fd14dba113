import { writeFile } from 'node:fs/promises';
import { reasonOf, TraeError } from '@trae-cli/protocol';
import type { Host } from '../host/host.js';
import { proveWritable } from '../host/prove-writable.js';

/** Where `--patch-path` goes, proven writable before the run; a file there is replaced at the end only. */
export async function preparePatchFile(path: string, host: Host): Promise<string> {
  const absolute = host.resolvePath(path);
  try {
    await proveWritable(absolute);
    return absolute;
  } catch (error) {
    throw new TraeError('usage', `The patch cannot be written to ${absolute}: ${reasonOf(error)}.`, {
      hint: 'Name a writable file in an existing directory with --patch-path.',
      cause: error,
    });
  }
}

/** Makes the patch and writes it. Gives back why it could not, if so: the result of the run is not lost with it. */
export async function writePatchFile(path: string, makePatch: () => Promise<Uint8Array>): Promise<string | undefined> {
  try {
    await writeFile(path, await makePatch());
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}
