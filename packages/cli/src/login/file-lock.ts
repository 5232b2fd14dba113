import { randomBytes } from 'node:crypto';
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { hasCode, TraeError } from '@trae-cli/protocol';
import type { Host } from '../host/host.js';
import { makeDirectory } from '../record/make-directory.js';

const lookAgainMs = 20;
const patienceMs = 5000;
/** Nobody holds the lock for longer than it takes to read and write one small file. */
const abandonedAfterMs = 10_000;

type Waiting = { readonly host: Pick<Host, 'clock' | 'today'>; readonly signal: AbortSignal };

async function isTaken(lock: string): Promise<boolean> {
  try {
    await (await open(lock, 'wx', 0o600)).close();
    return false;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return true;
    throw error;
  }
}

/** Whoever held it was killed. It is moved away, which only one of those who wait can do. */
async function removeAbandoned(lock: string, now: number): Promise<void> {
  try {
    if (now - (await stat(lock)).mtimeMs < abandonedAfterMs) return;
    const aside = `${lock}.${randomBytes(6).toString('hex')}`;
    await rename(lock, aside);
    await rm(aside, { force: true });
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
  }
}

async function take(lock: string, { host, signal }: Waiting): Promise<void> {
  const deadline = host.clock.now() + patienceMs;
  while (await isTaken(lock)) {
    if (host.clock.now() > deadline)
      throw new TraeError('config_invalid', `Another trae-cli is changing the stored keys (${lock} is there).`, {
        hint: 'Try again. If no other trae-cli is running, delete that file.',
      });
    await removeAbandoned(lock, host.today().getTime());
    await host.clock.sleep(lookAgainMs, signal);
  }
}

/** Does one thing while no other process does it, told apart by a file beside `path`. */
export async function withFileLock<Result>(
  path: string,
  work: () => Promise<Result>,
  waiting: Waiting,
): Promise<Result> {
  const lock = `${path}.lock`;
  await makeDirectory(dirname(path));
  await take(lock, waiting);
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}
