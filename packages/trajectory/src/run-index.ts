import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Redactor } from '@trae-cli/protocol';
import { z } from 'zod';
import { isMissing, unreadable, unwritable } from './journal/file-error.js';

/** One run, as the list of a project's runs shows it. */
export type IndexEntry = {
  readonly id: string;
  /** ISO 8601, UTC: when the run started. */
  readonly at: string;
  /** The beginning of the task, on one line. */
  readonly task: string;
  /** Of the journal. */
  readonly path: string;
  readonly provider: string;
  readonly model: string;
};

const entrySchema = z.object({
  id: z.string(),
  at: z.string(),
  task: z.string(),
  path: z.string(),
  provider: z.string(),
  model: z.string(),
}) satisfies z.ZodType<IndexEntry>;

const longestTask = 120;

function headOf(task: string): string {
  const line = task.replaceAll(/\s+/g, ' ').trim();
  const characters = Array.from(line.slice(0, 2 * longestTask));
  return characters.length > longestTask ? `${characters.slice(0, longestTask - 1).join('')}…` : line;
}

/**
 * Adds a line in one write, so that runs that start together do not mix. Redacted, but for the path, which would lead
 * nowhere; the task is then shortened. A server may name its models after the key it was sent.
 */
export async function appendToIndex(path: string, entry: IndexEntry, redactor: Redactor): Promise<void> {
  const { id, at, task, path: journal, provider, model } = entry;
  const names = { provider: redactor.redact(provider), model: redactor.redact(model) };
  const line = JSON.stringify({ id, at, task: headOf(redactor.redact(task)), path: journal, ...names });
  try {
    await mkdir(dirname(path), { recursive: true });
    await appendFile(path, `${line}\n`, { mode: 0o600 });
  } catch (error) {
    throw unwritable(path, error);
  }
}

function parseEntry(line: string): readonly IndexEntry[] {
  try {
    const entry = entrySchema.safeParse(JSON.parse(line));
    return entry.success ? [entry.data] : [];
  } catch {
    return [];
  }
}

/** The runs in the order they were started. A line that is not an entry is passed over: the journals are the record. */
export async function readIndex(path: string): Promise<readonly IndexEntry[]> {
  try {
    return (await readFile(path, 'utf8')).split('\n').flatMap(parseEntry);
  } catch (error) {
    if (isMissing(error)) return [];
    throw unreadable(path, error);
  }
}
