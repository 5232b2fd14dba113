import { TraeError } from '@trae-cli/protocol';
import type { FileLine } from '../journal/lines.js';
import { LongText } from './long-text.js';
import { type RecordedDocument, recordedDocumentOf } from './recorded-document.js';
import { readTornJson, type TextPosition } from './torn-json.js';

export type ReadDocument = {
  readonly document: RecordedDocument;
  /** Where the file ends in the middle of the document. */
  readonly tornAt: TextPosition | undefined;
};

const nameATrajectory = 'Name the journal of a run (.jsonl), or a document of the original Trae Agent (.json).';

const refused = (message: string): TraeError => new TraeError('usage', message, { hint: nameATrajectory });

const foreign = (path: string): TraeError =>
  refused(
    `${path} is not a trajectory: it is neither a journal nor a document with \`llm_interactions\` and \`agent_steps\`.`,
  );

const isOfTheOriginal = (text: string): boolean => /"(?:llm_interactions|agent_steps)"/.test(text);

function documentIn(path: string, text: string): ReadDocument {
  const read = readTornJson(text);
  if (read.status === 'damaged') {
    if (!isOfTheOriginal(text)) throw foreign(path);
    const { line, column } = read.at;
    throw refused(`${path}, line ${line}, column ${column}: the document is damaged here (${read.problem}).`);
  }
  const document = recordedDocumentOf(read.value, read.status === 'torn');
  if (document === undefined) throw foreign(path);
  return { document, tornAt: read.status === 'torn' ? read.end : undefined };
}

/** The text from a line on, with the empty lines before it, so that positions are those of the file. */
async function textFrom(path: string, first: FileLine, rest: AsyncIterable<FileLine>): Promise<string> {
  const text = new LongText(path);
  for (let number = 1; number < first.number; number += 1) text.add('');
  text.add(first.text.replace(/^\uFEFF/, ''));
  for await (const line of rest) text.add(line.text);
  return text.text();
}

/**
 * Reads a document from its first line on. What was cut off is read as far as it goes; one that is damaged elsewhere, or is
 * none, is a `usage` error.
 */
export const readDocument = async (
  path: string,
  first: FileLine,
  rest: AsyncIterable<FileLine>,
): Promise<ReadDocument> => documentIn(path, await textFrom(path, first, rest));
