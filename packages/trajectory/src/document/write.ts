import { randomUUID } from 'node:crypto';
import { mkdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { unwritable } from '../journal/file-error.js';
import type { TraeDocument } from './document.js';
import { traeDocumentText } from './text.js';

/**
 * Writes the document as the original does, two spaces deep, and readable by its owner alone. Whoever reads the path
 * sees the old file or the new one, never a part. A link stays one, and a device or a pipe is written to. `flag` is the
 * one that named the path.
 */
export async function writeTraeDocument(path: string, document: TraeDocument, flag?: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    if (await isSpecial(path)) await writeFile(path, traeDocumentText(document));
    else await replace(await realpath(path).catch(() => path), traeDocumentText(document));
  } catch (error) {
    throw unwritable(path, error, flag);
  }
}

const isSpecial = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => !found.isFile() && !found.isDirectory(),
    () => false,
  );

async function replace(path: string, text: Iterable<string>): Promise<void> {
  const draft = join(dirname(path), `.${randomUUID()}.json`);
  try {
    await writeFile(draft, text, { mode: 0o600, flag: 'wx' });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
