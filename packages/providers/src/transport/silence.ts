/** As long as a timer can be: 24 days. */
const neverMs = 2 ** 31 - 1;

/**
 * Notices when nothing has come for too long. Runs on real timers rather than on the `Clock`: it watches a real socket,
 * while the clock is for the waits that are ours.
 */
export class SilenceWatch {
  #timer: NodeJS.Timeout | undefined;
  #isFinal = false;
  readonly #onSilence: (limitMs: number) => void;

  constructor(onSilence: (limitMs: number) => void) {
    this.#onSilence = onSilence;
  }

  /** From now on, so many milliseconds of silence are too many; undefined: none are. The process lives on meanwhile. */
  expectWithin(limitMs: number = neverMs): void {
    this.stop();
    this.#timer = setTimeout(this.#onSilence, limitMs, limitMs);
  }

  /** The same without mercy: signs of life no longer count. */
  endWithin(limitMs: number): void {
    this.expectWithin(limitMs);
    this.#isFinal = true;
  }

  signOfLife(): void {
    if (!this.#isFinal) this.#timer?.refresh();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
