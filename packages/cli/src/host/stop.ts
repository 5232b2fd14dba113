import { setMaxListeners } from 'node:events';
import { errorTable, type RunOutcome, type StoppedReason, stopReasonOf } from '@trae-cli/protocol';
import type { Host, StopSignal } from './host.js';

const exitOfReason = {
  step_limit: 1,
  budget: 1,
  loop: 1,
  time_limit: 1,
  no_answer: 1,
  cancelled: 130,
  terminated: 143,
} as const satisfies Record<StoppedReason, number>;

export function exitStatusOf(outcome: RunOutcome): number {
  switch (outcome.status) {
    case 'completed':
      return 0;
    case 'stopped':
      return exitOfReason[outcome.reason];
    case 'failed':
      return errorTable[outcome.error.code].exit;
    default:
      return outcome satisfies never;
  }
}

const reasonOfSignal = {
  SIGINT: 'cancelled',
  SIGTERM: 'terminated',
  SIGHUP: 'terminated',
} as const satisfies Record<StopSignal, StoppedReason>;

/** What can end a run from outside: a signal once, cleanly; a second one at once; the time limit. */
export class StopSwitch implements Disposable {
  readonly #controller = new AbortController();
  readonly #unsubscribe: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(host: Host, onFirstSignal: () => void) {
    // Every program and every request of the run listens to this one signal; that is no leak.
    setMaxListeners(0, this.#controller.signal);
    this.#unsubscribe = host.onStopSignal((signal) => {
      const reason = reasonOfSignal[signal];
      if (this.#controller.signal.aborted) host.exitNow(exitOfReason[reason]);
      this.#controller.abort(reason);
      onFirstSignal();
    });
  }

  /** Why the run was stopped; only meaningful once the signal is aborted. */
  get reason(): StoppedReason {
    return stopReasonOf(this.#controller.signal);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  limitTime(milliseconds: number): void {
    this.#timer = setTimeout(() => this.#controller.abort('time_limit' satisfies StoppedReason), milliseconds);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#unsubscribe();
  }
}
