import { TraeError } from '@trae-cli/protocol';
import { unreadable } from './file-error.js';
import { fileKind } from './file-kind.js';
import { type FileLine, readFileLines } from './lines.js';
import { parseEvent } from './parse-event.js';
import { type Envelope, journalVersion, type TrajectoryRecord } from './record.js';
import { parseLine } from './record-line.js';

const nameAJournal = 'Name the .jsonl journal of a run; its path is printed when the run starts.';

async function notAJournal(path: string): Promise<TraeError> {
  const message =
    (await fileKind(path)) === 'document'
      ? `${path} is a trajectory as one JSON document; what is needed here is the journal it was made from.`
      : `${path} is not a trajectory: its first line is not a record.`;
  return new TraeError('usage', message, { hint: nameAJournal });
}

const damaged = (path: string, line: number, problem: string): TraeError =>
  new TraeError('usage', `${path}, line ${line}: the journal is damaged here (${problem}).`, {
    hint: `Copy the lines before line ${line} to another file and name that.`,
  });

const newer = (path: string, line: number, version: number): TraeError =>
  new TraeError(
    'usage',
    `${path}, line ${line}: written by a newer trae-cli (journal version ${version}; this one reads ${journalVersion}).`,
    { hint: 'Update trae-cli.' },
  );

/** Undefined for an event of a type that is not known here. */
function readRecord(path: string, line: number, envelope: Envelope): TrajectoryRecord | undefined {
  const { v, seq, at } = envelope;
  if (v > journalVersion) throw newer(path, line, v);
  const parsed = parseEvent(envelope.event);
  switch (parsed.status) {
    case 'read':
      return { v: journalVersion, seq, at, event: parsed.event };
    case 'malformed':
      throw damaged(path, line, parsed.problem);
    case 'unknown':
      return undefined;
    default:
      return parsed satisfies never;
  }
}

export async function* linesOf(path: string): AsyncGenerator<FileLine, void> {
  try {
    yield* readFileLines(path);
  } catch (error) {
    throw error instanceof TraeError ? error : unreadable(path, error);
  }
}

/** The records in the lines of a journal. */
export async function* recordsIn(path: string, lines: AsyncIterable<FileLine>): AsyncGenerator<TrajectoryRecord, void> {
  let isFirst = true;
  for await (const line of lines) {
    const parsed = parseLine(line, isFirst);
    if (parsed.status === 'blank') continue;
    if (parsed.status === 'torn') return;
    if (parsed.status === 'foreign') {
      throw isFirst ? await notAJournal(path) : damaged(path, line.number, 'this line is not a record');
    }
    isFirst = false;
    const record = readRecord(path, line.number, parsed.envelope);
    if (record !== undefined) yield record;
  }
}

/**
 * The records of a journal, one in memory at a time. A torn last line is forgiven, and events of unknown types are
 * skipped; whatever else is not as it should be is a `usage` error that names the file and the line.
 */
export const readTrajectory = (path: string): AsyncGenerator<TrajectoryRecord, void> => recordsIn(path, linesOf(path));
