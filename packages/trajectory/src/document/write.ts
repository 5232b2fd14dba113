import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { unwritable } from '../journal/file-error.js';
import type { TraeDocument } from './document.js';

/**
 * Writes the document as the original does, two spaces deep, and readable by its owner alone. Whoever reads the path
 * sees the old file or the new one, never a part.
 */
export async function writeTraeDocument(path: string, document: TraeDocument): Promise<void> {
  const draft = join(dirname(path), `.${randomUUID()}.json`);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeThrough(draft, path, `${JSON.stringify(document, null, 2)}\n`);
  } catch (error) {
    throw unwritable(path, error);
  }
}

async function writeThrough(draft: string, path: string, text: string): Promise<void> {
  try {
    await writeFile(draft, text, { mode: 0o600, flag: 'wx' });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
