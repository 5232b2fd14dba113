import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { runProcess, type RunProcessOptions } from './run-process.js';

export type TerminalOptions = Pick<RunProcessOptions, 'cwd' | 'env'> & {
  /** Default: 80 columns and 24 rows. */
  readonly columns?: number;
  readonly rows?: number;
};

/** A program in a real terminal, through tmux; leaving the scope ends both. */
export interface Terminal extends AsyncDisposable {
  /** Types keys by their tmux names, such as `C-c` or `Enter`, or text. */
  press(...keys: readonly string[]): Promise<void>;
  /** What is to be seen, with what has scrolled away: rows without the spaces at their ends, and no empty rows at the end. */
  screen(): Promise<string>;
  /** The same with the sequences that colour it. */
  colouredScreen(): Promise<string>;
  /** Resolves with the screen when it shows `text`; rejects if the program ends, or ten seconds pass, without that. */
  untilShown(text: string): Promise<string>;
  /** Resolves with the exit status, as a shell reports it; rejects after ten seconds. */
  untilEnded(): Promise<number>;
}

const patienceMs = 10_000;
const lookAgainMs = 20;

const mark = '[the program has ended with ';
// The mark comes after whatever the program wrote; a terminal that is closed with it may lose the last of that. The
// shell survives the Ctrl-C that is typed for the program, and waits to be hung up.
const markingItsEnd = `trap : INT; "$@"; printf '\\n${mark}%s]' $?; exec cat`;

type Look = { readonly screen: string; readonly exitCode: number | undefined };

/** What stands before the mark, without the colours and spaces at its end. */
function readScreen(captured: string): Look {
  const [shown = '', end] = captured.split(mark);
  const rows = shown.split('\n').map((row) => row.trimEnd());
  // oxlint-disable-next-line no-control-regex -- this is what a colour begins with
  const screen = rows.join('\n').replace(/(?:\s|\u001b\[[\d;]*m)+$/, '');
  const [, code] = /^(\d+)\]/.exec(end ?? '') ?? [];
  return { screen, exitCode: code === undefined ? undefined : Number(code) };
}

class TmuxTerminal implements Terminal {
  readonly #socket = `trae-${randomBytes(6).toString('hex')}`;
  readonly #environment: NonNullable<RunProcessOptions['env']>;

  constructor({ env = process.env }: TerminalOptions) {
    this.#environment = { ...env, LC_ALL: 'C.UTF-8' };
  }

  async start(command: readonly string[], { columns = 80, rows = 24, cwd = '.' }: TerminalOptions): Promise<void> {
    const size = ['-x', String(columns), '-y', String(rows)];
    const shell = ['sh', '-c', markingItsEnd, 'sh'];
    await this.#tmux(['new-session', '-d', ...size, '-c', cwd, '--', ...shell, ...command]);
  }

  async press(...keys: readonly string[]): Promise<void> {
    await this.#tmux(['send-keys', ...keys]);
  }

  async screen(): Promise<string> {
    return (await this.#look()).screen;
  }

  async colouredScreen(): Promise<string> {
    return (await this.#look(['-e'])).screen;
  }

  async untilShown(text: string): Promise<string> {
    const found = await this.#watch(({ screen, exitCode }) =>
      screen.includes(text) || exitCode !== undefined ? screen : undefined,
    );
    if (found.includes(text)) return found;
    throw new Error(`The program ended without showing ${JSON.stringify(text)}:\n${found}`);
  }

  untilEnded(): Promise<number> {
    return this.#watch(({ exitCode }) => exitCode);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await runProcess('tmux', ['-L', this.#socket, 'kill-server'], { env: this.#environment });
  }

  async #watch<Found>(find: (look: Look) => Found | undefined): Promise<Found> {
    const deadline = performance.now() + patienceMs;
    for (;;) {
      const look = await this.#look();
      const found = find(look);
      if (found !== undefined) return found;
      if (performance.now() > deadline) throw new Error(`What is awaited does not come:\n${look.screen}`);
      await pause(lookAgainMs);
    }
  }

  async #look(flags: readonly string[] = []): Promise<Look> {
    return readScreen(await this.#tmux(['capture-pane', '-p', '-S', '-', ...flags]));
  }

  async #tmux(args: readonly string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await runProcess('tmux', ['-L', this.#socket, '-f', '/dev/null', ...args], {
      env: this.#environment,
    });
    if (exitCode === 0) return stdout;
    throw new Error(`tmux ${args[0]} failed: ${stderr.trim()}`);
  }
}

/** Whether there is a tmux to open a terminal with. */
export async function hasTerminal(): Promise<boolean> {
  try {
    return (await runProcess('tmux', ['-V'])).exitCode === 0;
  } catch {
    return false;
  }
}

/** Starts a program in a terminal of its own. Needs tmux. */
export async function openTerminal(command: readonly string[], options: TerminalOptions = {}): Promise<Terminal> {
  const terminal = new TmuxTerminal(options);
  await terminal.start(command, options);
  return terminal;
}
