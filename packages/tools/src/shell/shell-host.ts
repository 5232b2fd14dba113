import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, hasCode } from '@trae-cli/protocol';
import type { Recorder } from '../output/recorder.js';
import { sendSignal } from '../process/signal.js';
import { Watcher } from '../process/watcher.js';
import { OutputPipe } from './output-pipe.js';
import { bash, sh } from './script.js';
import { ShellProcess } from './shell-process.js';

export type ShellHostOptions = {
  readonly root: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Tells this run's processes from all others. */
  readonly mark: string;
  readonly newLateRecorder: () => Recorder;
  readonly clock: Clock;
};

/** What the shells of one run share: a private directory, the pipe for their output, and the watcher behind them. */
export class ShellHost {
  readonly directory: string;
  readonly pipe: OutputPipe;
  readonly #options: ShellHostOptions;
  readonly #watcher: Watcher;
  #generation = 0;

  private constructor(options: ShellHostOptions, directory: string, watcher: Watcher, pipe: OutputPipe) {
    this.#options = options;
    this.directory = directory;
    this.#watcher = watcher;
    this.pipe = pipe;
  }

  static async open(options: ShellHostOptions): Promise<ShellHost> {
    const directory = await mkdtemp(join(tmpdir(), 'trae-cli-'));
    try {
      return await ShellHost.#openIn(directory, options);
    } catch (error) {
      await rm(directory, { recursive: true, force: true });
      throw error;
    }
  }

  static async #openIn(directory: string, options: ShellHostOptions): Promise<ShellHost> {
    const path = options.environment['PATH'] ?? '/usr/bin:/bin';
    const watcher = await Watcher.start({ mark: options.mark, directory, path });
    try {
      const pipe = await OutputPipe.open(join(directory, 'output'), options.newLateRecorder);
      return new ShellHost(options, directory, watcher, pipe);
    } catch (error) {
      await watcher.close();
      throw error;
    }
  }

  get generation(): number {
    return this.#generation;
  }

  /** Starts bash, or sh where there is none. */
  async startShell(loadFrom: string | undefined): Promise<ShellProcess> {
    this.#generation += 1;
    const { root, environment, mark, clock } = this.#options;
    const { directory, generation } = this;
    const options = { directory, generation, loadFrom, root, environment, mark, clock, output: this.pipe.descriptor };
    const shell = await ShellProcess.start({ ...options, dialect: bash }).catch((error: unknown) => {
      if (!hasCode(error, 'ENOENT')) throw error;
      return ShellProcess.start({ ...options, dialect: sh });
    });
    this.#watcher.add(shell.pid);
    shell.whenGone(() => this.#forgetEmptyGroup(shell.pid));
    return shell;
  }

  /** Ends every process of the run. */
  async close(): Promise<void> {
    await this.#watcher.close();
    await this.pipe.takeLate();
    await this.pipe[Symbol.asyncDispose]();
  }

  #forgetEmptyGroup(group: number): void {
    if (!sendSignal(-group, 0)) this.#watcher.drop(group);
  }
}
