import { randomBytes } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import type { Clock, Redactor } from '@trae-cli/protocol';
import { LocalFiles } from '../files/local-files.js';
import { OutputDirectory } from '../output/output-directory.js';
import { Recorder, type RecorderOptions } from '../output/recorder.js';
import { runProgram } from '../process/exec.js';
import { ShellSession } from '../shell/session.js';
import { ShellHost } from '../shell/shell-host.js';
import type { ExecOptions, ExecResult, Files, Shell, Workspace } from '../workspace.js';
import { commandEnvironment } from './command-environment.js';

export type LocalWorkspaceOptions = {
  /** An existing directory. */
  readonly root: string;
  /** More directories that the edit tool may read and write. */
  readonly allowedPaths: readonly string[];
  /** Where outputs too long for an answer are kept; made when the first one comes, and readable by `view`. */
  readonly outputDirectory: string;
  /** What commands see, cleaned of keys. */
  readonly environment: Readonly<Record<string, string>>;
  readonly redactor: Redactor;
  readonly clock: Clock;
};

/** This machine as a workspace. Nothing is started before it is needed. */
export async function openLocalWorkspace(options: LocalWorkspaceOptions): Promise<Workspace> {
  return new LocalWorkspace({ ...options, root: await realpath(options.root) });
}

class LocalWorkspace implements Workspace {
  readonly root: string;
  readonly redactor: Redactor;
  readonly files: Files;
  readonly #clock: Clock;
  readonly #outputs: OutputDirectory;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #mark = randomBytes(12).toString('hex');
  readonly #session: ShellSession;

  constructor(options: LocalWorkspaceOptions) {
    const { root, redactor, clock } = options;
    this.root = root;
    this.redactor = redactor;
    this.#clock = clock;
    this.files = new LocalFiles(options);
    this.#outputs = new OutputDirectory(options.outputDirectory);
    this.#environment = commandEnvironment(options.environment, root);
    this.#session = new ShellSession({
      root,
      clock,
      openHost: () => this.#openHost(),
      newRecorder: (onText) => this.#newRecorder({ name: 'command', maxFileBytes: 2 * 1024 ** 3, onText }),
    });
  }

  get shell(): Shell {
    return this.#session;
  }

  exec(file: string, args: readonly string[], options: ExecOptions): Promise<ExecResult> {
    const environment = { ...this.#environment, TRAE_CLI_RUN: `${this.#mark}.0` };
    return runProgram(file, args, options, { root: this.root, environment, clock: this.#clock });
  }

  async spill(name: string, text: string): Promise<string> {
    const { path, handle } = await this.#outputs.create(name);
    try {
      await handle.writeFile(this.redactor.redact(text));
    } finally {
      await handle.close();
    }
    return path;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#session[Symbol.asyncDispose]();
  }

  #openHost(): Promise<ShellHost> {
    return ShellHost.open({
      root: this.root,
      environment: this.#environment,
      mark: this.#mark,
      clock: this.#clock,
      newLateRecorder: () => this.#newRecorder({ name: 'background', maxFileBytes: 64 * 1024 ** 2 }),
    });
  }

  #newRecorder(options: Pick<RecorderOptions, 'name' | 'maxFileBytes' | 'onText'>): Recorder {
    return new Recorder({ ...options, redactor: this.redactor, directory: this.#outputs });
  }
}
