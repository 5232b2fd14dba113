import { type AgentEvent, type Clock, formatDuration, type ModelEvent } from '@trae-cli/protocol';
import type { TextSink } from '../host/text-sink.js';

const quietMs = 2000;
const tickMs = 1000;

/** What the time goes into after an event; null where words are to be seen, undefined where nothing changes. */
function waitAfter(event: AgentEvent): string | null | undefined {
  if (event.type === 'step_started') return 'Waiting for the model';
  if (event.type === 'tool_started') return 'Running';
  if (event.type === 'run_finished') return null;
  return event.type === 'model_event' ? modelWaits[event.event.type] : undefined;
}

const modelWaits: Readonly<Partial<Record<ModelEvent['type'], string | null>>> = {
  requested: 'Waiting for the model',
  retrying: 'Trying again',
  waiting: 'Waiting for the limit',
  reasoning_delta: 'The model thinks',
  tool_call_started: 'The model writes a call',
  text_delta: null,
  finished: null,
};

/** How long a wait will take, where that is known. */
const waitMsOf = (event: AgentEvent): number | undefined =>
  event.type === 'model_event' && 'waitMs' in event.event ? event.event.waitMs : undefined;

const inSeconds = (milliseconds: number): string =>
  milliseconds < 60_000 ? `${Math.floor(milliseconds / 1000)} s` : formatDuration(milliseconds);

/** A sign of life: on a terminal where nothing has come for a while, a last line says what is waited for, and since when. */
export class Waiting implements Disposable {
  readonly #sink: TextSink;
  readonly #clock: Clock;
  readonly #timer: NodeJS.Timeout;
  #what: string | null = null;
  #since = 0;
  /** When a wait of known length is over. */
  #until: number | undefined;

  constructor(sink: TextSink, clock: Clock) {
    this.#sink = sink;
    this.#clock = clock;
    this.#timer = setInterval(() => this.#show(), tickMs);
    this.#timer.unref();
  }

  note(event: AgentEvent): void {
    const what = waitAfter(event);
    if (what === undefined || (what === this.#what && waitMsOf(event) === undefined)) return;
    const waitMs = waitMsOf(event);
    this.#what = what;
    this.#since = this.#clock.now();
    this.#until = waitMs === undefined ? undefined : this.#since + waitMs;
    if (waitMs !== undefined && waitMs >= tickMs) this.#show();
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#sink.showStatus('');
  }

  #show(): void {
    const leftMs = (this.#until ?? 0) - this.#clock.now();
    if (this.#what !== null && leftMs > 0) {
      this.#sink.showStatus(`${this.#what} in ${inSeconds(leftMs + tickMs - 1)}`);
      return;
    }
    const waitedMs = this.#clock.now() - this.#since;
    if (this.#what !== null && waitedMs >= quietMs) this.#sink.showStatus(`${this.#what}… ${inSeconds(waitedMs)}`);
  }
}
