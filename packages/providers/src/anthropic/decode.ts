import type { JsonObject, ModelEvent } from '@trae-cli/protocol';
import { ServiceFailure } from '../errors/failure.js';
import { plainText } from '../errors/wording.js';
import { type Finish, finishOf } from '../service/finish-reason.js';
import type { DecodeOptions, TurnDecoder } from '../service/protocol.js';
import { TurnOutput } from '../service/turn-output.js';
import type { ServerEvent } from '../transport/server-events.js';
import { Blocks } from './blocks.js';
import { errorIn, indexIn, objectIn, objectsIn, parseEvent, textIn } from './read-event.js';
import { UsageCount } from './usage.js';

/** Characters, far beyond any id that a vendor makes. */
const longestId = 512;

/** One turn of Messages. The type in the data counts, not the name of the event, which some leave out. */
export class MessagesDecoder implements TurnDecoder {
  readonly #output: TurnOutput;
  readonly #blocks: Blocks;
  readonly #usage = new UsageCount();
  #reason: string | undefined;
  #refusal: string | undefined;
  #responseId: string | undefined;
  #endMarkSeen = false;

  constructor(options: DecodeOptions) {
    this.#output = new TurnOutput(options);
    this.#blocks = new Blocks(this.#output, options.dialect.unsignedThoughts === true);
  }

  get hasEnded(): boolean {
    return this.#endMarkSeen;
  }

  get isComplete(): boolean {
    return this.#endMarkSeen || this.#reason !== undefined;
  }

  /** The service has stopped in the midst of its own work, and goes on when it gets back what it has said. */
  get isPaused(): boolean {
    return this.#reason === 'pause_turn';
  }

  /** What is decoded next is the rest of the same turn, in a message of its own. */
  resume(): void {
    this.#usage.settle();
    this.#reason = undefined;
    this.#endMarkSeen = false;
  }

  *decode(batch: readonly ServerEvent[]): Generator<ModelEvent, void> {
    for (const serverEvent of batch) {
      const event = this.#read(serverEvent);
      if (event === undefined) continue;
      const delta = event['type'] === 'content_block_delta' ? objectIn(event, 'delta') : undefined;
      const words = delta === undefined ? undefined : this.#blocks.more(indexIn(event), delta);
      if (words === undefined) yield* this.#told(event);
      else yield words;
    }
  }

  *finish(): Generator<ModelEvent, void> {
    const finish = this.#finish();
    yield* this.#blocks.stopAll();
    if (this.#refusal !== undefined)
      yield { type: 'noticed', message: `The model refused to answer: ${plainText(this.#refusal)}` };
    if (this.isPaused) yield { type: 'noticed', message: 'The service paused in the middle of its own work.' };
    const [reason, usage, responseId] = [this.#reason ?? '', this.#usage.total(), this.#responseId];
    yield* this.#output.end({ finish, reason, usage, responseId, callParts: this.#blocks.callParts });
  }

  #read(serverEvent: ServerEvent): JsonObject | undefined {
    const { data } = serverEvent;
    if (this.#endMarkSeen || data === 'null') return undefined;
    if (data.startsWith('[') && data.trim() === '[DONE]') {
      this.#endMarkSeen = this.#reason !== undefined;
      return undefined;
    }
    const event = parseEvent(serverEvent);
    const error = errorIn(event, serverEvent.event);
    if (error !== undefined) throw new ServiceFailure({ type: 'reported', body: error });
    return event;
  }

  *#told(event: JsonObject): Generator<ModelEvent, void> {
    switch (event['type']) {
      case 'content_block_delta':
        yield* this.#blocks.extend(indexIn(event), objectIn(event, 'delta') ?? {});
        break;
      case 'content_block_start':
        yield* this.#blocks.start(indexIn(event), objectIn(event, 'content_block') ?? {});
        break;
      case 'content_block_stop':
        yield* this.#blocks.stop(indexIn(event));
        break;
      case 'message_start':
        this.#begin(objectIn(event, 'message') ?? {});
        break;
      case 'message_delta':
        this.#usage.add(event['usage']);
        this.#noteEnd(objectIn(event, 'delta') ?? {});
        break;
      case 'message_stop':
        this.#endMarkSeen = true;
        break;
      case 'message':
        yield* this.#whole(event);
        break;
      default:
    }
  }

  /** An answer that came in one piece. */
  *#whole(message: JsonObject): Generator<ModelEvent, void> {
    this.#begin(message);
    for (const [index, block] of objectsIn(message, 'content').entries()) yield* this.#blocks.start(index, block);
    yield* this.#blocks.stopAll();
    this.#noteEnd(message);
    this.#endMarkSeen = true;
  }

  #begin(message: JsonObject): void {
    const id = textIn(message, 'id');
    if (id !== undefined && id.length <= longestId) this.#responseId ??= id;
    this.#usage.add(message['usage']);
  }

  #noteEnd(end: JsonObject): void {
    this.#reason = textIn(end, 'stop_reason') ?? this.#reason;
    const details = objectIn(end, 'stop_details');
    if (details !== undefined) this.#refusal = textIn(details, 'explanation') ?? textIn(details, 'category');
  }

  #finish(): Finish {
    if (this.#reason === 'model_context_window_exceeded') throw new ServiceFailure({ type: 'overflowed' });
    // The conversation has to be sent again as it is, which is what becomes of an answer that was cut off.
    if (this.isPaused) return 'length';
    if (this.#reason !== undefined) return finishOf(this.#reason);
    if (!this.#endMarkSeen || !this.#output.hasSpoken) throw new ServiceFailure({ type: 'truncated' });
    return 'end';
  }
}
