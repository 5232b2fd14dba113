import { type Clock, messageOf } from '@trae-cli/protocol';
import { PacedReport } from '../output/paced-report.js';
import type { RecordedOutput, Recorder } from '../output/recorder.js';
import type { Shell, ShellOptions, ShellResult } from '../workspace.js';
import { type CommandEnd, type CommandLimits, type CommandRun, runCommand } from './run-command.js';
import type { ShellHost } from './shell-host.js';
import { ShellSuccession } from './succession.js';

export type ShellSessionOptions = {
  readonly root: string;
  readonly clock: Clock;
  readonly openHost: () => Promise<ShellHost>;
  readonly newRecorder: (onText?: (text: string) => void) => Recorder;
};

type Settled = CommandEnd & { readonly recorded: RecordedOutput; readonly late: RecordedOutput };

/** The shell that commands see: one command after the other, each with the state that the one before left. */
export class ShellSession implements Shell, AsyncDisposable {
  readonly #options: ShellSessionOptions;
  readonly #shells: ShellSuccession;
  readonly #scope = new AbortController();
  #last: Promise<unknown> = Promise.resolve();
  #calls = 0;
  #hasJobs = false;

  constructor(options: ShellSessionOptions) {
    this.#options = options;
    this.#shells = new ShellSuccession(options.root, options.openHost);
  }

  warm(): void {
    this.#shells.current().catch(() => undefined);
  }

  run(command: string, options: ShellOptions): Promise<ShellResult> {
    return this.#inTurn(() => this.#run(command, options));
  }

  restart(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#scope.signal.aborted) return;
      this.#hasJobs = false;
      await this.#shells.renew();
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#scope.abort();
    await this.#last;
    await this.#shells.close();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }

  async #run(command: string, options: ShellOptions): Promise<ShellResult> {
    const startedAt = this.#options.clock.now();
    const notRun = (end: 'cancelled' | 'not_started', output: string): ShellResult => ({
      end,
      exitCode: 1,
      output,
      lateOutput: '',
      durationMs: this.#options.clock.now() - startedAt,
      notes: this.#shells.takeNotes(),
    });
    if (options.signal.aborted || this.#scope.signal.aborted) return notRun('cancelled', '');
    try {
      const { end, frame, recorded, late } = await this.#runInShell(command, options);
      return {
        end,
        exitCode: frame.status,
        output: recorded.text,
        lateOutput: late.text,
        durationMs: this.#options.clock.now() - startedAt,
        notes: this.#shells.takeNotes(),
        ...(recorded.file === undefined ? {} : { outputFile: recorded.file }),
      };
    } catch (error) {
      return notRun('not_started', messageOf(error));
    }
  }

  async #runInShell(command: string, { signal, timeoutMs, onOutput }: ShellOptions): Promise<Settled> {
    const { clock } = this.#options;
    const { pipe } = await this.#shells.host();
    const late = await pipe.takeLate();
    const report = onOutput === undefined ? undefined : new PacedReport(clock, onOutput);
    const recorder = this.#options.newRecorder(report && ((text) => report.push(text)));
    const limits = { signals: [signal, this.#scope.signal], timeoutMs, clock };
    const first = await this.#attempt({ command, pipe, recorder }, limits);
    const settled = first ?? (await this.#attempt({ command, pipe, recorder }, limits));
    await report?.finish();
    const recorded = await recorder.finish();
    if (settled === undefined) throw new Error('two shells ended before they could run the command');
    return { ...settled, late, recorded };
  }

  /** Undefined when the shell was gone before it read the command, which then was not run. */
  async #attempt(
    run: Pick<CommandRun, 'command' | 'pipe' | 'recorder'>,
    limits: CommandLimits,
  ): Promise<CommandEnd | undefined> {
    const shell = await this.#shells.current();
    this.#calls += 1;
    const call = this.#calls;
    const settled = await runCommand({ ...run, call, shell, hasJobs: this.#hasJobs }, limits);
    this.#hasJobs = settled.frame.hasJobs;
    this.#shells.directory = settled.frame.directory || this.#shells.directory;
    if (!shell.isGone) return settled;
    const hasBegun = shell.hasBegun(call);
    this.#shells.replace(shell);
    return hasBegun || settled.end !== 'exited' ? settled : undefined;
  }
}
