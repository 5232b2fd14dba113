import { isJsonObject, type JsonObject, type JsonValue, type ModelEvent, type Usage } from '@trae-cli/protocol';
import { ServiceFailure } from '../errors/failure.js';
import { type Finish, finishOf } from '../service/finish-reason.js';
import type { DecodeOptions, TurnDecoder } from '../service/protocol.js';
import { ThinkTags } from '../service/think-tags.js';
import { TurnOutput } from '../service/turn-output.js';
import type { ServerEvent } from '../transport/server-events.js';
import { callDeltasIn, choiceIn, contentIn, errorIn, idIn, parseChunk, reasoningIn, textIn } from './chunk.js';
import { ReasoningDetails } from './reasoning-details.js';
import { usageOf } from './usage.js';

/** One turn of Chat Completions. */
export class ChatDecoder implements TurnDecoder {
  readonly #options: DecodeOptions;
  readonly #output: TurnOutput;
  readonly #details = new ReasoningDetails();
  readonly #blocks = new ReasoningDetails();
  readonly #tags: ThinkTags;
  #reasoningField: string | undefined;
  #reason: string | undefined;
  #refused = false;
  #usage: Usage | undefined;
  #responseId: string | undefined;
  #endMarkSeen = false;

  constructor(options: DecodeOptions) {
    this.#options = options;
    this.#output = new TurnOutput(options);
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
    for (const segment of this.#tags.flush(finish === 'end')) yield this.#output.say(segment);
    yield* this.#seal();
    const reason = this.#reason ?? '';
    yield* this.#output.end({ finish, reason, usage: this.#usage, responseId: this.#responseId });
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
    if (choice !== undefined) this.#reason = textIn(choice, 'finish_reason') ?? this.#reason;
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
      yield this.#output.say({ type: 'text', text: refusal });
    }
    const content = contentIn(delta['content']);
    if (content !== '') for (const segment of this.#tags.push(content)) yield this.#output.say(segment);
    for (const call of callDeltasIn(delta)) this.#output.addCall(call);
  }

  /** The same thought may come in two fields; it is told once. */
  *#reasoning(delta: JsonObject): Generator<ModelEvent, void> {
    const detailed = this.#keep(delta['reasoning_details'], this.#details);
    const blocks = this.#keep(delta['thinking_blocks'], this.#blocks);
    const plain = reasoningIn(delta);
    this.#reasoningField ??= plain?.field;
    const text = plain?.text ?? (detailed === '' ? blocks : detailed);
    if (text !== '') yield this.#output.say({ type: 'reasoning', text });
  }

  #keep(pieces: JsonValue | undefined, kept: ReasoningDetails): string {
    if (!Array.isArray(pieces)) return '';
    this.#output.keep(pieces);
    return kept.add(pieces);
  }

  /** What has to go back with the reasoning, to the model it came from. */
  *#seal(): Generator<ModelEvent, void> {
    const field = this.#reasoningField;
    const told = { field, details: this.#details.sealed(field !== undefined), blocks: this.#blocks.sealed(false) };
    const sealed: Record<string, JsonValue> = {};
    for (const [name, value] of Object.entries(told)) if (value !== undefined) sealed[name] = value;
    if (Object.keys(sealed).length > 0) yield this.#output.seal(sealed);
  }

  /** LM Studio answers so where the conversation is too long: nothing said, and not a token counted. */
  get #isBlank(): boolean {
    const { cacheRead, input, output } = this.#usage ?? { cacheRead: 0, input: 1, output: 0 };
    return !this.#output.hasSpoken && input + cacheRead + output === 0;
  }

  #finish(): Finish {
    if (this.#reason === 'model_context_window_exceeded' || this.#isBlank)
      throw new ServiceFailure({ type: 'overflowed' });
    if (this.#reason !== undefined) return this.#refused ? 'filtered' : finishOf(this.#reason);
    const mayBeSilent = this.#endMarkSeen || this.#options.dialect.omitsFinishReason === true;
    if (!mayBeSilent || !this.#output.hasSpoken) throw new ServiceFailure({ type: 'truncated' });
    return this.#refused ? 'filtered' : 'end';
  }
}
