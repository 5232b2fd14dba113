import type { Clock } from '@trae-cli/protocol';

/** People read no faster, and a quick command needs no report at all. */
const intervalMs = 100;
/** Of one report: the end of what came since the last one. */
const longestReport = 4_000;

/** Passes output on for people to watch, ten times a second at most and a few lines at a time. */
export class PacedReport {
  readonly #clock: Clock;
  readonly #report: (text: string) => void;
  readonly #scope = new AbortController();
  #text = '';
  #waiting: Promise<void> | undefined;

  constructor(clock: Clock, report: (text: string) => void) {
    this.#clock = clock;
    this.#report = report;
  }

  push(text: string): void {
    this.#text = (this.#text + text).slice(-longestReport);
    this.#waiting ??= this.#later();
  }

  /** Ends the waiting. What has not been shown is in the answer. */
  async finish(): Promise<void> {
    this.#scope.abort();
    await this.#waiting;
  }

  async #later(): Promise<void> {
    try {
      await this.#clock.sleep(intervalMs, this.#scope.signal);
    } catch {
      return; // The command has ended, and its answer says everything.
    }
    this.#waiting = undefined;
    const text = this.#text;
    this.#text = '';
    this.#report(text);
  }
}
