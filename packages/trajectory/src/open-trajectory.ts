import { type ReadDocument, readDocument } from './document/read-document.js';
import type { FileLine } from './journal/lines.js';
import { linesOf, recordsIn } from './journal/reader.js';
import type { TrajectoryRecord } from './journal/record.js';
import { parseLine } from './journal/record-line.js';

export type OpenedTrajectory =
  | { readonly kind: 'journal'; readonly records: AsyncIterable<TrajectoryRecord> }
  | ({ readonly kind: 'document' } & ReadDocument);

async function* resumed(first: FileLine, rest: AsyncGenerator<FileLine, void>): AsyncGenerator<FileLine, void> {
  yield first;
  yield* rest;
}

const isDocumentBeginning = (line: FileLine): boolean =>
  /^\uFEFF?\s*\{/.test(line.text) && parseLine(line, true).status === 'foreign';

/**
 * Opens a record of a run, whichever it is: known by what is in it, and read once, so that a pipe will do. A journal is
 * read line by line, a document whole. Whatever else is there is refused with a `usage` error.
 */
export async function openTrajectory(path: string): Promise<OpenedTrajectory> {
  const lines = linesOf(path);
  for (;;) {
    const { value: line } = await lines.next();
    if (line === undefined) return { kind: 'journal', records: recordsIn(path, lines) };
    if (line.text.trim() === '') continue;
    if (isDocumentBeginning(line)) return { kind: 'document', ...(await readDocument(path, line, lines)) };
    return { kind: 'journal', records: recordsIn(path, resumed(line, lines)) };
  }
}
