import { spawn } from 'node:child_process';
import { createGate, type Gate } from './gate.js';

export type RunProcessOptions = {
  readonly cwd?: string;
  /** The whole environment: nothing is inherited but what is given here. Default: this process's own. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Written to standard input, which is then closed. Default: nothing. */
  readonly input?: string | Uint8Array;
  /** Standard input stays open, for `write`, or for nothing at all. */
  readonly keepInputOpen?: boolean;
  /** Aborting kills the process. */
  readonly signal?: AbortSignal;
  readonly onOutput?: (text: string, stream: 'stdout' | 'stderr') => void;
};

export type ProcessResult = {
  /** Null where a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
};

/** A running process; leaving its scope kills it and waits until it is gone. */
export interface RunningProcess extends AsyncDisposable {
  readonly pid: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Resolves when it has ended and all its output is here. */
  readonly ended: Promise<ProcessResult>;
  /** Resolves when standard output or error contains `text`; rejects if the process ends without saying it. */
  untilOutput(text: string): Promise<void>;
  /** Writes to standard input. Needs `keepInputOpen`. */
  write(text: string): void;
  closeInput(): void;
  closeOutput(): void;
  kill(signal?: NodeJS.Signals): void;
}

type Watcher = { readonly text: string; readonly gate: Gate };

class Child implements RunningProcess {
  readonly pid: number;
  readonly ended: Promise<ProcessResult>;
  stdout = '';
  stderr = '';
  readonly #process;
  readonly #onOutput: RunProcessOptions['onOutput'];
  readonly #watchers: Watcher[] = [];

  constructor(command: string, args: readonly string[], options: RunProcessOptions) {
    const { cwd, env = process.env, input = '', keepInputOpen = false, signal, onOutput } = options;
    this.#onOutput = onOutput;
    this.#process = spawn(command, args, {
      ...(cwd === undefined ? {} : { cwd }),
      ...(signal === undefined ? {} : { signal, killSignal: 'SIGKILL' }),
      env: { ...env },
      stdio: 'pipe',
    });
    this.pid = this.#process.pid ?? -1;
    // A child that leaves before it has read everything is no failure of ours.
    this.#process.stdin.on('error', () => undefined);
    this.#process.stdin.write(input);
    if (!keepInputOpen) this.#process.stdin.end();
    this.#collect('stdout');
    this.#collect('stderr');
    this.ended = this.#untilClosed();
    // Whoever cares awaits it; a test that only kills the process does not have to.
    this.ended.catch(() => undefined);
  }

  async untilOutput(text: string): Promise<void> {
    if (this.#said(text)) return;
    const watcher = { text, gate: createGate() };
    this.#watchers.push(watcher);
    const result = await Promise.race([watcher.gate.opened, this.ended]);
    if (result === undefined || this.#said(text)) return;
    throw new Error(
      `The process ended (exit code ${result.exitCode}, signal ${result.signal}) without saying ${JSON.stringify(text)}.\n${this.stdout}${this.stderr}`,
    );
  }

  write(text: string): void {
    this.#process.stdin.write(text);
  }

  closeInput(): void {
    this.#process.stdin.end();
  }

  closeOutput(): void {
    this.#process.stdout.destroy();
  }

  kill(signal: NodeJS.Signals = 'SIGTERM'): void {
    this.#process.kill(signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.kill('SIGKILL');
    // Grandchildren may hold the pipes for as long as they like.
    this.#process.stdout.destroy();
    this.#process.stderr.destroy();
    await this.ended.catch(() => undefined);
  }

  #collect(stream: 'stdout' | 'stderr'): void {
    this.#process[stream].setEncoding('utf8').on('data', (text: string) => {
      this[stream] += text;
      this.#onOutput?.(text, stream);
      for (const { text: awaited, gate } of this.#watchers) if (this.#said(awaited)) gate.open();
    });
  }

  #said(text: string): boolean {
    return this.stdout.includes(text) || this.stderr.includes(text);
  }

  #untilClosed(): Promise<ProcessResult> {
    return new Promise((resolve, reject) => {
      let failure: Error | undefined;
      this.#process.on('error', (error) => {
        // An abort is what the test asked for: the end of the process tells the rest.
        if (error.name !== 'AbortError') failure = error;
        if (this.#process.pid === undefined) reject(error);
      });
      this.#process.on('close', (exitCode, signal) => {
        if (failure === undefined) resolve({ exitCode, signal, stdout: this.stdout, stderr: this.stderr });
        else reject(failure);
      });
    });
  }
}

/** Starts a real process and hands over while it runs. */
export const startProcess = (
  command: string,
  args: readonly string[],
  options: RunProcessOptions = {},
): RunningProcess => new Child(command, args, options);

/** Runs a real process to its end. An exit code is a result, never an exception; a missing program is one. */
export async function runProcess(
  command: string,
  args: readonly string[],
  options: RunProcessOptions = {},
): Promise<ProcessResult> {
  await using child = startProcess(command, args, options);
  return await child.ended;
}
