import type { JsonObject } from '@trae-cli/protocol';
import { ServiceFailure } from '../errors/failure.js';
import { type ItemKind, OutputItem } from './output-item.js';
import { idIn, indexIn } from './read-event.js';

/** No model makes more in one turn. */
const mostItems = 2048;

/** How an event says which item it is about. */
export type Place = { readonly id: string | undefined; readonly index: number | undefined };

export const placeOfPiece = (event: JsonObject): Place => ({
  id: idIn(event, 'item_id'),
  index: indexIn(event, 'output_index'),
});

export const placeOfItem = (item: JsonObject, index: number | undefined): Place => ({
  id: idIn(item, 'id') ?? idIn(item, 'call_id'),
  index,
});

/**
 * The items of one turn, by id and by index. Some gateways give every event another id, some have index 0 for all, and
 * some leave out either: an id that is known counts, then the index, then what was begun last.
 */
export class OutputItems {
  readonly #openPart: () => number;
  readonly #items: OutputItem[] = [];
  readonly #byId = new Map<string, OutputItem>();
  readonly #byIndex = new Map<number, OutputItem>();

  constructor(openPart: () => number) {
    this.#openPart = openPart;
  }

  get calls(): readonly OutputItem[] {
    return this.#items.filter(({ kind }) => kind === 'function_call');
  }

  count(kind: ItemKind): number {
    return this.#items.filter((item) => item.kind === kind).length;
  }

  /** The item that a piece of words belongs to: none that is whole already, unless it is named. */
  growing(kind: ItemKind, place: Place): OutputItem {
    const known = this.#known(kind, place);
    const isNamed = place.id !== undefined && known?.id === place.id;
    return known === undefined || (known.isDone && !isNamed) ? this.#open(kind, place) : known;
  }

  /** The item that an event is about which has nothing new. */
  known(kind: ItemKind, place: Place): OutputItem {
    return this.#known(kind, place) ?? this.#open(kind, place);
  }

  announced(kind: ItemKind, place: Place): OutputItem {
    const known = this.#known(kind, place);
    const isOther = known !== undefined && known.isAnnounced && isAnother(known, place);
    const item = known === undefined || isOther ? this.#open(kind, place) : known;
    this.#name(item, place);
    item.isAnnounced = true;
    return item;
  }

  ended(kind: ItemKind, place: Place): OutputItem {
    const known = this.#known(kind, place);
    const isOther = known !== undefined && known.isDone && isAnother(known, place);
    return known === undefined || isOther ? this.#open(kind, place) : known;
  }

  /** The item of the stream that one of the whole answer is; undefined where it was never streamed. */
  streamed(kind: ItemKind, place: Place, callId: string | undefined): OutputItem | undefined {
    const byCall = callId === undefined ? undefined : this.calls.find((call) => call.callId === callId);
    return byCall ?? this.#known(kind, place);
  }

  #known(kind: ItemKind, { id, index }: Place): OutputItem | undefined {
    const byId = id === undefined ? undefined : this.#byId.get(id);
    if (byId?.kind === kind) return byId;
    if (index === undefined && id === undefined)
      return this.#items.findLast((item) => item.kind === kind && !item.isDone);
    const byIndex = index === undefined ? undefined : this.#byIndex.get(index);
    return byIndex?.kind === kind ? byIndex : undefined;
  }

  #open(kind: ItemKind, place: Place): OutputItem {
    if (this.#items.length === mostItems)
      throw new ServiceFailure({ type: 'oversized', what: `${mostItems} items in one turn` });
    const item = new OutputItem(kind, this.#openPart());
    this.#items.push(item);
    this.#name(item, place);
    if (place.index !== undefined) this.#byIndex.set(place.index, item);
    return item;
  }

  #name(item: OutputItem, { id }: Place): void {
    if (id === undefined) return;
    item.id ??= id;
    this.#byId.set(id, item);
  }
}

const isAnother = (known: OutputItem, { id }: Place): boolean =>
  id !== undefined && known.id !== undefined && known.id !== id;
