import { setMaxListeners } from 'node:events';

/** What runs within one step: aborted when the run is, and when whoever reads the events leaves. */
export class Scope {
  readonly #controller = new AbortController();
  readonly #parent: AbortSignal | undefined;
  readonly #follow = (): void => this.#controller.abort(this.#parent?.reason);

  constructor(parent: AbortSignal | undefined) {
    this.#parent = parent;
    // As many listen as there are calls in a turn; Node takes more than ten for a leak and warns on standard error.
    setMaxListeners(0, this.#controller.signal);
    if (parent?.aborted === true) this.#follow();
    else parent?.addEventListener('abort', this.#follow, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get isAborted(): boolean {
    return this.#controller.signal.aborted;
  }

  /** The reader has left: whatever still runs is no longer wanted. */
  abandon(): void {
    this.#controller.abort('abandoned');
  }

  /** Lets go of the run's signal, so that a long run does not collect listeners. */
  close(): void {
    this.#parent?.removeEventListener('abort', this.#follow);
  }
}

/** Settles as the promise does, or with undefined as soon as the signal is aborted. */
export async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  let release = (): void => undefined;
  const aborted = new Promise<undefined>((resolve) => {
    release = () => resolve(undefined);
    if (signal.aborted) release();
    else signal.addEventListener('abort', release, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', release);
  }
}
