import { lstat, readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, relative, resolve } from 'node:path';
import { hasCode, reasonOf } from '@trae-cli/protocol';
import type { FileAccess, Place } from '../workspace.js';

export type FenceOptions = {
  /** Absolute, links resolved. */
  readonly root: string;
  readonly allowedPaths: readonly string[];
  /** May be read and not written. */
  readonly outputDirectory: string;
};

const mostLinks = 40;

/** Decides by real path, so that no link and no `..` leads out. */
export class Fence {
  readonly #options: FenceOptions;

  constructor(options: FenceOptions) {
    this.#options = options;
  }

  /** Where a path from the root leads. A path that cannot be followed is answered like one outside. */
  async locate(path: string, access: FileAccess): Promise<Place> {
    const absolute = resolve(this.#options.root, path);
    if (path.includes('\0')) return { kind: 'outside', path, reason: 'The path contains a NUL character.' };
    try {
      const realPath = await followPath(absolute, mostLinks);
      if (!(await this.#admits(realPath, access))) {
        return { kind: 'outside', path: absolute, reason: this.#refusal(absolute, realPath, access) };
      }
      return await inspect(absolute, realPath);
    } catch (error) {
      return { kind: 'outside', path: absolute, reason: `${absolute} cannot be reached: ${reasonOf(error)}.` };
    }
  }

  async #admits(realPath: string, access: FileAccess): Promise<boolean> {
    const { root, allowedPaths, outputDirectory } = this.#options;
    if (isInside(root, realPath)) return true;
    const others = access === 'read' ? [...allowedPaths, outputDirectory] : allowedPaths;
    for (const other of others) if (isInside(await followPath(other, mostLinks), realPath)) return true;
    return false;
  }

  #refusal(path: string, realPath: string, access: FileAccess): string {
    const { root, outputDirectory } = this.#options;
    if (access === 'write' && isInside(outputDirectory, path)) {
      return `${path} holds saved output, which can be viewed and not changed.`;
    }
    const place = path === realPath ? path : `${path} leads to ${realPath}, which`;
    return `${place} is outside the workspace ${root}. This tool works inside it only; the user can allow another directory with --allow-path.`;
  }
}

/** Whether one absolute path is another, or below it. */
export function isInside(directory: string, path: string): boolean {
  const way = relative(directory, path);
  return way === '' || (way !== '..' && !way.startsWith('../') && !isAbsolute(way));
}

/** The real path, also of what does not exist yet, and of where a dangling link points. */
async function followPath(path: string, linksLeft: number): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (!hasCode(error, 'ENOENT') || path === dirname(path)) throw error;
  }
  const parent = await followPath(dirname(path), linksLeft);
  const target = await linkTarget(resolve(parent, basename(path)));
  if (target === undefined) return resolve(parent, basename(path));
  if (linksLeft === 0) throw new Error('too many symbolic links');
  return followPath(resolve(parent, target), linksLeft - 1);
}

async function linkTarget(path: string): Promise<string | undefined> {
  try {
    return (await lstat(path)).isSymbolicLink() ? await readlink(path) : undefined;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

async function inspect(path: string, realPath: string): Promise<Place> {
  try {
    const stats = await stat(realPath);
    if (stats.isFile()) return { kind: 'file', path, realPath, size: stats.size };
    return { kind: stats.isDirectory() ? 'directory' : 'special', path, realPath };
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return { kind: 'missing', path, realPath };
    throw error;
  }
}
