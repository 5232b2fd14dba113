/** Time as a parameter, so that a test can be its own clock. */
export interface Clock {
  /** Milliseconds on a clock that never goes back. */
  now(): number;
  /** Rejects with the signal's reason when aborted. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}
