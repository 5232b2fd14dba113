import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { reasonOf, TraeError } from '@trae-cli/protocol';
import {
  readTrajectory,
  requireReplaceable,
  toTraeDocument,
  type TraeDocument,
  traeDocumentText,
  writeTraeDocument,
} from '@trae-cli/trajectory';
import type { Host } from '../host/host.js';
import { makeDirectory } from '../record/make-directory.js';
import { reportError } from '../report-error.js';

export type ExportFlags = {
  readonly format: 'trae-json';
  /** Standard output where it is absent, or `-`. */
  readonly output?: string;
};

const flag = '--output';

const refused = (path: string, why: string): TraeError =>
  new TraeError('usage', `The document cannot be written to ${path}: ${why}.`, {
    hint: `Name another file with ${flag}.`,
  });

/** Whether two paths lead to one file, by whatever names and links. */
async function areOneFile(one: string, other: string): Promise<boolean> {
  try {
    const [first, second] = await Promise.all([stat(one, { bigint: true }), stat(other, { bigint: true })]);
    return first.dev === second.dev && first.ino === second.ino;
  } catch {
    return false;
  }
}

/** The absolute path to write to, at which nothing would be lost but another trajectory. */
async function outputPath(file: string, journal: string, host: Host): Promise<string> {
  const path = host.resolvePath(file);
  if (/[/\\]$/.test(file)) throw refused(file, 'it is the name of a directory');
  if (await areOneFile(journal, path)) throw refused(path, 'it is the journal that is being exported');
  await requireReplaceable(path, flag);
  return path;
}

async function documentOf(journal: string): Promise<TraeDocument> {
  const document = await toTraeDocument(readTrajectory(journal));
  if (document.start_time !== '' || document.agent_steps.length > 0) return document;
  throw new TraeError('usage', `${journal} holds no run: there is nothing to export.`, {
    hint: 'Name the .jsonl journal of a run; its path is printed when the run starts.',
  });
}

/** Gives back whether it is written; if not, why has been said. */
async function write(path: string, document: TraeDocument, host: Host): Promise<boolean> {
  try {
    await makeDirectory(dirname(path));
    await writeTraeDocument(path, document, flag);
    return true;
  } catch (error) {
    reportError(error instanceof TraeError ? error : refused(path, reasonOf(error)), host);
    return false;
  }
}

/** `trae-cli trajectory export FILE`: the original's document, made from a journal however its run ended. */
export async function trajectoryExportCommand(file: string, flags: ExportFlags, host: Host): Promise<number> {
  const journal = host.resolvePath(file);
  const output = flags.output === undefined || flags.output === '-' ? undefined : flags.output;
  const path = output === undefined ? undefined : await outputPath(output, journal, host);
  const document = await documentOf(journal);
  if (path === undefined) for (const text of traeDocumentText(document)) host.stdout.write(text);
  else if (!(await write(path, document, host))) return 1;
  if (document.end_time === '') {
    host.stderr.write(
      'Note: the record stops before the run ended. The document has no end time, no result, and success false.\n',
    );
  }
  return 0;
}
