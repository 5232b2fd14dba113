import type { ShellHost } from './shell-host.js';
import type { ShellProcess } from './shell-process.js';

/**
 * The shell of now. When one ends, because a command said `exit`, was timed out or killed it, the next one takes over
 * its state: all of it where the shell could still save it, else the directory and the exported environment.
 */
export class ShellSuccession {
  readonly #openHost: () => Promise<ShellHost>;
  readonly #root: string;
  #host: Promise<ShellHost> | undefined;
  #shell: Promise<ShellProcess> | undefined;
  #notes: string[] = [];
  /** The working directory after the last command. */
  directory: string;

  constructor(root: string, openHost: () => Promise<ShellHost>) {
    this.#root = root;
    this.directory = root;
    this.#openHost = openHost;
  }

  async host(): Promise<ShellHost> {
    try {
      this.#host ??= this.#openHost();
      return await this.#host;
    } catch (error) {
      this.#host = undefined;
      throw error;
    }
  }

  /** A shell that lives, as far as anybody can know. */
  async current(): Promise<ShellProcess> {
    try {
      this.#shell ??= this.#start(undefined);
      const shell = await this.#shell;
      if (!shell.isGone) return shell;
      this.replace(shell);
      return await this.#shell;
    } catch (error) {
      this.#shell = undefined;
      throw error;
    }
  }

  /** Begins to start the successor of a shell that is gone. */
  replace(shell: ShellProcess): void {
    const saved = shell.savedState();
    this.#shell = saved === undefined ? this.#startAfterLoss(shell) : this.#start(saved);
    // Whoever needs the shell next is told.
    this.#shell.catch(() => undefined);
  }

  /** Starts anew, with nothing of the state before. */
  async renew(): Promise<void> {
    const shell = await this.#shell?.catch(() => undefined);
    await shell?.kill();
    this.directory = this.#root;
    this.#notes = [];
    this.#shell = this.#start(undefined);
    await this.#shell.catch(() => undefined);
  }

  /** What has happened to the shell since last asked, for the model. */
  takeNotes(): readonly string[] {
    const notes = this.#notes;
    this.#notes = [];
    return notes;
  }

  async close(): Promise<void> {
    const shell = await this.#shell?.catch(() => undefined);
    await shell?.end();
    const host = await this.#host?.catch(() => undefined);
    await host?.close();
  }

  async #start(loadFrom: string | undefined): Promise<ShellProcess> {
    const host = await this.host();
    const shell = await host.startShell(loadFrom);
    if (shell.dialect.program !== 'bash' && host.generation === 1) {
      this.#notes.push('There is no bash on this machine: commands run in sh, without arrays and other bash features.');
    }
    return shell;
  }

  async #startAfterLoss(shell: ShellProcess): Promise<ShellProcess> {
    this.#notes.push(
      `The shell itself was replaced or killed. A new one is in ${this.directory} with the exported environment as it was before this command; other variables, functions and options are lost.`,
    );
    return this.#start(await shell.lastEnvironment());
  }
}
