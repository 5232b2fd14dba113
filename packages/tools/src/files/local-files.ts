import { createReadStream } from 'node:fs';
import type { FileAccess, Files, Place, Tree, TreeLimits } from '../workspace.js';
import { writeAtomically } from './atomic-write.js';
import { Fence, type FenceOptions } from './fence.js';
import { listTree } from './tree.js';

/** The files of this machine, inside the fence. */
export class LocalFiles implements Files {
  readonly #fence: Fence;

  constructor(options: FenceOptions) {
    this.#fence = new Fence(options);
  }

  locate(path: string, access: FileAccess): Promise<Place> {
    return this.#fence.locate(path, access);
  }

  read(realPath: string): AsyncIterable<Uint8Array> {
    return createReadStream(realPath, { highWaterMark: 1 << 20 });
  }

  write(realPath: string, bytes: Uint8Array): Promise<void> {
    return writeAtomically(realPath, bytes);
  }

  list(realPath: string, limits: TreeLimits): Promise<Tree> {
    return listTree(realPath, limits);
  }
}
