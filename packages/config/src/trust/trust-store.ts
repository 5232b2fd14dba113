import { randomUUID } from 'node:crypto';
import { chmod, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { isJsonObject, type JsonValue, parseJson, reasonOf, TraeError } from '@trae-cli/protocol';
import { decodeText } from '../read/decode-text.js';
import { type FileFacts, readRegularFile } from '../read/read-regular-file.js';

/** `at` says when it was trusted, as ISO 8601. */
export type TrustedFolder = { readonly path: string; readonly at: string };

/** The folders whose files a person has agreed to. */
export interface TrustStore {
  readonly folders: readonly TrustedFolder[];
  /** Why the list is not believed; nobody is trusted then. A clause that names no file. */
  readonly problem?: string;
  /** Of the folder itself, by its real path: neither what is inside it nor what it is in. */
  isTrusted(realDirectory: string): boolean;
}

const version = 1;

const othersMayWrite = 0o022;

/** Reads the list at an absolute path. A missing one is empty, a broken or suspicious one says what its problem is. */
export async function readTrustStore(path: string): Promise<TrustStore> {
  const reading = await readRegularFile(path);
  if (reading.status === 'refused') return reading.kind === 'missing' ? storeOf([]) : broken(reading.reason);
  if (reading.status === 'declined') return storeOf([]);
  const problem = await doubtAbout(reading.facts);
  if (problem !== undefined) return broken(problem);
  const decoded = decodeText(reading.bytes);
  return decoded.status === 'decoded' ? parseList(decoded.text) : broken(decoded.reason);
}

function storeOf(folders: readonly TrustedFolder[]): TrustStore {
  const paths = new Set(folders.map(({ path }) => path));
  return { folders, isTrusted: (realDirectory) => paths.has(realDirectory) };
}

const broken = (problem: string): TrustStore => ({ ...storeOf([]), problem });

/** Why a list may have been written by somebody else. Where the platform knows no users, nothing is asked. */
async function doubtAbout({ realPath, ownerId, mode }: FileFacts): Promise<string | undefined> {
  const own = ownUserId();
  if (own === -1) return undefined;
  const directory = await stat(dirname(realPath));
  if (ownerId !== (own ?? directory.uid)) return 'it belongs to another user';
  if ((mode & othersMayWrite) !== 0) return 'other users may write to it';
  return (directory.mode & othersMayWrite) === 0 ? undefined : 'other users may write to its directory';
}

/** -1 where there are no numbers; undefined where the number has no name, as in some containers. */
function ownUserId(): number | undefined {
  try {
    return userInfo().uid;
  } catch {
    return undefined;
  }
}

function parseList(text: string): TrustStore {
  const list = parseJson(text);
  if (!isJsonObject(list) || !Array.isArray(list['folders'])) return broken('it is not a list of folders');
  if (list['version'] !== version) return broken('another version of trae-cli wrote it');
  return storeOf(list['folders'].map(folderOf).filter((folder) => folder !== undefined));
}

/** An entry that is none is passed over; the others stay what they are. */
function folderOf(entry: JsonValue): TrustedFolder | undefined {
  if (!isJsonObject(entry)) return undefined;
  const { path, at } = entry;
  if (typeof path !== 'string' || !isRealPath(path)) return undefined;
  return { path, at: typeof at === 'string' ? at : '' };
}

const isRealPath = (path: string): boolean => isAbsolute(path) && resolve(path) === path && !path.includes('\0');

/** Trusts a folder, given by its real path. Throws `config_invalid` for a list that is broken, and leaves it as it is. */
export async function addTrustedFolder(path: string, realDirectory: string, at: Date): Promise<void> {
  if (!isRealPath(realDirectory)) throw new TraeError('usage', `${realDirectory} is not the full path of a folder.`);
  const folders = await foldersIn(path);
  const others = folders.filter((folder) => folder.path !== realDirectory);
  await writeList(path, [...others, { path: realDirectory, at: at.toISOString() }]);
}

/** Trusts a folder no longer; false where it was not trusted. */
export async function removeTrustedFolder(path: string, realDirectory: string): Promise<boolean> {
  const folders = await foldersIn(path);
  const others = folders.filter((folder) => folder.path !== realDirectory);
  if (others.length === folders.length) return false;
  await writeList(path, others);
  return true;
}

async function foldersIn(path: string): Promise<readonly TrustedFolder[]> {
  const { folders, problem } = await readTrustStore(path);
  if (problem === undefined) return folders;
  throw new TraeError('config_invalid', `The list of trusted folders, ${path}, is not believed: ${problem}.`, {
    hint: 'No folder is trusted as long as it is so. Look at it; when you remove it, the next `trae-cli trust` begins a new one.',
  });
}

/** In one step: whoever reads sees the old list or the new one. Nobody else may read or write it. */
async function writeList(path: string, folders: readonly TrustedFolder[]): Promise<void> {
  const directory = dirname(path);
  const draft = join(directory, `.trust-${randomUUID()}.tmp`);
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await chmod(directory, 0o700);
    await writeFile(draft, `${JSON.stringify({ version, folders }, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw new TraeError('usage', `The list of trusted folders, ${path}, cannot be written: ${reasonOf(error)}.`, {
      cause: error,
    });
  }
}
