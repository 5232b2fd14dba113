import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { type AgentEvent, createRedactor, type Secret } from '@trae-cli/protocol';
import { createTrajectory, readTrajectory, type TrajectoryRecord } from '../src/index.js';

/** A clock that is a second later at every look. */
export function tickingClock(start = '2026-05-01T12:00:00.000Z'): () => Date {
  let at = Date.parse(start) - 1000;
  return () => {
    at += 1000;
    return new Date(at);
  };
}

export const openJournal = (path: string, secrets: readonly Secret[] = []) =>
  createTrajectory({ path, now: tickingClock(), redactor: createRedactor(secrets) });

/** Writes a journal and gives back what is in the file. */
export async function writeJournal(
  path: string,
  events: readonly AgentEvent[],
  secrets: readonly Secret[] = [],
): Promise<string> {
  await using journal = await openJournal(path, secrets);
  for (const event of events) journal.append(event);
  if (journal.failure !== undefined) throw journal.failure;
  return await readFile(path, 'utf8');
}

export async function collect<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

export const readAll = (path: string): Promise<readonly TrajectoryRecord[]> => collect(readTrajectory(path));

export async function* eventsIn(path: string): AsyncGenerator<AgentEvent, void> {
  for await (const { event } of readTrajectory(path)) yield event;
}

/** Records as they would be read, without a file. */
export async function* recordsOf(events: readonly AgentEvent[]): AsyncGenerator<TrajectoryRecord, void> {
  const now = tickingClock();
  for (const [index, event] of events.entries()) yield { v: 1, seq: index + 1, at: now().toISOString(), event };
}

export const appendText = (path: string, text: string): Promise<void> => appendFile(path, text);
export const replaceText = (path: string, text: string | Uint8Array): Promise<void> => writeFile(path, text);
