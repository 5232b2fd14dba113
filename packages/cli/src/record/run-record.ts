import { randomBytes } from 'node:crypto';
import { access, constants } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type AgentEvent, reasonOf, type Redactor, TraeError } from '@trae-cli/protocol';
import { appendToIndex, createTrajectory, requireReplaceable, type TrajectoryWriter } from '@trae-cli/trajectory';
import type { Host } from '../host/host.js';
import { proveWritable } from '../host/prove-writable.js';
import { makeDirectory } from './make-directory.js';
import { placesFor, runName } from './places.js';

export type RecordOptions = {
  readonly root: string;
  readonly host: Host;
  readonly redactor: Redactor;
  /** The value of `--trajectory-file`. */
  readonly file: string | undefined;
};

type RecordPaths = {
  readonly id: string;
  readonly journal: string;
  /** The original's document, where a `.json` file was asked for. */
  readonly document: string | undefined;
  readonly output: string;
  /** Undefined where the state directory cannot be written. */
  readonly index: string | undefined;
};

const unwritable = (path: string, cause: unknown): TraeError =>
  new TraeError('usage', `The trajectory cannot be written to ${path}: ${reasonOf(cause)}.`, {
    hint: 'Name a writable file with --trajectory-file.',
    cause,
  });

async function makeFolderOf(path: string): Promise<void> {
  try {
    await makeDirectory(dirname(path));
  } catch (error) {
    throw unwritable(path, error);
  }
}

async function proveReplaceable(path: string): Promise<void> {
  await makeFolderOf(path);
  await requireReplaceable(path);
  try {
    await proveWritable(path);
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** The project's folder below the state directory; undefined where that cannot be written and need not be. */
async function stateFolder({ root, host, file }: RecordOptions): Promise<string | undefined> {
  const { project } = placesFor(root, host);
  try {
    await makeDirectory(project);
    await access(project, constants.W_OK);
    return project;
  } catch (error) {
    if (file !== undefined) return undefined;
    throw new TraeError('usage', `The state directory ${project} cannot be written: ${reasonOf(error)}.`, {
      hint: 'Name a file for the record with --trajectory-file, or another directory with XDG_STATE_HOME.',
      cause: error,
    });
  }
}

async function choosePaths(options: RecordOptions): Promise<RecordPaths> {
  const { host, file } = options;
  const project = await stateFolder(options);
  const id = runName(host.today(), host.random());
  const folder = project ?? join(host.temporaryDirectory, `trae-cli-${randomBytes(6).toString('hex')}`);
  const index = project === undefined ? undefined : join(project, 'index.jsonl');
  const shared = { id, output: join(folder, `${id}.output`), index };
  if (file === undefined) return { ...shared, journal: join(folder, `${id}.jsonl`), document: undefined };
  if (/[/\\]$/.test(file)) throw unwritable(file, 'it is the name of a directory');
  const named = host.resolvePath(file);
  if (!named.endsWith('.json')) return { ...shared, journal: named, document: undefined };
  return { ...shared, journal: `${named}l`, document: named };
}

/** The record of one run: the journal as it happens, the document and the index around it. */
export class RunRecord implements AsyncDisposable {
  readonly #paths: RecordPaths;
  readonly #writer: TrajectoryWriter;
  readonly #redactor: Redactor;

  private constructor(paths: RecordPaths, writer: TrajectoryWriter, redactor: Redactor) {
    this.#paths = paths;
    this.#writer = writer;
    this.#redactor = redactor;
  }

  /** Throws a usage error, before anything has run, where the record could not be kept. */
  static async open(options: RecordOptions): Promise<RunRecord> {
    const paths = await choosePaths(options);
    const named = [paths.journal, ...(paths.document === undefined ? [] : [paths.document])];
    for (const path of named) {
      await proveReplaceable(path);
    }
    const { host, redactor } = options;
    const writer = await createTrajectory({ path: paths.journal, now: () => host.today(), redactor });
    return new RunRecord(paths, writer, redactor);
  }

  get journalPath(): string {
    return this.#paths.journal;
  }

  /** What people are told to look at: the document where there is one. */
  get shownPath(): string {
    return this.#paths.document ?? this.#paths.journal;
  }

  /** Where whole outputs go that were too long to show. */
  get outputDirectory(): string {
    return this.#paths.output;
  }

  /** Our own files, which are no part of what the agent did. */
  get ownPaths(): readonly string[] {
    return [
      this.#paths.journal,
      this.#paths.output,
      ...(this.#paths.document === undefined ? [] : [this.#paths.document]),
    ];
  }

  get failure(): string | undefined {
    return this.#writer.failure === undefined ? undefined : reasonOf(this.#writer.failure);
  }

  append(event: AgentEvent): string | undefined {
    return this.#writer.append(event);
  }

  /** Notes the run in the project's index; a record that is only not indexed is still a record. */
  async index(run: {
    readonly at: Date;
    readonly task: string;
    readonly provider: string;
    readonly model: string;
  }): Promise<void> {
    if (this.#paths.index === undefined) return;
    const { at, ...rest } = run;
    const entry = { id: this.#paths.id, at: at.toISOString(), path: this.#paths.journal, ...rest };
    await appendToIndex(this.#paths.index, entry, this.#redactor).catch(() => undefined);
  }

  /** Writes the document from the journal, also of a run that failed. Gives back why it could not, if so. */
  async writeDocument(): Promise<string | undefined> {
    if (this.#paths.document === undefined) return undefined;
    try {
      // What reads journals is not loaded before one is read.
      const { writeDocument } = await import('./write-document.js');
      await writeDocument(this.#paths.journal, this.#paths.document);
      return undefined;
    } catch (error) {
      return reasonOf(error);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#writer[Symbol.asyncDispose]();
  }
}
