import type { Model, ModelEvent, ModelRequest } from '@trae-cli/protocol';
import { CallNumbers } from './call-ids.js';
import { KnownTools } from './known-tools.js';
import { LeakGate } from './leak-gate.js';
import { recoveredPieces } from './recover-calls.js';

type Finished = Extract<ModelEvent, { type: 'finished' }>;
type TextDelta = Extract<ModelEvent, { type: 'text_delta' }>;

export type RecoveringOptions = {
  /** Told at the end of every turn that called tools: how many such turns in a row have printed their calls as text. */
  readonly onRecovered?: (turnsInARow: number) => void;
};

/** One turn whose text may hold calls. */
class RecoveringTurn {
  readonly #request: ModelRequest;
  #gate = new LeakGate();
  /** The part whose text goes through the gate. */
  #part: number | undefined;
  #nextPart = 0;
  calls = 0;
  isStructured = false;

  constructor(request: ModelRequest) {
    this.#request = request;
  }

  /** True for what goes on as it is. */
  passes(event: ModelEvent): boolean {
    if (event.type !== 'text_delta') return false;
    return event.part === this.#part && (this.isStructured || (event.text !== '' && this.#gate.passes(event.text)));
  }

  *take(event: ModelEvent): Generator<ModelEvent, void> {
    if ('part' in event) this.#nextPart = Math.max(this.#nextPart, event.part + 1);
    switch (event.type) {
      case 'text_delta':
        yield* this.#text(event);
        break;
      case 'tool_call_started':
        yield* this.#release();
        this.isStructured = true;
        yield event;
        break;
      case 'retrying':
        this.#gate = new LeakGate();
        this.#part = undefined;
        this.#nextPart = 0;
        this.isStructured = false;
        yield event;
        break;
      case 'finished':
        yield* this.#finish(event);
        break;
      default:
        yield event;
    }
  }

  *#text(event: TextDelta): Generator<ModelEvent, void> {
    if (this.#part !== event.part) {
      yield* this.#release();
      this.#gate = new LeakGate();
      this.#part = event.part;
    }
    if (this.isStructured) yield event;
    else for (const { text } of this.#gate.push(event.text)) yield { ...event, text };
  }

  /** What was held back is text. */
  *#release(): Generator<ModelEvent, void> {
    const { text } = this.#gate.finish();
    if (text !== '' && this.#part !== undefined) yield { type: 'text_delta', part: this.#part, text };
  }

  *#finish(event: Finished): Generator<ModelEvent, void> {
    const withheld = this.#gate.finish();
    // Whoever was cut off, or stopped for a reason nobody knows, may not have said all of the call.
    const isWhole = event.stop === 'end' || event.stop === 'tool_calls';
    if (this.isStructured || !isWhole || !withheld.mayBeCall) {
      if (withheld.text !== '' && this.#part !== undefined)
        yield { type: 'text_delta', part: this.#part, text: withheld.text };
      yield event;
      return;
    }
    yield* this.#say(withheld.text, withheld.isStart);
    yield this.calls > 0 ? { ...event, stop: 'tool_calls' } : event;
  }

  *#say(withheld: string, isStart: boolean): Generator<ModelEvent, void> {
    const { tools, messages } = this.#request;
    const pieces = recoveredPieces(withheld, new KnownTools(tools), { isStart, isWhole: true });
    const hasCalls = pieces.some(({ type }) => type === 'call');
    const ids = hasCalls ? new CallNumbers(messages) : undefined;
    let textPart = this.#part;
    for (const piece of pieces) {
      if (piece.type === 'call') {
        const part = this.#nextPart++;
        yield { type: 'tool_call_started', part, id: ids?.mint() ?? '', name: piece.call.name };
        yield { type: 'tool_call_delta', part, arguments: piece.call.arguments };
        this.calls += 1;
        textPart = undefined;
      } else if (!hasCalls || piece.text.trim() !== '') {
        textPart ??= this.#nextPart++;
        yield { type: 'text_delta', part: textPart, text: piece.text };
      }
    }
  }
}

class RecoveringModel implements Model {
  readonly #model: Model;
  readonly #options: RecoveringOptions;
  #turnsInARow = 0;
  #isTold = false;

  constructor(model: Model, options: RecoveringOptions) {
    this.#model = model;
    this.#options = options;
  }

  get ref(): Model['ref'] {
    return this.#model.ref;
  }

  get traits(): Model['traits'] {
    return this.#model.traits;
  }

  async *stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelEvent, void> {
    if (request.tools.length === 0) {
      yield* this.#model.stream(request, signal);
      return;
    }
    const turn = new RecoveringTurn(request);
    for await (const event of this.#model.stream(request, signal)) {
      if (turn.passes(event)) {
        yield event;
        continue;
      }
      for (const said of turn.take(event)) {
        if (said.type === 'finished') yield* this.#learn(turn);
        yield said;
      }
    }
  }

  *#learn({ calls, isStructured }: RecoveringTurn): Generator<ModelEvent, void> {
    if (isStructured) this.#turnsInARow = 0;
    else if (calls > 0) this.#turnsInARow += 1;
    else return;
    this.#options.onRecovered?.(this.#turnsInARow);
    if (calls === 0 || this.#isTold) return;
    this.#isTold = true;
    yield {
      type: 'noticed',
      message: `${this.ref.model} wrote a tool call into its text; it was taken from there, and so will others be.`,
    };
  }
}

/**
 * Recovers the calls that a model prints as text: only of tools that the request has, and only in whole turns without a
 * call of the proper kind. Text that cannot be a call passes at once.
 */
export const withRecoveredCalls = (model: Model, options: RecoveringOptions = {}): Model =>
  new RecoveringModel(model, options);
