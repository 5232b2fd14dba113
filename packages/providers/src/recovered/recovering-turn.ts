import type { ModelEvent, ModelRequest } from '@trae-cli/protocol';
import { CallNumbers } from './call-ids.js';
import { KnownTools } from './known-tools.js';
import { LeakGate } from './leak-gate.js';
import { recoveredPieces } from './recover-calls.js';

type Finished = Extract<ModelEvent, { type: 'finished' }>;
type TextDelta = Extract<ModelEvent, { type: 'text_delta' }>;

/** One turn whose text may hold calls. */
export class RecoveringTurn {
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
