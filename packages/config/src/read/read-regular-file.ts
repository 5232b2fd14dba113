import { constants, type BigIntStats } from 'node:fs';
import { type FileHandle, open, readlink, realpath, stat } from 'node:fs/promises';
import { hasCode, reasonOf } from '@trae-cli/protocol';

/** A configuration is some kilobytes; whatever is larger is something else. */
const largestBytes = 1024 * 1024;

export type FileFacts = {
  /** Of what was really opened, every link resolved. */
  readonly realPath: string;
  /** The same for every name of one file. */
  readonly identity: string;
  /** The user's number; 0 where the platform has none. */
  readonly ownerId: number;
  readonly mode: number;
  /** As claimed: 0 for what is in /proc. */
  readonly size: number;
};

export type RefusalKind = 'missing' | 'dangling' | 'directory' | 'special' | 'too_large' | 'failed';

export type FileReading =
  | { readonly status: 'read'; readonly bytes: Buffer; readonly facts: FileFacts }
  | { readonly status: 'declined' }
  | { readonly status: 'refused'; readonly kind: RefusalKind; readonly reason: string };

type Refusal = Extract<FileReading, { readonly status: 'refused' }>;

/** Asked when a file is open and before a byte of it is read; throws, or says no, to leave it alone. */
export type FileGuard = (facts: FileFacts) => boolean;

const refused = (kind: RefusalKind, reason: string): Refusal => ({ status: 'refused', kind, reason });

/**
 * Reads a file of at most 1 MB. What is no ordinary file is neither opened nor waited for. It is opened once: kind,
 * size and real path are those of the very file that is read, whatever happens to its name meanwhile.
 */
export async function readRegularFile(path: string, guard: FileGuard = () => true): Promise<FileReading> {
  try {
    // Opening a device may already do something to it.
    const wrong = wrongKind(await stat(path, { bigint: true }));
    return wrong ?? (await readOpened(path, guard));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return missing(path);
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    return refused('failed', reasonOf(error));
  }
}

async function readOpened(path: string, guard: FileGuard): Promise<FileReading> {
  // Without O_NONBLOCK, a pipe that has taken the place of the file meanwhile would be waited for.
  const nonBlocking: number | undefined = constants.O_NONBLOCK;
  await using file = await open(path, constants.O_RDONLY | (nonBlocking ?? 0));
  const stats = await file.stat({ bigint: true });
  const wrong = wrongKind(stats);
  if (wrong !== undefined) return wrong;
  const realPath = await realPathOf(file, path, stats);
  if (realPath === undefined) return refused('failed', 'it was replaced while it was being opened');
  const facts = factsOf(stats, realPath);
  if (!guard(facts)) return { status: 'declined' };
  const bytes = await readAtMost(file, largestBytes + 1);
  return bytes.length > largestBytes ? tooLarge : { status: 'read', bytes, facts };
}

const factsOf = (stats: BigIntStats, realPath: string): FileFacts => ({
  realPath,
  identity: identityOf(stats),
  ownerId: Number(stats.uid),
  mode: Number(stats.mode),
  size: Number(stats.size),
});

const tooLarge = refused('too_large', 'it is larger than 1 MB, which no configuration is');

function wrongKind(stats: BigIntStats): Refusal | undefined {
  if (stats.isDirectory()) return refused('directory', 'it is a directory');
  if (stats.isFIFO()) return refused('special', 'it is a pipe, not a file');
  if (!stats.isFile()) return refused('special', 'it is a device or a socket, not a file');
  return stats.size > largestBytes ? tooLarge : undefined;
}

async function missing(path: string): Promise<Refusal> {
  const target = await readlink(path).catch(() => undefined);
  if (target === undefined) return refused('missing', 'there is no such file');
  return refused('dangling', `it is a link to ${target}, and nothing is there`);
}

export const identityOf = ({ dev, ino }: { readonly dev: bigint; readonly ino: bigint }): string => `${dev}:${ino}`;

/** Linux tells which file a descriptor is of; elsewhere the path is resolved, and has to lead to the same file. */
async function realPathOf(file: FileHandle, path: string, stats: BigIntStats): Promise<string | undefined> {
  const told = await readlink(`/proc/self/fd/${file.fd}`).catch(() => undefined);
  if (told !== undefined) return told;
  const resolved = await realpath(path);
  const found = await stat(resolved, { bigint: true });
  return identityOf(found) === identityOf(stats) ? resolved : undefined;
}

/** The size that a file claims is not relied on: it may grow, and those in /proc claim to be empty. */
async function readAtMost(file: FileHandle, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  let filled = 0;
  for (;;) {
    const { bytesRead } = await file.read(buffer, filled, length - filled);
    filled += bytesRead;
    if (bytesRead === 0 || filled === length) return buffer.subarray(0, filled);
  }
}
