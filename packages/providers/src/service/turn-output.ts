import type { JsonValue, ModelEvent, StopReason, Usage } from '@trae-cli/protocol';
import { ServiceFailure } from '../errors/failure.js';
import { type CallDelta, ToolCalls } from '../tool-calls.js';
import type { Finish } from './finish-reason.js';
import type { DecodeOptions } from './protocol.js';
import type { Segment } from './think-tags.js';
import { TurnSize } from './turn-size.js';

/** Characters; the words for an end are short, and one that nobody knows is shown. */
const longestReason = 100;

export type TurnEnd = {
  readonly finish: Finish;
  /** The service's own word for it. */
  readonly reason: string;
  readonly usage: Usage | undefined;
  readonly responseId: string | undefined;
  /** Where the calls stand in the message, in the order in which they began; absent: behind everything else. */
  readonly callParts?: readonly number[];
};

/** What one turn says, as the events of all protocols, within the bounds of any turn; and what its end comes to. */
export class TurnOutput {
  readonly #options: DecodeOptions;
  readonly #size = new TurnSize();
  readonly #calls = new ToolCalls();
  /** The position of the part that each kind of words goes to while nobody names another. */
  readonly #parts: Partial<Record<Segment['type'], number>> = {};
  #nextPart = 0;

  constructor(options: DecodeOptions) {
    this.#options = options;
  }

  get hasSpoken(): boolean {
    return this.#nextPart > 0 || !this.#calls.isEmpty;
  }

  /** A position of its own for what begins now. */
  openPart(): number {
    const part = this.#nextPart;
    this.#nextPart += 1;
    return part;
  }

  /** All text of a turn is one part, and so is all its reasoning, unless the protocol tells parts apart itself. */
  say({ type, text }: Segment, part?: number): ModelEvent {
    this.#size.addText(text);
    this.#parts[type] ??= part ?? this.openPart();
    return { type: type === 'text' ? 'text_delta' : 'reasoning_delta', part: part ?? this.#parts[type], text };
  }

  /** What has to go back with the reasoning, to the model it came from. */
  seal(sealed: JsonValue, part?: number): ModelEvent {
    this.#parts.reasoning ??= part ?? this.openPart();
    return { type: 'part_sealed', part: part ?? this.#parts.reasoning, sealed };
  }

  addCall(delta: CallDelta): void {
    this.#size.addCall(delta);
    this.#calls.add(delta);
  }

  /** Counts what is kept beside words and calls. */
  keep(value: JsonValue): void {
    this.#size.addJson(value);
  }

  /** The calls, what the person should know, and the end. Throws where it is not the end of an answer. */
  *end({ finish, reason, usage, responseId, callParts = [] }: TurnEnd): Generator<ModelEvent, void> {
    const shownReason = reason.slice(0, longestReason);
    const { calls, nameless } = this.#calls.settle(this.#options.mintId, this.#options.isTaken);
    if (finish === 'failed') throw new ServiceFailure({ type: 'gave_up', reason: shownReason });
    if (nameless > 0) yield { type: 'noticed', message: 'The model made a tool call without a name; it was left out.' };
    for (const [index, { id, name, arguments: text, sealed }] of calls.entries()) {
      const part = callParts[index] ?? this.openPart();
      yield { type: 'tool_call_started', part, id, name };
      yield { type: 'tool_call_delta', part, arguments: text };
      if (sealed !== undefined) yield { type: 'part_sealed', part, sealed };
    }
    const stop = this.#stop(finish, usage, calls.length > 0);
    yield* this.#notices(stop, shownReason);
    yield { type: 'finished', stop, usage: usage ?? null, ...(responseId === undefined ? {} : { responseId }) };
  }

  /** Calls decide, not the word for the end; but calls that were cut off are never run. */
  #stop(finish: StopReason, usage: Usage | undefined, hasCalls: boolean): StopReason {
    const { maxOutput = Number.POSITIVE_INFINITY, contextWindow } = this.#options;
    const { input = 0, cacheRead = 0, cacheWrite = 0, output = 0 } = usage ?? {};
    const isFull = contextWindow !== null && input + cacheRead + cacheWrite >= 0.99 * contextWindow;
    if (finish === 'length' && output === 0 && isFull) throw new ServiceFailure({ type: 'overflowed' });
    if (finish === 'length' || finish === 'filtered') return finish;
    if (hasCalls) return output >= maxOutput ? 'length' : 'tool_calls';
    return finish === 'tool_calls' ? 'end' : finish;
  }

  *#notices(stop: StopReason, reason: string): Generator<ModelEvent, void> {
    if (stop === 'other')
      yield { type: 'noticed', message: `The model stopped for a reason nobody here knows: ${reason}.` };
    const hasOnlyThought = this.#parts.text === undefined && this.#parts.reasoning !== undefined && this.#calls.isEmpty;
    if (stop === 'length' && hasOnlyThought)
      yield {
        type: 'noticed',
        message: 'The answer was cut off while the model was still thinking: raise max_tokens, or leave it out.',
      };
  }
}
