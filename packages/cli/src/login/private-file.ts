import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { hasCode, reasonOf } from '@trae-cli/protocol';
import { makeDirectory } from '../record/make-directory.js';

/** A file that nobody else may read, as far as it can be believed. `reason` follows the path in a sentence. */
export type PrivateFile =
  | { readonly status: 'absent' }
  | { readonly status: 'read'; readonly text: string; readonly wasOpenToOthers: boolean }
  | { readonly status: 'refused'; readonly reason: string };

const mostBytes = 1024 * 1024;
const forOthers = 0o077;

/** Undefined where the system does not number its users, or does not know this one. */
export function currentUserId(): number | undefined {
  try {
    const { uid } = userInfo();
    return uid < 0 ? undefined : uid;
  } catch {
    return undefined;
  }
}

async function readOpened(file: FileHandle, userId: number | undefined): Promise<PrivateFile> {
  // The open file is asked, not its name, which may stand for another by now.
  const found = await file.stat();
  if (!found.isFile()) return { status: 'refused', reason: 'is not a file' };
  if (userId !== undefined && found.uid !== userId) return { status: 'refused', reason: 'belongs to another user' };
  if (found.size > mostBytes) return { status: 'refused', reason: 'is larger than any list of keys' };
  const wasOpenToOthers = userId !== undefined && (found.mode & forOthers) !== 0;
  // Where modes cannot be changed, the note says so every time, and the keys go on working.
  if (wasOpenToOthers) await file.chmod(0o600).catch(() => undefined);
  return { status: 'read', text: await file.readFile('utf8'), wasOpenToOthers };
}

/** Reads a file that only this user may read, and closes it to others where it is not closed. Follows no link. */
export async function readPrivateFile(path: string, userId: number | undefined): Promise<PrivateFile> {
  try {
    // A pipe in the place of the file must not be waited for.
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      return await readOpened(file, userId);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return { status: 'absent' };
    if (hasCode(error, 'ELOOP')) return { status: 'refused', reason: 'is a symbolic link' };
    return { status: 'refused', reason: `cannot be read: ${reasonOf(error)}` };
  }
}

/** Replaces a file in one step by one that only this user may read. Makes its directory where that is missing. */
export async function writePrivateFile(path: string, text: string): Promise<void> {
  await makeDirectory(dirname(path));
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
