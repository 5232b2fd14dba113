import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { reasonOf, TraeError } from '@trae-cli/protocol';
import type { Host } from './host.js';

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function requireBash({ environment }: Host): Promise<void> {
  // Without a PATH the system looks in places of its own.
  const directories = environment['PATH']?.split(delimiter);
  if (directories === undefined) return;
  for (const directory of directories) if (await isExecutable(join(directory, 'bash'))) return;
  throw new TraeError('usage', 'There is no bash on the PATH, and the agent runs its commands in it.', {
    hint: 'Install bash (in Alpine Linux: apk add bash), or add its directory to PATH.',
  });
}

async function requireTemporaryDirectory({ temporaryDirectory }: Host): Promise<void> {
  try {
    await access(temporaryDirectory, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new TraeError(
      'usage',
      `The temporary directory ${temporaryDirectory} cannot be written: ${reasonOf(error)}.`,
      { hint: 'Name one that can be, with TMPDIR.', cause: error },
    );
  }
}

/** What no run can do without: said before the start, rather than by every command to the model. */
export async function requireMachine(host: Host): Promise<void> {
  await Promise.all([requireBash(host), requireTemporaryDirectory(host)]);
}
