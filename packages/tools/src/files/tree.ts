import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tree, TreeEntry, TreeLimits } from '../workspace.js';
import { IgnoreRules } from './ignore-rules.js';

type Level = { readonly directory: string; readonly prefix: string; readonly rules: IgnoreRules };

/** Names below a directory, each directory followed by what is in it. What cannot be read is left out. */
export async function listTree(directory: string, { depth, maxEntries }: TreeLimits): Promise<Tree> {
  const entries: TreeEntry[] = [];
  let truncated = false;

  const walk = async ({ directory, prefix, rules }: Level, levels: number): Promise<void> => {
    for (const entry of await visibleEntries(directory, rules)) {
      if (entries.length >= maxEntries) {
        truncated = true;
        return;
      }
      const path = `${prefix}${entry.name}`;
      entries.push({ path, kind: kindOf(entry) });
      if (!entry.isDirectory() || levels <= 1) continue;
      const below = join(directory, entry.name);
      await walk({ directory: below, prefix: `${path}/`, rules: await rules.with(below) }, levels - 1);
    }
  };

  await walk({ directory, prefix: '', rules: await IgnoreRules.of(directory) }, depth);
  return { entries, truncated };
}

async function visibleEntries(directory: string, rules: IgnoreRules): Promise<readonly Dirent[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => !rules.leavesOut(join(directory, entry.name), kindOf(entry)))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function kindOf(entry: Dirent): TreeEntry['kind'] {
  if (entry.isSymbolicLink()) return 'link';
  return entry.isDirectory() ? 'directory' : 'file';
}
