import { readTrajectory, toTraeDocument, writeTraeDocument } from '@trae-cli/trajectory';

/** Writes the original's document from a journal. */
export async function writeDocument(journal: string, document: string): Promise<void> {
  await writeTraeDocument(document, await toTraeDocument(readTrajectory(journal)));
}
