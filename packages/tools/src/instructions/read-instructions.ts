import { constants } from 'node:fs';
import { type FileHandle, open, realpath } from 'node:fs/promises';
import { isUtf8 } from 'node:buffer';
import { join } from 'node:path';
import { isInside } from '../files/fence.js';

/** What a file asks of those who work in its directory. `path` is absolute. */
export type InstructionFile = { readonly path: string; readonly text: string };

/** Of the first two the one that is there; the last speaks to this agent, and is read beside it. */
const alternatives = ['AGENTS.md', 'CLAUDE.md'] as const;
const own = 'TRAE.md';

/** Characters. The rest of a longer file is left out, and that is said. */
const longest = 32_000;
/** The most that so many characters can take in UTF-8, and one more to know that there is a rest. */
const mostBytes = 4 * longest + 4;

/**
 * The instructions in one directory. Only files that are, by real path, inside `within` are read: a link to a private
 * key says nothing. What is absent, unreadable, empty or no text is left out; a text that occurs twice is given once.
 */
export async function readInstructions(
  directory: string,
  { within }: { readonly within: string },
): Promise<readonly InstructionFile[]> {
  const [shared, additional] = [
    await firstOf(alternatives, directory, within),
    await readFile(join(directory, own), within),
  ];
  const files =
    shared === undefined ? [additional] : [shared, additional?.text === shared.text ? undefined : additional];
  return files.filter((file) => file !== undefined).map(shortened);
}

async function firstOf(
  names: readonly string[],
  directory: string,
  within: string,
): Promise<InstructionFile | undefined> {
  for (const name of names) {
    const file = await readFile(join(directory, name), within);
    if (file !== undefined) return file;
  }
  return undefined;
}

async function readFile(path: string, within: string): Promise<InstructionFile | undefined> {
  try {
    const realPath = await realpath(path);
    if (!isInside(await realpath(within), realPath)) return undefined;
    // No link is followed any more, and a pipe that somebody put there does not keep us waiting.
    const file = await open(realPath, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const text = await readText(file);
      return text === undefined || text.trim() === '' ? undefined : { path, text };
    } finally {
      await file.close();
    }
  } catch {
    // Absent or unreadable: nothing is asked, and that is no reason to fail.
    return undefined;
  }
}

/** Undefined for what is no file, or no text. */
async function readText(file: FileHandle): Promise<string | undefined> {
  if (!(await file.stat()).isFile()) return undefined;
  const buffer = Buffer.alloc(mostBytes);
  let length = 0;
  while (length < mostBytes) {
    const { bytesRead } = await file.read(buffer, length, mostBytes - length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  const bytes = buffer.subarray(0, length);
  if (bytes.includes(0)) return undefined;
  return bytes.toString(isText(bytes) ? 'utf8' : 'latin1').replace(/^\u{feff}/u, '');
}

/** UTF-8, whose last character may be cut where the reading stopped. */
const isText = (bytes: Buffer): boolean =>
  (bytes.length < mostBytes ? [0] : [0, 1, 2, 3]).some((cut) => isUtf8(bytes.subarray(0, bytes.length - cut)));

function shortened({ path, text }: InstructionFile): InstructionFile {
  if (text.length <= longest) return { path, text };
  const note = `\n[The rest is left out here; it is in ${path}.]`;
  const beginning = text.slice(0, Math.max(0, longest - note.length)).replace(/[\uD800-\uDBFF]$/, '');
  return { path, text: beginning + note };
}
