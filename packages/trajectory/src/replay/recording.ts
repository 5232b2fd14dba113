import {
  type AgentEvent,
  type AssistantMessage,
  callsOf,
  type EventOf,
  isEmptyAnswer,
  type Message,
  type ModelRef,
  type RunOutcome,
  type StopReason,
  TraeError,
  type Usage,
} from '@trae-cli/protocol';
import { HeldRun } from '../held-run.js';
import type { TrajectoryRecord } from '../journal/record.js';

export type RecordedTurn = {
  readonly step: number;
  /** What the request had that the one before had not: everything after the model's last words. */
  readonly asked: readonly Message[];
  readonly answer: AssistantMessage;
  readonly stop: StopReason;
  readonly usage: Usage | null;
};

export type Recording = {
  readonly root: string;
  readonly model: ModelRef;
  readonly turns: readonly RecordedTurn[];
  /** Absent where the recording stops before the run did. */
  readonly outcome?: RunOutcome;
};

/** The messages after the model's last words. Walks back from the end, so the length of the history does not matter. */
export function newMessages(messages: readonly Message[]): readonly Message[] {
  const said: Message[] = [];
  for (let index = messages.length - 1; index >= 0; index -= 1) {
    const message = messages[index];
    if (message === undefined) break;
    if (message.role !== 'assistant') said.push(message);
    else if (!isEmptyAnswer(message)) break;
  }
  return said.toReversed();
}

type RunStarted = EventOf<'run_started'>;
type OpenTurn = { -readonly [Key in keyof RecordedTurn]: RecordedTurn[Key] } & { isWhole: boolean };

/** Collects the turns of one run from its events. */
class RunFold {
  readonly #started: RunStarted;
  readonly #turns: OpenTurn[] = [];
  #asked: Message[] = [];
  readonly #held = new HeldRun('to replay');
  #outcome: RunOutcome | undefined;

  constructor(started: RunStarted) {
    this.#started = started;
  }

  apply(event: AgentEvent): void {
    switch (event.type) {
      case 'message_added':
        this.#add(event.message, event.step);
        break;
      case 'tool_started':
        this.#finish(event.step, {});
        break;
      case 'step_finished':
        this.#finish(event.step, { stop: event.stop, usage: event.usage });
        break;
      case 'run_finished':
        this.#outcome = event.outcome;
        break;
      default:
        break;
    }
  }

  recording(): Recording {
    const { root, model } = this.#started;
    const turns = this.#turns.filter((turn) => turn.isWhole);
    return { root, model, turns, ...(this.#outcome === undefined ? {} : { outcome: this.#outcome }) };
  }

  #add(message: Message, step: number): void {
    this.#held.add(message);
    if (message.role !== 'assistant') {
      this.#asked.push(message);
      return;
    }
    const stop = callsOf(message).length > 0 ? 'tool_calls' : 'end';
    this.#turns.push({ step, asked: this.#asked.slice(), answer: message, stop, usage: null, isWhole: false });
    if (!isEmptyAnswer(message)) this.#asked = [];
  }

  /** An answer is known to be whole once a tool ran because of it; a cancelled one may have been cut anywhere. */
  #finish(step: number, end: { readonly stop?: StopReason; readonly usage?: Usage | null }): void {
    const turn = this.#turns.at(-1);
    if (turn?.step === step) Object.assign(turn, end, { isWhole: true });
  }
}

/** The first run of a journal. */
export async function firstRun(records: AsyncIterable<TrajectoryRecord>): Promise<Recording> {
  let run: RunFold | undefined;
  for await (const { event } of records) {
    if (event.type !== 'run_started') run?.apply(event);
    else if (run === undefined) run = new RunFold(event);
    else break;
  }
  if (run !== undefined) return run.recording();
  throw new TraeError('usage', 'There is no run in this trajectory: it ends before one was started.', {
    hint: 'Name the journal of a run that has taken at least one step.',
  });
}
