import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { Socket } from 'node:net';
import { join } from 'node:path';
import type { Clock } from '@trae-cli/protocol';
import { exitStatusOf, sendSignal } from '../process/signal.js';
import type { ShellDialect } from './script.js';

/** How long a shell may take to end when nothing holds it any more. */
const exitGraceMs = 500;

export type ShellProcessOptions = {
  readonly dialect: ShellDialect;
  /** Private to the run; also holds what shells hand on to each other. */
  readonly directory: string;
  /** Numbers the shells of one run. */
  readonly generation: number;
  /** A file that the shell before left, or nothing. */
  readonly loadFrom: string | undefined;
  readonly root: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly mark: string;
  /** Standard output and error. */
  readonly output: number;
  readonly clock: Clock;
};

/** One shell from its start to its end. */
export class ShellProcess {
  readonly pid: number;
  readonly #options: ShellProcessOptions;
  readonly #control: Socket;
  readonly #mourners = new Set<(status: number) => void>();
  #exitStatus: number | undefined;

  private constructor(options: ShellProcessOptions, child: ChildProcess, pid: number) {
    this.#options = options;
    this.pid = pid;
    const control = child.stdio[3];
    if (!(control instanceof Socket)) throw new TypeError('the shell has no control channel');
    this.#control = control.on('error', () => undefined); // The shell is gone, which its exit tells.
    child.once('exit', (code, signal) => this.#settle(exitStatusOf(code, signal)));
  }

  /** Throws the system's error when there is no such program. */
  static async start(options: ShellProcessOptions): Promise<ShellProcess> {
    const { dialect, directory, environment, output, root, mark } = options;
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await writeFile(join(directory, 'definitions'), dialect.definitions);
    const settings = [directory, stateFile(options), options.loadFrom ?? '', mark];
    const child = spawn(dialect.program, [...dialect.options, '-c', dialect.loop, dialect.program, ...settings], {
      cwd: root,
      detached: true,
      env: { ...environment, TRAE_CLI_RUN: `${mark}.0` },
      stdio: ['ignore', output, output, 'pipe'],
    });
    if (child.pid !== undefined) return new ShellProcess(options, child, child.pid);
    const [error] = (await once(child, 'error')) as [Error];
    // The system says the same of a missing program and of a missing directory.
    throw existsSync(root) ? error : new Error(`${root}, the workspace, is gone`);
  }

  get dialect(): ShellDialect {
    return this.#options.dialect;
  }

  /** It has ended, or does not end although it was killed. */
  get isGone(): boolean {
    return this.#exitStatus !== undefined;
  }

  /** What only the processes of this command have in their environment. */
  assignmentOf(call: number): string {
    return `TRAE_CLI_RUN=${this.#options.mark}.${call}`;
  }

  /** Calls back when the shell is gone, at once if it is; the returned function calls that off. */
  whenGone(listener: (status: number) => void): () => void {
    if (this.#exitStatus === undefined) this.#mourners.add(listener);
    else listener(this.#exitStatus);
    return () => void this.#mourners.delete(listener);
  }

  /** Hands over a command, and the marker to end it with. */
  async send(call: number, command: string, marker: string): Promise<void> {
    const { longestInline, messageEnd } = this.#options.dialect;
    const inline = command.length <= longestInline;
    const message = inline ? `${call}:${command}` : `${call}@${await this.#writeCommand(call, command)}`;
    this.#control.write(`${message}${messageEnd}${marker}\n`);
  }

  /** Makes the shell save its state and exit, as soon as the program it waits for is gone. */
  askToExit(): void {
    if (!this.isGone) sendSignal(this.pid, 'SIGVTALRM');
  }

  /** Lets the shell end as at the end of a script, so that its traps run. */
  async end(): Promise<void> {
    this.#control.end();
    await this.exitWithinGrace();
    await this.kill();
  }

  /** Resolves when the shell is gone, or is beyond anybody's reach. */
  async kill(): Promise<void> {
    if (!this.isGone) sendSignal(this.pid, 'SIGKILL');
    await this.exitWithinGrace();
    this.#settle(exitStatusOf(null, 'SIGKILL'));
  }

  /** What the shell saved when it ended. Undefined when it could not: it was replaced, or killed. */
  savedState(): string | undefined {
    const file = stateFile(this.#options);
    return existsSync(file) && readFileSync(file, 'utf8').endsWith('# complete\n') ? file : undefined;
  }

  /** Whether a shell that is gone had read this command. */
  hasBegun(call: number): boolean {
    const journal = this.#journal();
    // Somebody may have removed the journal; running a command twice is worse than not at all.
    return journal === undefined || journal.includes(`# call ${call}\n`);
  }

  /** The exported environment as it was after the last command. Undefined when there is none. */
  async lastEnvironment(): Promise<string | undefined> {
    const text = this.#journal() ?? '';
    const end = text.lastIndexOf('# complete\n');
    const start = text.lastIndexOf('# environment\n', end);
    if (end === -1 || start === -1) return undefined;
    const path = join(this.#options.directory, `restored-${this.#options.generation}`);
    await writeFile(path, text.slice(start, end));
    return path;
  }

  /** Waits for the exit, but not for long. */
  async exitWithinGrace(): Promise<void> {
    if (this.isGone) return;
    const scope = new AbortController();
    const forget = this.whenGone(() => scope.abort());
    await this.#options.clock.sleep(exitGraceMs, scope.signal).catch(() => undefined);
    forget();
  }

  /** What the shells have noted while they ran. */
  #journal(): string | undefined {
    const path = join(this.#options.directory, 'journal');
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  }

  async #writeCommand(call: number, command: string): Promise<string> {
    const path = join(this.#options.directory, `command-${call}`);
    await mkdir(this.#options.directory, { recursive: true, mode: 0o700 });
    await writeFile(path, command);
    return path;
  }

  #settle(status: number): void {
    if (this.#exitStatus !== undefined) return;
    this.#exitStatus = status;
    for (const mourner of this.#mourners) mourner(status);
    this.#mourners.clear();
  }
}

const stateFile = ({ directory, generation }: ShellProcessOptions): string => join(directory, `state-${generation}`);
