import { closeSync, constants, fchmodSync, fstatSync, openSync, writeSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type AgentEvent, isDurable, type Redactor } from '@trae-cli/protocol';
import { unwritable } from './file-error.js';
import { requireReplaceable } from './file-kind.js';
import { journalVersion, type TrajectoryRecord } from './record.js';
import { redactJson } from './redact-json.js';

export type TrajectoryOptions = {
  readonly path: string;
  readonly now: () => Date;
  readonly redactor: Redactor;
};

export interface TrajectoryWriter extends AsyncDisposable {
  readonly path: string;
  /**
   * Records a durable event with write(2) before it returns, and gives back its JSON line: redacted, without the
   * line feed. An ephemeral event gives undefined. Never throws: after a write has failed nothing more is written,
   * `failure` says why, and the line is still given back.
   */
  append(event: AgentEvent): string | undefined;
  readonly failure: Error | undefined;
}

class Journal implements TrajectoryWriter {
  readonly path: string;
  failure: Error | undefined;
  readonly #options: TrajectoryOptions;
  #file: number | undefined;
  #seq = 0;

  constructor(options: TrajectoryOptions, file: number) {
    this.path = options.path;
    this.#options = options;
    this.#file = file;
  }

  append(event: AgentEvent): string | undefined {
    if (!isDurable(event)) return undefined;
    const { now, redactor } = this.#options;
    this.#seq += 1;
    const record: TrajectoryRecord = { v: journalVersion, seq: this.#seq, at: now().toISOString(), event };
    const line = JSON.stringify(redactJson(record, redactor));
    if (this.failure === undefined) this.#write(line);
    return line;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    if (file !== undefined) this.#attempt(() => closeSync(file));
  }

  #write(line: string): void {
    const file = this.#file;
    this.#attempt(() => {
      if (file === undefined) throw new Error(`The trajectory ${this.path} is already closed.`);
      const bytes = Buffer.from(`${line}\n`);
      // A disk that is nearly full takes a part of the line; the next call then says so.
      for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written);
    });
  }

  #attempt(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.failure ??= error instanceof Error ? error : new Error(String(error));
    }
  }
}

// Appending, so that whoever else empties or writes the file meanwhile does not make a hole of zeros.
const emptied = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_APPEND;

function openJournal(path: string): number {
  const file = openSync(path, emptied, 0o600);
  try {
    // The mode given to open is for new files; a journal that is replaced may have had another.
    if (fstatSync(file).isFile()) fchmodSync(file, 0o600);
    return file;
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

/**
 * Opens an empty journal, readable by its owner alone, in directories made where they are missing. A trajectory that is
 * there is replaced; any other file is refused, as is a path that cannot be written, with a `usage` error.
 */
export async function createTrajectory(options: TrajectoryOptions): Promise<TrajectoryWriter> {
  const { path } = options;
  await requireReplaceable(path);
  try {
    await mkdir(dirname(path), { recursive: true });
    return new Journal(options, openJournal(path));
  } catch (error) {
    throw unwritable(path, error);
  }
}
