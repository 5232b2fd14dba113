/** Reports that wait for a slow reader, at most; beyond that new ones are dropped. */
const mostReports = 256;

export interface EventSink<Event> {
  push(event: Event): void;
  /** For what may be missed: progress that nobody has the time to read is not kept for them. */
  report(event: Event): void;
}

class EventQueue<Event> implements EventSink<Event> {
  #events: Event[] = [];
  #wake = (): void => undefined;
  #isOpen = true;

  get isOpen(): boolean {
    return this.#isOpen;
  }

  push(event: Event): void {
    if (!this.#isOpen) return;
    this.#events.push(event);
    this.#wake();
  }

  report(event: Event): void {
    if (this.#events.length < mostReports) this.push(event);
  }

  close(): void {
    this.#isOpen = false;
    this.#wake();
  }

  take(): readonly Event[] {
    const taken = this.#events;
    this.#events = [];
    return taken;
  }

  /** Waits until there is something to take or the queue is closed. */
  async ready(): Promise<void> {
    if (this.#events.length > 0 || !this.#isOpen) return;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
  }
}

/**
 * Many producers, one generator: yields what the work tells while it runs, and ends when it has ended. Leaving early
 * calls `abandon`, which must make the work end, and waits until it has.
 */
export async function* whileRunning<Event>(
  work: (sink: EventSink<Event>) => Promise<unknown>,
  abandon: () => void,
): AsyncGenerator<Event, void> {
  const queue = new EventQueue<Event>();
  const done = work(queue).finally(() => queue.close());
  // A failure is thrown below, when the reader has heard everything; until then it must not count as unhandled.
  done.catch(() => undefined);
  let hasEnded = false;
  try {
    while (queue.isOpen) {
      await queue.ready();
      for (const event of queue.take()) yield event;
    }
    for (const event of queue.take()) yield event;
    hasEnded = true;
  } finally {
    if (!hasEnded) {
      queue.close();
      abandon();
      await done.catch(() => undefined);
    }
  }
  await done;
}
