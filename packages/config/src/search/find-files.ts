import { realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { TraeError } from '@trae-cli/protocol';
import type { ConfigDocument } from '../document.js';
import { type Dotenv, readDotenv } from '../dotenv/read-dotenv.js';
import type { NamedFile } from '../loaded-config.js';
import { readDocument, readGuarded } from '../read/read-document.js';
import { type FileGuard, identityOf } from '../read/read-regular-file.js';
import type { ConfigFile } from '../source.js';
import { linkGuard } from './link-guard.js';
import { packageFileName, projectFileNames, userFileNames } from './search-places.js';
import { isWithin, presentIn, searchedDirectories } from './walk.js';

/** Where to look. Paths are absolute, and `workspace` is resolved. */
export type SearchRequest = {
  readonly workspace: string;
  readonly homeDirectory: string;
  readonly userDirectory: string;
  /** Read instead of whatever a search of the project would find. */
  readonly named?: NamedFile;
  /** Asked with the real path of the directory in which a file lies. */
  readonly isTrusted: (directory: string) => boolean;
};

export type FoundConfiguration = {
  /** The nearest file of the project, or the named one. */
  readonly project?: ConfigDocument;
  readonly user?: ConfigDocument;
  /** The `.env` beside the project's file; in the workspace, where that has none. */
  readonly dotenv?: Dotenv;
};

type Search = SearchRequest & {
  /** The nearest first; the last one is where links have to stay. */
  readonly directories: readonly string[];
  readonly userFile: UserFile | undefined;
};

type UserFile = { readonly path: string; readonly identity: string | undefined };

/**
 * Finds and reads the project's configuration, the person's own and the `.env`. Throws `config_invalid` for a file that
 * cannot be read and for two in one directory, `usage` for a named file that cannot be read, and `untrusted` for a
 * link that leads out of the project.
 */
export async function findConfiguration(request: SearchRequest): Promise<FoundConfiguration> {
  const [directories, userFile] = await Promise.all([searchedDirectories(request), findUserFile(request)]);
  const search = { ...request, directories, userFile };
  const project = request.named === undefined ? await findProject(search) : await readNamed(search, request.named);
  const user = userFile && (await readDocument({ path: userFile.path, scope: 'user', isTrusted: true }));
  const dotenv = await findDotenv(search, project?.file);
  return {
    ...(project === undefined ? {} : { project }),
    ...(user === undefined ? {} : { user }),
    ...(dotenv === undefined ? {} : { dotenv }),
  };
}

async function findUserFile({ userDirectory }: SearchRequest): Promise<UserFile | undefined> {
  const names = await presentIn(userDirectory, userFileNames);
  const name = soleName(userDirectory, names, 'Remove one of them.');
  if (name === undefined) return undefined;
  const path = join(userDirectory, name);
  const stats = await stat(path, { bigint: true }).catch(() => undefined);
  return { path, identity: stats && identityOf(stats) };
}

function soleName(directory: string, [name, second]: readonly string[], hint: string): string | undefined {
  if (second === undefined) return name;
  throw new TraeError('config_invalid', `There are two configurations in ${directory}: ${name} and ${second}.`, {
    hint,
  });
}

async function findProject(search: Search): Promise<ConfigDocument | undefined> {
  for (const directory of search.directories) {
    const present = await presentIn(directory, [...projectFileNames, packageFileName]);
    if (present.length === 0) continue;
    const found = await projectIn(search, directory, present);
    if (found !== 'none') return found;
  }
  return undefined;
}

/** The configuration of one directory; undefined where it is the person's own, which is read as such. */
async function projectIn(
  search: Search,
  directory: string,
  present: readonly string[],
): Promise<ConfigDocument | undefined | 'none'> {
  const inPackage = present.includes(packageFileName)
    ? await readProject(search, join(directory, packageFileName))
    : undefined;
  const names = present.filter((name) => name !== packageFileName || inPackage !== undefined);
  const name = soleName(directory, names, 'Remove one of them, or say which one counts with --config-file.');
  if (name === undefined) return 'none';
  return inPackage ?? (await readProject(search, join(directory, name)));
}

async function readProject(search: Search, path: string): Promise<ConfigDocument | undefined> {
  const file: ConfigFile = { path, scope: 'project', isTrusted: await isTrustedPlace(search, path) };
  return readGuarded({ file, guard: projectGuard(search, file) });
}

/** Declines the person's own file, which is theirs however it is reached, and refuses links that leave the project. */
function projectGuard({ directories, userFile }: Search, file: ConfigFile, topmost = directories.at(-1)): FileGuard {
  const stayInside = linkGuard(file, topmost ?? dirname(file.path));
  return (facts) => facts.identity !== userFile?.identity && stayInside(facts);
}

async function isTrustedPlace(search: Search, path: string): Promise<boolean> {
  const directory = dirname(path);
  return search.isTrusted(await realpath(directory).catch(() => directory));
}

async function readNamed(search: Search, { path, origin, isTrusted }: NamedFile): Promise<ConfigDocument | undefined> {
  const file: ConfigFile = { path, scope: 'named', isTrusted: isTrusted || (await isTrustedPlace(search, path)) };
  let isOwn = false;
  const guard: FileGuard = (facts) => {
    isOwn = facts.identity === search.userFile?.identity;
    return projectGuard(search, file, topmostFor(search, path))(facts);
  };
  const document = await readGuarded({ file, namedBy: origin, guard });
  if (document !== undefined || isOwn) return document;
  throw new TraeError('usage', `The configuration file ${path}, given with ${origin}, has no key "trae".`, {
    hint: 'Add the key, or name another file.',
  });
}

/** A named file need not be a part of the project; its links then have to stay in its own directory. */
function topmostFor({ directories }: Search, path: string): string {
  const topmost = directories.at(-1);
  return topmost !== undefined && isWithin(path, topmost) ? topmost : dirname(path);
}

/** Whoever named a file has agreed to what its `.env` says, but has not looked where that leads. */
async function findDotenv(search: Search, beside: ConfigFile | undefined): Promise<Dotenv | undefined> {
  const path = join(beside === undefined ? search.workspace : dirname(beside.path), '.env');
  const isFolderTrusted = await isTrustedPlace(search, path);
  const file: ConfigFile = { path, scope: beside?.scope ?? 'project', isTrusted: beside?.isTrusted ?? isFolderTrusted };
  return readDotenv(file, linkGuard({ ...file, isTrusted: isFolderTrusted }, topmostFor(search, path)));
}
