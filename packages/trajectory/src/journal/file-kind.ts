import { open, readFile, stat } from 'node:fs/promises';
import { hasCode, TraeError } from '@trae-cli/protocol';
import { z } from 'zod';
import { isMissing, unreadable, unwritable } from './file-error.js';
import { readFileLines } from './lines.js';
import { parseLine } from './record-line.js';

/** A larger document is taken for something else: it would have to be read whole to be sure. */
const largestDocumentBytes = 256 * 1024 * 1024;

/** Shared by the journals of every version. */
const opening = '{"v":';

const document = z.looseObject({
  task: z.string(),
  llm_interactions: z.array(z.unknown()),
  agent_steps: z.array(z.unknown()),
});

async function headOf(path: string, length: number): Promise<string> {
  await using file = await open(path, 'r');
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
  return buffer.toString('latin1', 0, bytesRead);
}

async function isJournal(path: string): Promise<boolean> {
  const head = await headOf(path, opening.length);
  if (!opening.startsWith(head)) return false;
  for await (const line of readFileLines(path)) {
    const { status } = parseLine(line, true);
    return status === 'record' || status === 'torn';
  }
  return true;
}

async function isDocument(path: string): Promise<boolean> {
  const head = await headOf(path, 1);
  if (head !== '{') return false;
  try {
    return document.safeParse(JSON.parse(await readFile(path, 'utf8'))).success;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

export type FileKind = 'missing' | 'directory' | 'special' | 'journal' | 'document' | 'foreign';

/** What is at a path. An empty file is a journal that has not begun; a device or a pipe is special. */
export async function fileKind(path: string): Promise<FileKind> {
  try {
    const stats = await stat(path);
    if (stats.isDirectory()) return 'directory';
    if (!stats.isFile()) return 'special';
    if (await isJournal(path)) return 'journal';
    return stats.size <= largestDocumentBytes && (await isDocument(path)) ? 'document' : 'foreign';
  } catch (error) {
    if (isMissing(error) || hasCode(error, 'ENOTDIR')) return 'missing';
    // Its first line is too long to be looked at.
    if (error instanceof TraeError) return 'foreign';
    throw unreadable(path, error);
  }
}

/**
 * Refuses, with a `usage` error, a path where something lies that is not a trajectory and would be lost. `flag` is the one
 * that named it.
 */
export async function requireReplaceable(path: string, flag = '--trajectory-file'): Promise<void> {
  const kind = await fileKind(path).catch((error: unknown) => {
    throw unwritable(path, error instanceof TraeError ? error.cause : error, flag);
  });
  if (kind !== 'foreign' && kind !== 'directory') return;
  const what = kind === 'directory' ? 'is a directory' : 'is there already and is not a trajectory';
  throw new TraeError('usage', `The trajectory cannot be written to ${path}: it ${what}.`, {
    hint: `Name another place with ${flag}.`,
  });
}
