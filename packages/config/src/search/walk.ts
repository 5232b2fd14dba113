import { lstat, realpath, stat } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** A directory and all above it, the nearest first. */
export function ancestry(directory: string): readonly string[] {
  const parent = dirname(directory);
  return parent === directory ? [directory] : [directory, ...ancestry(parent)];
}

/** Whether a path is a directory or lies below it. Both are absolute and resolved. */
export const isWithin = (path: string, directory: string): boolean =>
  path === directory || path.startsWith(directory.endsWith(sep) ? directory : `${directory}${sep}`);

export type WalkRequest = { readonly workspace: string; readonly homeDirectory: string };

/**
 * The directories in which a project's configuration is looked for, the nearest first: up to the git root, or the
 * workspace alone where there is none; from inside the home directory never above it.
 */
export async function searchedDirectories({ workspace, homeDirectory }: WalkRequest): Promise<readonly string[]> {
  const directories = ancestry(workspace);
  const [home, ...roots] = await Promise.all([
    realpath(homeDirectory).catch(() => homeDirectory),
    ...directories.map((directory) => isThere(join(directory, '.git'))),
  ]);
  const gitRoot = roots.indexOf(true);
  const homeIndex = directories.indexOf(home);
  const last = homeIndex === -1 ? gitRoot : Math.min(gitRoot, homeIndex);
  return directories.slice(0, Math.max(0, last) + 1);
}

/** Which of the names are there, whatever they are: a link that leads nowhere counts. */
export async function presentIn<Name extends string>(
  directory: string,
  names: readonly Name[],
): Promise<readonly Name[]> {
  const found = await Promise.all(names.map((name) => lstat(join(directory, name)).catch(() => undefined)));
  return names.filter((_name, index) => found[index] !== undefined);
}
