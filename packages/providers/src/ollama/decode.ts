import { isJsonObject, type JsonObject, type ModelEvent, type Usage } from '@trae-cli/protocol';
import { ServiceFailure } from '../errors/failure.js';
import { textIn } from '../openai-compatible/chunk.js';
import { type Finish, finishOf } from '../service/finish-reason.js';
import type { DecodeOptions, Sent, TurnDecoder } from '../service/protocol.js';
import { ThinkTags } from '../service/think-tags.js';
import { TurnOutput } from '../service/turn-output.js';
import type { ServerEvent } from '../transport/server-events.js';
import { callsIn, errorIn, parseLine, usageIn } from './line.js';

/** The limit of the answer is one option among others here. */
function outputLimitOf({ parameters: { options } }: Sent): number | undefined {
  const limit = isJsonObject(options) ? options['num_predict'] : undefined;
  return typeof limit === 'number' && limit > 0 ? limit : undefined;
}

/** One turn, a line of JSON at a time. */
export class OllamaDecoder implements TurnDecoder {
  readonly #output: TurnOutput;
  readonly #tags: ThinkTags;
  #calls = 0;
  /** Why the answer ended; undefined until the line that says that it is done. */
  #reason: string | undefined;
  #usage: Usage | undefined;
  /** The first line that is none of an answer. */
  #strange: string | undefined;

  constructor(options: DecodeOptions) {
    this.#output = new TurnOutput({ ...options, maxOutput: outputLimitOf(options.sent) });
    this.#tags = new ThinkTags(options.dialect.opensInThought ?? false);
  }

  get hasEnded(): boolean {
    return this.#reason !== undefined;
  }

  get isComplete(): boolean {
    return this.hasEnded;
  }

  *decode(batch: readonly ServerEvent[]): Generator<ModelEvent, void> {
    for (const { data } of batch) {
      if (this.hasEnded) return;
      const line = parseLine(data);
      // What speaks of neither a message nor an end is from somebody else.
      if (!('message' in line || 'done' in line || 'error' in line)) this.#strange ??= data;
      yield* this.#line(line);
    }
  }

  *finish(): Generator<ModelEvent, void> {
    // A runner that dies, and one that is stopped for repeating itself, end the body as if nothing had happened.
    if (this.#reason === undefined && this.#strange !== undefined)
      throw new ServiceFailure({ type: 'malformed', text: this.#strange });
    if (this.#reason === undefined) throw new ServiceFailure({ type: 'truncated' });
    const finish = this.#finish(this.#reason);
    for (const segment of this.#tags.flush(finish === 'end')) yield this.#output.say(segment);
    yield* this.#output.end({ finish, reason: this.#reason, usage: this.#usage, responseId: undefined });
  }

  *#line(line: JsonObject): Generator<ModelEvent, void> {
    const { message } = line as { readonly message?: JsonObject };
    if (isJsonObject(message)) yield* this.#message(message);
    const error = errorIn(line);
    if (error !== undefined) throw new ServiceFailure({ type: 'reported', body: error });
    if (line['done'] !== true) return;
    // Old servers do not say why.
    this.#reason = textIn(line, 'done_reason') ?? 'stop';
    this.#usage = usageIn(line);
  }

  *#message(message: JsonObject): Generator<ModelEvent, void> {
    const thinking = textIn(message, 'thinking');
    if (thinking !== undefined) yield this.#output.say({ type: 'reasoning', text: thinking });
    const content = textIn(message, 'content');
    if (content !== undefined) for (const segment of this.#tags.push(content)) yield this.#output.say(segment);
    for (const call of callsIn(message, this.#calls)) {
      this.#calls += 1;
      this.#output.addCall(call);
    }
  }

  /** A request that only loads or unloads a model is none of ours. */
  #finish(reason: string): Finish {
    return reason === 'load' || reason === 'unload' ? 'failed' : finishOf(reason);
  }
}
