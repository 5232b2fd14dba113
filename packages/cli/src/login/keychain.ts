import { printable, type Secret } from '@trae-cli/protocol';
import type { KeychainInput, KeychainProgram } from './keychain-program.js';
import type { ProgramEnd, RunProgram } from './run-program.js';

type Failed = {
  readonly status: 'failed';
  /** Half a sentence. */
  readonly reason: string;
};

/** Milliseconds. */
export type KeychainLimits = {
  readonly answerMs: number;
  /** Longer, since somebody may have to type a password for it. */
  readonly storeMs: number;
};

const defaultLimits: KeychainLimits = { answerMs: 5000, storeMs: 15_000 };

const longestReason = 200;

function failureOf(end: ProgramEnd, name: string): Failed {
  switch (end.status) {
    case 'timed_out':
      return { status: 'failed', reason: `${name} did not answer in time` };
    case 'not_started':
      return { status: 'failed', reason: `${name} could not be started: ${end.reason}` };
    case 'exited': {
      const [said = ''] = printable(end.stderr).trim().split('\n');
      const words = said === '' ? `exit code ${end.exitCode}` : said.slice(0, longestReason).replace(/[.\s]+$/, '');
      return { status: 'failed', reason: words.startsWith(`${name}:`) ? words : `${name}: ${words}` };
    }
    default:
      return end satisfies never;
  }
}

type Asking = {
  readonly program: KeychainProgram;
  /** Where the program lies. */
  readonly path: string;
  readonly run: RunProgram;
  readonly limits?: KeychainLimits;
};

/** The system's own place for secrets. Every end is an answer, and none is long in coming. */
export class Keychain {
  readonly #program: KeychainProgram;
  readonly #limits: KeychainLimits;
  readonly #ask: (input: KeychainInput, timeoutMs: number, signal: AbortSignal) => Promise<ProgramEnd>;

  constructor({ program, path, run, limits = defaultLimits }: Asking) {
    this.#program = program;
    this.#limits = limits;
    this.#ask = (input, timeoutMs, signal) => run(path, { ...input, timeoutMs }, signal);
  }

  /** For people: `the login keychain`. */
  get where(): string {
    return this.#program.where;
  }

  async read(
    provider: string,
    signal: AbortSignal,
  ): Promise<{ readonly status: 'found'; readonly key: string } | { readonly status: 'absent' } | Failed> {
    const end = await this.#ask(this.#program.read(provider), this.#limits.answerMs, signal);
    if (end.status === 'exited' && this.#program.isAbsent(end)) return { status: 'absent' };
    if (end.status !== 'exited' || end.exitCode !== 0) return failureOf(end, this.#program.name);
    const key = end.stdout.trim();
    return key === '' ? { status: 'absent' } : { status: 'found', key };
  }

  /** Replaces what is there. Done is what can be read again. */
  async store(provider: string, key: Secret, signal: AbortSignal): Promise<{ readonly status: 'done' } | Failed> {
    const input = this.#program.store(provider, key);
    if (input === undefined) return { status: 'failed', reason: 'the key is too long for it' };
    const end = await this.#ask(input, this.#limits.storeMs, signal);
    if (end.status !== 'exited' || end.exitCode !== 0) return failureOf(end, this.#program.name);
    const kept = await this.read(provider, signal);
    if (kept.status === 'failed') return kept;
    return kept.status === 'found' && kept.key === key.reveal()
      ? { status: 'done' }
      : { status: 'failed', reason: `${this.#program.name} took the key and did not keep it` };
  }

  async remove(provider: string, signal: AbortSignal): Promise<{ readonly status: 'done' } | Failed> {
    const end = await this.#ask(this.#program.remove(provider), this.#limits.answerMs, signal);
    if (end.status === 'exited' && (end.exitCode === 0 || this.#program.isAbsent(end))) return { status: 'done' };
    return failureOf(end, this.#program.name);
  }
}
