import { isJsonObject, type JsonObject, type ModelEvent, type StopReason, type Usage } from '@trae-cli/protocol';
import type { Dialect } from '../dialect.js';
import { ServiceFailure } from '../errors/failure.js';
import { ToolCalls } from '../tool-calls.js';
import type { ServerEvent } from '../transport/server-events.js';
import { callDeltasIn, choiceIn, contentIn, errorIn, idIn, parseChunk, reasoningIn, textIn } from './chunk.js';
import { type Finish, finishOf } from './finish-reason.js';
import { ReasoningDetails } from './reasoning-details.js';
import { type Segment, ThinkTags } from './think-tags.js';
import { TurnSize } from './turn-size.js';
import { usageOf } from './usage.js';

/** Characters; the words for an end are short, and one that nobody knows is shown. */
const longestReason = 100;

export type DecodeOptions = {
  readonly dialect: Dialect;
  /** The limit that was sent, in tokens: some servers do not say that they stopped at it. */
  readonly maxOutput: number | undefined;
  readonly contextWindow: number | null;
  readonly mintId: () => string;
  /** Whether an id is in the conversation already. */
  readonly isTaken: (id: string) => boolean;
};

/** One turn: server events in, model events out. What is said before a failure has been yielded when it is thrown. */
export class ChatDecoder {
  readonly #options: DecodeOptions;
  readonly #calls = new ToolCalls();
  readonly #details = new ReasoningDetails();
  readonly #size = new TurnSize();
  readonly #tags: ThinkTags;
  /** The position of each part that has begun; text and reasoning have one each, calls come behind them. */
  readonly #parts: Partial<Record<Segment['type'], number>> = {};
  #nextPart = 0;
  #reasoningField: string | undefined;
  #reason: string | undefined;
  #refused = false;
  #usage: Usage | undefined;
  #responseId: string | undefined;
  #endMarkSeen = false;

  constructor(options: DecodeOptions) {
    this.#options = options;
    this.#tags = new ThinkTags(options.dialect.opensInThought ?? false);
  }

  /** Nothing that matters can follow. */
  get hasEnded(): boolean {
    return this.#endMarkSeen;
  }

  /** The turn is whole, though usage may still come. */
  get isComplete(): boolean {
    return this.#endMarkSeen || this.#reason !== undefined;
  }

  *decode(batch: readonly ServerEvent[]): Generator<ModelEvent, void> {
    for (const serverEvent of batch) yield* this.#event(serverEvent);
  }

  /** The end of the turn; throws where it is none. */
  *finish(): Generator<ModelEvent, void> {
    const finish = this.#finish();
    for (const segment of this.#tags.flush(finish === 'end')) yield* this.#say(segment);
    yield* this.#seal();
    const { calls, nameless } = this.#calls.settle(this.#options.mintId, this.#options.isTaken);
    if (finish === 'failed') throw new ServiceFailure({ type: 'gave_up', reason: this.#reason ?? '' });
    if (nameless > 0) yield { type: 'noticed', message: 'The model made a tool call without a name; it was left out.' };
    for (const { id, name, arguments: text, sealed } of calls) {
      const part = this.#nextPart++;
      yield { type: 'tool_call_started', part, id, name };
      yield { type: 'tool_call_delta', part, arguments: text };
      if (sealed !== undefined) yield { type: 'part_sealed', part, sealed };
    }
    const stop = this.#stop(finish, calls.length > 0);
    yield* this.#notices(stop);
    const usage = this.#usage ?? null;
    yield {
      type: 'finished',
      stop,
      usage,
      ...(this.#responseId === undefined ? {} : { responseId: this.#responseId }),
    };
  }

  *#event({ event, data }: ServerEvent): Generator<ModelEvent, void> {
    if (this.#endMarkSeen || data === 'null') return;
    if (data.trim() === '[DONE]') {
      this.#endMarkSeen = true;
      return;
    }
    const chunk = parseChunk(data, event);
    const choice = choiceIn(chunk);
    this.#noteUsage(chunk, choice);
    this.#responseId ??= idIn(chunk);
    const delta = choice?.['delta'] ?? choice?.['message'];
    if (isJsonObject(delta)) yield* this.#delta(delta);
    const error = errorIn(chunk, event) ?? (isJsonObject(choice?.['error']) ? choice : undefined);
    if (error !== undefined) throw new ServiceFailure({ type: 'reported', body: error });
    if (choice !== undefined) this.#reason = textIn(choice, 'finish_reason')?.slice(0, longestReason) ?? this.#reason;
  }

  /** In every chunk or in the last, at the top or in the choice, once or cumulative: the last that was told counts. */
  #noteUsage(chunk: JsonObject, choice: JsonObject | undefined): void {
    const groq = chunk['x_groq'];
    const told = chunk['usage'] ?? choice?.['usage'] ?? (isJsonObject(groq) ? groq['usage'] : undefined);
    this.#usage = usageOf(told) ?? this.#usage;
  }

  *#delta(delta: JsonObject): Generator<ModelEvent, void> {
    yield* this.#reasoning(delta);
    const refusal = textIn(delta, 'refusal');
    if (refusal !== undefined) {
      this.#refused = true;
      yield* this.#say({ type: 'text', text: refusal });
    }
    const content = contentIn(delta['content']);
    if (content !== '') for (const segment of this.#tags.push(content)) yield* this.#say(segment);
    for (const call of callDeltasIn(delta)) {
      this.#size.addCall(call);
      this.#calls.add(call);
    }
  }

  /** The same thought may come in two fields; it is told once. */
  *#reasoning(delta: JsonObject): Generator<ModelEvent, void> {
    const details = delta['reasoning_details'];
    if (Array.isArray(details)) this.#size.addJson(details);
    const detailed = Array.isArray(details) ? this.#details.add(details) : '';
    const plain = reasoningIn(delta);
    this.#reasoningField ??= plain?.field;
    const text = plain?.text ?? detailed;
    if (text !== '') yield* this.#say({ type: 'reasoning', text });
  }

  *#say({ type, text }: Segment): Generator<ModelEvent, void> {
    this.#size.addText(text);
    const part = (this.#parts[type] ??= this.#nextPart++);
    yield { type: type === 'text' ? 'text_delta' : 'reasoning_delta', part, text };
  }

  /** What has to go back with the reasoning, to the model it came from. */
  *#seal(): Generator<ModelEvent, void> {
    const details = this.#details.sealed();
    const field = this.#reasoningField;
    if (details === undefined && field === undefined) return;
    const part = (this.#parts.reasoning ??= this.#nextPart++);
    const sealed = details === undefined ? { field: field ?? '' } : { details };
    yield { type: 'part_sealed', part, sealed };
  }

  #hasSpoken(): boolean {
    return this.#nextPart > 0 || !this.#calls.isEmpty;
  }

  #finish(): Finish {
    if (this.#reason !== undefined) return this.#refused ? 'filtered' : finishOf(this.#reason);
    const mayBeSilent = this.#endMarkSeen || this.#options.dialect.omitsFinishReason === true;
    if (!mayBeSilent || !this.#hasSpoken()) throw new ServiceFailure({ type: 'truncated' });
    return this.#refused ? 'filtered' : 'end';
  }

  /** Calls decide, not the word for the end; but calls that were cut off are never run. */
  #stop(finish: StopReason, hasCalls: boolean): StopReason {
    const { maxOutput = Number.POSITIVE_INFINITY, contextWindow } = this.#options;
    const { input = 0, cacheRead = 0, cacheWrite = 0, output = 0 } = this.#usage ?? {};
    const isFull = contextWindow !== null && input + cacheRead + cacheWrite >= 0.99 * contextWindow;
    if (finish === 'length' && output === 0 && isFull) throw new ServiceFailure({ type: 'overflowed' });
    if (finish === 'length' || finish === 'filtered') return finish;
    if (hasCalls) return output >= maxOutput ? 'length' : 'tool_calls';
    return finish === 'tool_calls' ? 'end' : finish;
  }

  *#notices(stop: StopReason): Generator<ModelEvent, void> {
    if (stop === 'other')
      yield { type: 'noticed', message: `The model stopped for a reason nobody here knows: ${this.#reason}.` };
    if (
      stop === 'length' &&
      this.#parts.text === undefined &&
      this.#parts.reasoning !== undefined &&
      this.#calls.isEmpty
    )
      yield {
        type: 'noticed',
        message: 'The answer was cut off while the model was still thinking: raise max_tokens, or leave it out.',
      };
  }
}
