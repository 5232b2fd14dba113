import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { hasCode } from '@trae-cli/protocol';

/**
 * Replaces a file in one step: a reader sees the old text or the new, never a part. Mode and, where permitted, owner
 * stay. Where the directory does not allow it, the file is written in place.
 */
export async function writeAtomically(path: string, bytes: Uint8Array): Promise<void> {
  const before = await stat(path).catch(() => undefined);
  if (before === undefined) await mkdir(dirname(path), { recursive: true });
  try {
    await replaceFile(path, bytes, before);
  } catch (error) {
    if (before === undefined || !hasCode(error, 'EACCES', 'EPERM', 'EBUSY', 'EROFS')) throw error;
    await writeFile(path, bytes);
  }
}

async function replaceFile(path: string, bytes: Uint8Array, before: Stats | undefined): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path).slice(0, 100)}.${randomBytes(6).toString('hex')}.tmp`);
  const file = await open(temporary, 'wx', 0o666);
  try {
    await file.writeFile(bytes);
    if (before !== undefined) await takeOver(file, before);
    await file.close();
    await rename(temporary, path);
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(temporary, { force: true });
    throw error;
  }
}

async function takeOver(file: FileHandle, { mode, uid, gid }: Stats): Promise<void> {
  const own = await file.stat();
  if (own.uid !== uid || own.gid !== gid) {
    // Only the superuser may give a file away.
    await file.chown(uid, gid).catch(() => undefined);
  }
  // Last, since a change of owner may clear bits.
  await file.chmod(mode & 0o7777);
}
