import { isJsonObject, type JsonObject, type ModelEvent, type Usage } from '@trae-cli/protocol';
import { ServiceFailure } from '../errors/failure.js';
import type { Finish } from '../service/finish-reason.js';
import type { DecodeOptions, TurnDecoder } from '../service/protocol.js';
import { recordable } from '../service/recordable.js';
import { TurnOutput } from '../service/turn-output.js';
import type { ServerEvent } from '../transport/server-events.js';
import { type AnswerEnd, endOf, isTerminal } from './answer-end.js';
import { isItemKind, type OutputItem } from './output-item.js';
import { OutputItems, placeOfItem, placeOfPiece } from './output-items.js';
import { idIn, indexIn, objectsIn, readEvent, type ResponsesEvent, textIn } from './read-event.js';
import { reported, tellsError } from './reported.js';
import { TurnCalls } from './turn-calls.js';
import { usageOf } from './usage.js';
import { isWorthReturning, partsOf, shownSections } from './whole-item.js';
import { type WordEvent, wordEvents } from './word-events.js';

/** Characters, with some room around it. */
const longestEndMark = 32;

/** One turn of Responses. */
export class ResponsesDecoder implements TurnDecoder {
  readonly #output: TurnOutput;
  readonly #items: OutputItems;
  readonly #calls: TurnCalls;
  #refused = false;
  #usage: Usage | undefined;
  #responseId: string | undefined;
  #end: AnswerEnd | undefined;
  #endMarkSeen = false;
  #lastData = '';

  constructor(options: DecodeOptions) {
    this.#output = new TurnOutput(options);
    this.#items = new OutputItems(() => this.#output.openPart());
    this.#calls = new TurnCalls(this.#output);
  }

  get hasEnded(): boolean {
    return this.isComplete || this.#endMarkSeen;
  }

  get isComplete(): boolean {
    return this.#end !== undefined;
  }

  *decode(batch: readonly ServerEvent[]): Generator<ModelEvent, void> {
    for (const { event, data } of batch) {
      if (this.hasEnded) return;
      if (data === 'null') continue;
      const read = this.#read({ event, data });
      if (read === undefined) continue;
      const words = wordEvents.get(read.type);
      // One generator for each of some hundred thousand pieces would be half of the work.
      const said = words === undefined ? undefined : this.#words(words, read.body);
      if (said !== undefined) yield said;
      if (words === undefined) yield* this.#other(read);
    }
  }

  *finish(): Generator<ModelEvent, void> {
    if (this.#end === undefined) throw new ServiceFailure({ type: 'truncated' });
    const { finish, reason } = this.#end;
    this.#calls.settle(this.#items.calls);
    yield* this.#output.end({
      finish: this.#judged(finish),
      reason,
      usage: this.#usage,
      responseId: this.#responseId,
      callParts: this.#calls.parts,
    });
  }

  /** A call that did not come to its end is never run, whatever the word for the end of the answer. */
  #judged(finish: Finish): Finish {
    if (finish !== 'end' && finish !== 'other') return finish;
    const isCut = this.#items.calls.some((call) => call.isCut || (finish === 'other' && !call.isDone));
    if (isCut) return 'length';
    return finish === 'end' && this.#refused ? 'filtered' : finish;
  }

  /** Undefined for an end mark, and for what has been heard already. */
  #read(serverEvent: ServerEvent): ResponsesEvent | undefined {
    const { data } = serverEvent;
    if (data.length < longestEndMark && data.trim() === '[DONE]') {
      this.#endMarkSeen = true;
      return undefined;
    }
    const event = readEvent(serverEvent);
    // The same words may well come twice; with the same number they are the same event.
    const isRepeated = data === this.#lastData && (indexIn(event.body, 'sequence_number') ?? 0) > 0;
    this.#lastData = data;
    return isRepeated ? undefined : event;
  }

  #words({ kind, field, index, refuses, shows }: WordEvent, body: JsonObject): ModelEvent | undefined {
    const text = textIn(body, field);
    if (text === undefined) return undefined;
    const isPiece = field === 'delta';
    const item = this.#items[isPiece ? 'growing' : 'known'](kind, placeOfPiece(body));
    this.#refused ||= refuses ?? false;
    if (kind === 'function_call') {
      this.#calls.write(item, text, isPiece);
      return undefined;
    }
    item.shows ??= shows;
    if (item.shows !== shows) return undefined;
    const section = index === undefined ? undefined : indexIn(body, index);
    return this.#say(item, isPiece ? item.extended(text, section) : item.restOfSection(text, section));
  }

  #say(item: OutputItem, text: string): ModelEvent | undefined {
    const type = item.kind === 'message' ? 'text' : 'reasoning';
    return text === '' ? undefined : this.#output.say({ type, text }, item.part);
  }

  *#other({ type, body }: ResponsesEvent): Generator<ModelEvent, void> {
    if (type === 'response.output_item.added') this.#announced(body);
    else if (type === 'response.output_item.done') yield* this.#ended(body);
    else if (/(?:^|[._])error$/.test(type)) throw reported(body);
    else if (type.startsWith('response.')) yield* this.#aboutAnswer(type.slice('response.'.length), body);
    else if (type === '' || type === 'message') yield* this.#whole(body);
  }

  #announced(body: JsonObject): void {
    const { item } = body as { readonly item?: JsonObject };
    const kind = isJsonObject(item) ? textIn(item, 'type') : undefined;
    if (!isJsonObject(item) || !isItemKind(kind)) return;
    const known = this.#items.announced(kind, placeOfItem(item, indexIn(body, 'output_index')));
    if (kind === 'function_call') this.#calls.begin(known, item);
  }

  *#ended(body: JsonObject): Generator<ModelEvent, void> {
    const { item } = body as { readonly item?: JsonObject };
    const kind = isJsonObject(item) ? textIn(item, 'type') : undefined;
    if (!isJsonObject(item) || !isItemKind(kind)) return;
    yield* this.#done(this.#items.ended(kind, placeOfItem(item, indexIn(body, 'output_index'))), item);
  }

  *#aboutAnswer(word: string, body: JsonObject): Generator<ModelEvent, void> {
    const response = isJsonObject(body['response']) ? body['response'] : body;
    if (response !== body) this.#responseId ??= idIn(response, 'id');
    if (isTerminal(word)) yield* this.#response(response, word);
  }

  /** An answer in one piece; or an error, or something that is none of ours. */
  *#whole(body: JsonObject): Generator<ModelEvent, void> {
    if (body['object'] !== 'response' && !Array.isArray(body['output'])) {
      if (tellsError(body)) throw reported(body);
      if (body['choices'] !== undefined) throw new ServiceFailure({ type: 'malformed', text: JSON.stringify(body) });
      return;
    }
    this.#responseId ??= idIn(body, 'id');
    const status = textIn(body, 'status') ?? 'completed';
    if (isTerminal(status)) yield* this.#response(body, status);
  }

  *#response(response: JsonObject, word: string): Generator<ModelEvent, void> {
    const end = endOf(response, word);
    this.#usage = usageOf(response['usage']) ?? this.#usage;
    yield* this.#unstreamed(objectsIn(response['output']));
    this.#end = end;
  }

  /** What the end of the answer has that nobody heard of before. */
  *#unstreamed(output: readonly JsonObject[]): Generator<ModelEvent, void> {
    const listed = output.filter((item) => item['type'] === 'function_call').length;
    const isTold = {
      message: this.#items.count('message') > 0,
      reasoning: this.#items.count('reasoning') > 0,
      function_call: this.#items.count('function_call') >= listed,
    };
    for (const [index, item] of output.entries()) {
      const kind = textIn(item, 'type');
      if (!isItemKind(kind)) continue;
      const place = placeOfItem(item, index);
      const known = this.#items.streamed(kind, place, idIn(item, 'call_id'));
      // Under another name it was told all the same.
      if (known !== undefined || !isTold[kind]) yield* this.#done(known ?? this.#items.ended(kind, place), item);
    }
  }

  /** The whole item is the truth, whatever the pieces said. */
  *#done(item: OutputItem, whole: JsonObject): Generator<ModelEvent, void> {
    if (item.isDone) return;
    item.isDone = true;
    if (item.kind === 'function_call') {
      this.#calls.end(item, whole);
      return;
    }
    this.#refused ||= partsOf(whole, 'content').some((part) => textIn(part, 'refusal') !== undefined);
    const rest = this.#say(item, item.rest(shownSections(item, whole)));
    if (rest !== undefined) yield rest;
    if (item.kind !== 'reasoning' || !isWorthReturning(whole)) return;
    this.#output.keep(whole);
    yield this.#output.seal(recordable(whole), item.part);
  }
}
