import {
  type AssistantMessage,
  callsOf,
  type Model,
  type ModelEvent,
  type ModelRef,
  type ModelRequest,
  type ModelTraits,
  type RunOutcome,
  type ToolCallPart,
  TraeError,
} from '@trae-cli/protocol';
import type { TrajectoryRecord } from '../journal/record.js';
import { type Comparison, firstDivergence } from './compare.js';
import { Names } from './names.js';
import { createNormaliser } from './normalise.js';
import type { ReplayPlaces } from './place-rules.js';
import { firstRun, newMessages, type RecordedTurn, type Recording } from './recording.js';

const traits: ModelTraits = {
  // Nothing is sent, so nothing has to be shortened to fit.
  contextWindow: Number.MAX_SAFE_INTEGER,
  assumedContextWindow: Number.MAX_SAFE_INTEGER,
  images: true,
  parallelToolCalls: true,
};

function describeOutcome(outcome: RunOutcome | undefined): string {
  if (outcome === undefined) return 'it was cut off there';
  switch (outcome.status) {
    case 'completed':
      return 'the recorded run was complete there';
    case 'stopped':
      return `the recorded run was stopped there (${outcome.reason.replaceAll('_', ' ')})`;
    case 'failed':
      return `the recorded run failed there (${outcome.error.message})`;
    default:
      return outcome satisfies never;
  }
}

const diverged = (step: number, divergence: string): TraeError =>
  new TraeError('replay_diverged', `Step ${step} no longer matches the recording: ${divergence}`, {
    hint: 'The files, the tools or the task have changed since. Record the run again, or run the task with a live model.',
  });

function recordingEnded({ turns, outcome }: Recording): TraeError {
  const last = turns.at(-1)?.step;
  const where =
    last === undefined ? 'The recording holds no answer of the model' : `The recording ends with step ${last}`;
  return new TraeError('replay_diverged', `${where}: ${describeOutcome(outcome)}, and this run goes on.`, {
    hint: 'Run the task with a live model to get further.',
  });
}

function* sayPart(part: AssistantMessage['content'][number], index: number, names: Names): Generator<ModelEvent, void> {
  switch (part.type) {
    case 'text':
      yield { type: 'text_delta', part: index, text: part.text };
      return;
    case 'reasoning':
      if (part.text !== '') yield { type: 'reasoning_delta', part: index, text: part.text };
      break;
    case 'tool_call':
      yield { type: 'tool_call_started', part: index, id: part.id, name: part.name };
      yield { type: 'tool_call_delta', part: index, arguments: names.translate(part.arguments) };
      break;
    default:
      part satisfies never;
  }
  if (part.sealed !== undefined) yield { type: 'part_sealed', part: index, sealed: part.sealed };
}

class ReplayModel implements Model {
  readonly ref: ModelRef;
  readonly traits = traits;
  readonly #recording: Recording;
  readonly #comparison: Comparison;
  readonly #calls = new Map<string, ToolCallPart>();
  #next = 0;

  constructor(recording: Recording, places: ReplayPlaces) {
    this.ref = { provider: 'replay', model: recording.model.model };
    this.#recording = recording;
    this.#comparison = {
      recorded: createNormaliser({ ...places, root: recording.root }),
      now: createNormaliser(places),
      names: new Names({ recorded: recording.root, now: places.root }),
      callOf: (id) => this.#calls.get(id),
    };
  }

  async *stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelEvent, void> {
    signal.throwIfAborted();
    yield { type: 'requested', parameters: {} };
    const turn = this.#turnFor(request);
    for (const call of callsOf(turn.answer)) this.#calls.set(call.id, call);
    for (const [index, part] of turn.answer.content.entries()) {
      yield* sayPart(part, index, this.#comparison.names);
    }
    yield { type: 'finished', stop: turn.stop, usage: turn.usage };
  }

  #turnFor({ messages }: ModelRequest): RecordedTurn {
    const turn = this.#recording.turns[this.#next];
    if (turn === undefined) throw recordingEnded(this.#recording);
    const divergence = firstDivergence(turn.asked, newMessages(messages), this.#comparison);
    if (divergence !== undefined) throw diverged(turn.step, divergence);
    this.#next += 1;
    return turn;
  }
}

/**
 * A model that gives the recorded answers of a journal's first run, in order, as long as what is new in each request is
 * what was new then: places, times, process ids and ports aside, instructions not looked at. The first difference is
 * a `replay_diverged` error, as is a run that goes on after the recording has ended.
 */
export async function replayModel(records: AsyncIterable<TrajectoryRecord>, places: ReplayPlaces): Promise<Model> {
  return new ReplayModel(await firstRun(records), places);
}
