import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { reasonOf } from '@trae-cli/protocol';
import { type FileFacts, readRegularFile } from '../read/read-regular-file.js';

export type Replacement = {
  /** As the person calls it; a link leads to what is replaced. */
  readonly path: string;
  readonly facts: FileFacts;
  readonly before: Buffer;
  readonly after: Buffer;
};

async function isUnchanged({ before, facts, path }: Replacement): Promise<boolean> {
  const reading = await readRegularFile(path);
  return reading.status === 'read' && reading.facts.identity === facts.identity && reading.bytes.equals(before);
}

/** In the same folder, so that it can take the place of the other in one step; with its rights and its owner. */
async function writeDraft(draft: string, { after, facts }: Replacement): Promise<void> {
  const { gid, uid } = await stat(facts.realPath);
  await using file = await open(draft, 'wx', 0o600);
  await file.writeFile(after);
  // Only root may give a file away, and nobody else has to.
  await file.chown(uid, gid).catch(() => undefined);
  await file.chmod(facts.mode & 0o7777);
  await file.sync();
}

/**
 * Puts new bytes in the place of a file, in one step. Why not, to follow "because", where it may not be written or has
 * been changed since it was read; then nothing is changed.
 */
export async function replaceFile(replacement: Replacement): Promise<string | undefined> {
  const { realPath } = replacement.facts;
  const draft = join(dirname(realPath), `.${basename(realPath)}-${randomUUID()}.tmp`);
  try {
    await access(realPath, constants.W_OK);
    await writeDraft(draft, replacement);
    if (!(await isUnchanged(replacement))) return 'somebody else changed it meanwhile';
    await rename(draft, realPath);
    return undefined;
  } catch (error) {
    return `it cannot be written: ${reasonOf(error)}`;
  } finally {
    await rm(draft, { force: true }).catch(() => undefined);
  }
}
