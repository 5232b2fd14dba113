import { lstat, realpath, stat } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';

const superuser = 0;

/** The number of whoever owns what is there, a link itself; undefined where nothing is, also behind a link. */
async function askOwnerOf(path: string): Promise<number | undefined> {
  try {
    await stat(path);
    return (await lstat(path)).uid;
  } catch {
    return undefined;
  }
}

/**
 * Which directories are the root of a repository: one that everybody may write to, such as `/tmp`, anybody could
 * make one, and what they put beside it would count for all below. Own work, and the superuser's, is believed.
 */
async function areGitRoots(
  directories: readonly string[],
  { workspace, homeDirectory, ownerOf = askOwnerOf }: WalkRequest,
): Promise<readonly boolean[]> {
  const [owners, own] = await Promise.all([
    Promise.all(directories.map((directory) => ownerOf(join(directory, '.git')))),
    Promise.all([workspace, homeDirectory].map(ownerOf)),
  ]);
  return owners.map((owner) => owner !== undefined && [superuser, ...own].includes(owner));
}

/** A directory and all above it, the nearest first. */
export function ancestry(directory: string): readonly string[] {
  const parent = dirname(directory);
  return parent === directory ? [directory] : [directory, ...ancestry(parent)];
}

/** Whether a path is a directory or lies below it. Both are absolute and resolved. */
export const isWithin = (path: string, directory: string): boolean =>
  path === directory || path.startsWith(directory.endsWith(sep) ? directory : `${directory}${sep}`);

export type WalkRequest = {
  readonly workspace: string;
  readonly homeDirectory: string;
  /** The number of whoever owns what is at a path; undefined where nothing is. Default: the file system is asked. */
  readonly ownerOf?: (path: string) => Promise<number | undefined>;
};

/**
 * The directories in which a project's configuration is looked for, the nearest first: up to the git root, or the
 * workspace alone where there is none; from inside the home directory never above it.
 */
export async function searchedDirectories(request: WalkRequest): Promise<readonly string[]> {
  const { homeDirectory, workspace } = request;
  const directories = ancestry(workspace);
  const [home, roots] = await Promise.all([
    realpath(homeDirectory).catch(() => homeDirectory),
    areGitRoots(directories, request),
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
