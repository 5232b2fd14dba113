import type { Clock } from '@trae-cli/protocol';
import { abortable, createGate, type Gate } from './gate.js';

export interface TestClock extends Clock {
  /** The length of every sleep asked for, in milliseconds, in order. */
  readonly sleeps: readonly number[];
  /** Lets the oldest sleep that still waits end, and time pass by its length. For clocks made with `wake: 'by hand'`. */
  wake(): void;
  /** Resolves when `count` sleeps have been asked for. */
  untilSleeps(count: number): Promise<void>;
  /** Lets time pass without anybody sleeping. */
  advance(milliseconds: number): void;
}

export type TestClockOptions = {
  /** `at once` (the default): a sleep takes no real time. `by hand`: it lasts until `wake`. */
  readonly wake?: 'at once' | 'by hand';
};

type Sleeper = { readonly milliseconds: number; readonly gate: Gate };
type Watcher = { readonly count: number; readonly gate: Gate };

class HandClock implements TestClock {
  readonly sleeps: number[] = [];
  readonly #byHand: boolean;
  #now = 0;
  #sleepers: Sleeper[] = [];
  readonly #watchers: Watcher[] = [];

  constructor(options: TestClockOptions) {
    this.#byHand = options.wake === 'by hand';
  }

  now(): number {
    return this.#now;
  }

  advance(milliseconds: number): void {
    this.#now += milliseconds;
  }

  async sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.#record(milliseconds);
    if (!this.#byHand) {
      this.advance(milliseconds);
      return;
    }
    const sleeper: Sleeper = { milliseconds, gate: createGate() };
    this.#sleepers.push(sleeper);
    try {
      await abortable(sleeper.gate.opened, signal);
    } finally {
      this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
    }
  }

  wake(): void {
    const sleeper = this.#sleepers.shift();
    if (sleeper === undefined) throw new Error('Nobody is asleep on this clock.');
    this.advance(sleeper.milliseconds);
    sleeper.gate.open();
  }

  untilSleeps(count: number): Promise<void> {
    if (this.sleeps.length >= count) return Promise.resolve();
    const watcher: Watcher = { count, gate: createGate() };
    this.#watchers.push(watcher);
    return watcher.gate.opened;
  }

  #record(milliseconds: number): void {
    this.sleeps.push(milliseconds);
    for (const { count, gate } of this.#watchers) if (this.sleeps.length >= count) gate.open();
  }
}

/** A clock that keeps its own time and writes down who slept for how long. Respects abort. */
export const testClock = (options: TestClockOptions = {}): TestClock => new HandClock(options);
