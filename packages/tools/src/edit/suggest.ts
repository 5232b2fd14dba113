import { basename, dirname, join, relative } from 'node:path';
import { editDistance } from '@trae-cli/protocol';
import type { Workspace } from '../workspace.js';

const mostSuggestions = 3;
/** Of the tree searched for a file of the same name. */
const searchLimits = { depth: 8, maxEntries: 5_000 };

/** Existing paths that may have been meant, the likeliest first. */
export async function suggestPaths(workspace: Workspace, path: string): Promise<readonly string[]> {
  const name = basename(path);
  const neighbours = await namesIn(workspace, dirname(path));
  const near = neighbours
    .map((each) => ({
      path: join(dirname(path), each),
      distance: editDistance(each.toLowerCase(), name.toLowerCase()),
    }))
    .filter(({ distance }) => distance <= Math.max(2, name.length / 3))
    .toSorted((a, b) => a.distance - b.distance)
    .map(({ path }) => path);
  const { entries } = await workspace.files.list(workspace.root, searchLimits);
  const namesakes = entries
    .filter((entry) => entry.kind !== 'directory' && basename(entry.path) === name)
    .map((entry) => join(workspace.root, entry.path));
  return [...new Set([...namesakes, ...near])].slice(0, mostSuggestions).map((each) => shortPath(workspace, each));
}

/** Relative to the root where it is inside. */
export function shortPath(workspace: Workspace, path: string): string {
  const way = relative(workspace.root, path);
  return way === '' || way.startsWith('..') ? path : way;
}

async function namesIn(workspace: Workspace, directory: string): Promise<readonly string[]> {
  const place = await workspace.files.locate(directory, 'read');
  if (place.kind !== 'directory') return [];
  const { entries } = await workspace.files.list(place.realPath, { depth: 1, maxEntries: 2_000 });
  return entries.map((entry) => entry.path);
}
