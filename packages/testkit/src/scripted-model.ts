import {
  type Model,
  type ModelEvent,
  type ModelRef,
  type ModelRequest,
  type ModelTraits,
  type StopReason,
  TraeError,
  type Usage,
} from '@trae-cli/protocol';
import { abortable, untilAborted } from './gate.js';
import { argumentsOf, piecesOf, type ScriptedCall } from './scripted-call.js';

/** What is said is said in the order of the fields; then comes the end of the turn, of whatever kind. */
export type ScriptedAnswer = {
  /** Nothing is said before this settles; a rejection is thrown as the model's failure. */
  readonly after?: Promise<unknown>;
  readonly reasoning?: string;
  readonly text?: string;
  readonly calls?: readonly ScriptedCall[];
  /** Instead of an end: fails with this error. */
  readonly error?: TraeError;
  /** Instead of an end: silence, until the signal is aborted. */
  readonly hang?: boolean;
  /** Default: `tool_calls` where there are calls, else `end`. */
  readonly stop?: StopReason;
  /** Default: ten tokens in, five out. */
  readonly usage?: Usage | null;
  readonly responseId?: string;
};

export type Improvise = (request: ModelRequest, signal: AbortSignal) => ScriptedTurn | Promise<ScriptedTurn>;
/** A text, an answer, an error to throw, the very events, or what a function makes of the request. */
export type ScriptedTurn = string | TraeError | ScriptedAnswer | readonly ModelEvent[] | Improvise;
/** Turns in the order of the requests, or one function for all of them. */
export type ModelScript = readonly ScriptedTurn[] | Improvise;

export interface ScriptedModel extends Model {
  /** The requests as they were when given, oldest first. */
  readonly requests: readonly ModelRequest[];
  /** How many turns of the script have not been asked for. Zero for a script that is a function. */
  readonly turnsLeft: number;
}

export type ScriptedModelOptions = {
  readonly ref?: ModelRef;
  readonly traits?: Partial<ModelTraits>;
};

const scriptedUsage: Usage = { input: 10, output: 5, reasoning: 0, cacheRead: 0, cacheWrite: 0 };

const scriptedTraits: ModelTraits = {
  contextWindow: 200_000,
  assumedContextWindow: 200_000,
  images: false,
  parallelToolCalls: true,
};

const isEvents = (turn: ScriptedAnswer | readonly ModelEvent[]): turn is readonly ModelEvent[] => Array.isArray(turn);

class Actor implements ScriptedModel {
  readonly ref: ModelRef;
  readonly traits: ModelTraits;
  readonly requests: ModelRequest[] = [];
  readonly #script: ModelScript;
  #callsMade = 0;

  constructor(script: ModelScript, options: ScriptedModelOptions) {
    this.#script = script;
    this.ref = options.ref ?? { provider: 'scripted', model: 'scripted' };
    this.traits = { ...scriptedTraits, ...options.traits };
  }

  get turnsLeft(): number {
    return typeof this.#script === 'function' ? 0 : Math.max(0, this.#script.length - this.requests.length);
  }

  async *stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelEvent, void> {
    const turn = this.#turnFor(this.requests.length);
    this.requests.push({ ...request, messages: [...request.messages], tools: [...request.tools] });
    signal.throwIfAborted();
    yield Object.freeze<ModelEvent>({ type: 'requested', parameters: { model: this.ref.model } });
    for await (const event of this.#play(turn, request, signal)) {
      signal.throwIfAborted();
      yield Object.freeze(event);
    }
    signal.throwIfAborted();
  }

  #turnFor(index: number): ScriptedTurn {
    if (typeof this.#script === 'function') return this.#script;
    const turn = this.#script[index];
    if (turn !== undefined) return turn;
    throw new TraeError('internal', `The script has ${this.#script.length} turns; turn ${index + 1} was asked for.`);
  }

  async *#play(turn: ScriptedTurn, request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelEvent, void> {
    if (typeof turn === 'function') {
      const improvised = Promise.resolve(turn(request, signal));
      yield* this.#play(await abortable(improvised, signal), request, signal);
    } else if (turn instanceof TraeError) throw turn;
    else if (typeof turn === 'string') yield* this.#answer({ text: turn }, signal);
    else if (isEvents(turn)) yield* turn;
    else yield* this.#answer(turn, signal);
  }

  async *#answer(answer: ScriptedAnswer, signal: AbortSignal): AsyncGenerator<ModelEvent, void> {
    if (answer.after !== undefined) await abortable(answer.after, signal);
    yield* this.#said(answer);
    if (answer.error !== undefined) throw answer.error;
    if (answer.hang === true) await untilAborted(signal);
    const { calls = [], responseId } = answer;
    yield {
      type: 'finished',
      stop: answer.stop ?? (calls.length > 0 ? 'tool_calls' : 'end'),
      usage: answer.usage === undefined ? scriptedUsage : answer.usage,
      ...(responseId === undefined ? {} : { responseId }),
    };
  }

  *#said({ reasoning, text, calls = [] }: ScriptedAnswer): Generator<ModelEvent, void> {
    let part = 0;
    if (reasoning !== undefined) {
      for (const piece of piecesOf(reasoning)) yield { type: 'reasoning_delta', part, text: piece };
      part += 1;
    }
    if (text !== undefined) {
      for (const piece of piecesOf(text)) yield { type: 'text_delta', part, text: piece };
      part += 1;
    }
    for (const call of calls) {
      this.#callsMade += 1;
      yield { type: 'tool_call_started', part, id: call.id ?? `call_${this.#callsMade}`, name: call.name };
      yield { type: 'tool_call_delta', part, arguments: argumentsOf(call) };
      part += 1;
    }
  }
}

/**
 * A model that says what it is told, turn by turn; asked once too often, it fails. An aborted signal ends any turn with
 * the signal's reason.
 */
export const scriptedModel = (script: ModelScript, options: ScriptedModelOptions = {}): ScriptedModel =>
  new Actor(script, options);
