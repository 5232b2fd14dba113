import { realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { TraeError } from '@trae-cli/protocol';
import { oneLine } from '../describe-source.js';
import type { ConfigDocument } from '../document.js';
import { type Dotenv, readDotenv } from '../dotenv/read-dotenv.js';
import type { Finding } from '../finding.js';
import type { NamedFile } from '../loaded-config.js';
import { readDocument, readGuarded } from '../read/read-document.js';
import { type FileGuard, identityOf } from '../read/read-regular-file.js';
import type { ConfigFile } from '../source.js';
import { pasteable } from '../trust-advice.js';
import { lenientLinkGuard, linkGuard } from './link-guard.js';
import { packageFileName, projectFileNames, userFileNames } from './search-places.js';
import { isWithin, presentIn, searchedDirectories, type WalkRequest } from './walk.js';

/** Where to look. Paths are absolute, and `workspace` is resolved. */
export type SearchRequest = WalkRequest & {
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
  /** What was met on the way. */
  readonly findings?: readonly Finding[];
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
  const findings: Finding[] = [];
  const dotenv = await findDotenv(search, project?.file, findings);
  return {
    ...(project === undefined ? {} : { project }),
    ...(user === undefined ? {} : { user }),
    ...(dotenv === undefined ? {} : { dotenv }),
    ...(findings.length === 0 ? {} : { findings }),
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

/** Declines the person's own file, which is theirs however it is reached, and refuses links that leave its directory. */
function projectGuard({ userFile }: Search, file: ConfigFile): FileGuard {
  const stayInside = linkGuard(file, dirname(file.path));
  return (facts) => facts.identity !== userFile?.identity && stayInside(facts);
}

const realDirectoryOf = (path: string): Promise<string> => realpath(dirname(path)).catch(() => dirname(path));

const isTrustedPlace = async (search: Search, path: string): Promise<boolean> =>
  search.isTrusted(await realDirectoryOf(path));

async function readNamed(search: Search, { path, origin, isTrusted }: NamedFile): Promise<ConfigDocument | undefined> {
  const file: ConfigFile = { path, scope: 'named', isTrusted: isTrusted || (await isTrustedPlace(search, path)) };
  let isOwn = false;
  const stayInside = projectGuard(search, file);
  const guard: FileGuard = (facts) => {
    isOwn = facts.identity === search.userFile?.identity;
    return stayInside(facts);
  };
  const document = await readGuarded({ file, namedBy: origin, guard });
  if (document !== undefined || isOwn) return document;
  throw new TraeError('usage', `The configuration file ${path}, given with ${origin}, has no key "trae".`, {
    hint: 'Add the key, or name another file.',
  });
}

/** The project around a directory; a directory that is no part of it is alone. */
function topmostFor({ directories }: Search, directory: string): string {
  const topmost = directories.at(-1);
  return topmost !== undefined && isWithin(directory, topmost) ? topmost : directory;
}

/**
 * Whoever named a file has agreed to what its `.env` says, but has not looked where that leads. A link to the `.env` of
 * the whole project is common, and is no reason to stop.
 */
async function findDotenv(
  search: Search,
  beside: ConfigFile | undefined,
  findings: Finding[],
): Promise<Dotenv | undefined> {
  const path = join(beside === undefined ? search.workspace : dirname(beside.path), '.env');
  const directory = await realDirectoryOf(path);
  const isFolderTrusted = search.isTrusted(directory);
  const file: ConfigFile = { path, scope: beside?.scope ?? 'project', isTrusted: beside?.isTrusted ?? isFolderTrusted };
  const places = { directory, topmost: topmostFor(search, directory) };
  return readDotenv(
    file,
    lenientLinkGuard({ ...file, isTrusted: isFolderTrusted }, places, () => findings.push(leftOut(file))),
  );
}

const leftOut = (file: ConfigFile): Finding => ({
  kind: 'untrusted',
  message: `${oneLine(file.path, 400)} is a symbolic link out of its folder, which is not trusted, and is not read. If you know where it comes from, run: trae-cli trust ${pasteable(dirname(file.path))}`,
});
