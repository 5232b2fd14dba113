import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from '@trae-cli/protocol';

export type NewFile = { readonly path: string; readonly handle: FileHandle };

/** Holds the outputs that are too long for an answer. It is made when the first one comes. */
export class OutputDirectory {
  readonly path: string;
  readonly #counts = new Map<string, number>();

  constructor(path: string) {
    this.path = path;
  }

  /** Makes a file that did not exist: `name-1.txt`, or the next free number. */
  async create(name: string): Promise<NewFile> {
    await mkdir(this.path, { recursive: true, mode: 0o700 });
    const stem = name.replaceAll(/[^\w.-]+/g, '_').slice(0, 80) || 'output';
    for (;;) {
      const count = (this.#counts.get(stem) ?? 0) + 1;
      this.#counts.set(stem, count);
      const path = join(this.path, `${stem}-${count}.txt`);
      try {
        return { path, handle: await open(path, 'wx', 0o600) };
      } catch (error) {
        if (!hasCode(error, 'EEXIST')) throw error;
      }
    }
  }
}
