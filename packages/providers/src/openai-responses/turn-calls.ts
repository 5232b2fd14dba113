import type { JsonObject } from '@trae-cli/protocol';
import type { TurnOutput } from '../service/turn-output.js';
import type { OutputItem } from './output-item.js';
import { idIn, textIn } from './read-event.js';

/** Arguments are text; some gateways send the object. */
function argumentsIn(whole: JsonObject): string | undefined {
  const value = whole['arguments'];
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : textIn(whole, 'arguments');
}

function learn(item: OutputItem, whole: JsonObject): void {
  const name = textIn(whole, 'name')?.trim();
  item.callId ??= idIn(whole, 'call_id');
  if (name !== '') item.name ??= name;
}

/** The calls of a turn, on their way into the accumulator that all protocols share. */
export class TurnCalls {
  readonly #output: TurnOutput;
  /** In the order in which the accumulator has them. */
  readonly #passedOn: OutputItem[] = [];

  constructor(output: TurnOutput) {
    this.#output = output;
  }

  /** Where the calls stand in the message. */
  get parts(): readonly number[] {
    return this.#passedOn.map(({ part }) => part);
  }

  begin(item: OutputItem, whole: JsonObject): void {
    learn(item, whole);
    // What it is called by may yet be told.
    if (item.callId !== undefined) this.#passOn(item);
  }

  write(item: OutputItem, text: string, isPiece: boolean): void {
    if (item.isDone) return;
    this.#output.keep(text);
    item.arguments = isPiece ? item.arguments + text : text;
  }

  /** The arguments of the whole item are the truth. */
  end(item: OutputItem, whole: JsonObject): void {
    learn(item, whole);
    this.#passOn(item);
    item.isCut = whole['status'] === 'incomplete';
    const text = argumentsIn(whole);
    if (text === undefined) return;
    this.#output.keep(text);
    item.arguments = text;
  }

  /** Nothing follows: the arguments are what they are. */
  settle(calls: readonly OutputItem[]): void {
    for (const call of calls) this.#passOn(call);
    for (const [index, call] of this.#passedOn.entries()) this.#output.addCall({ index, arguments: call.arguments });
    for (const [index, call] of calls.entries())
      if (call.name === undefined) this.#output.addCall({ id: `nameless ${index}`, arguments: call.arguments });
  }

  #passOn(item: OutputItem): void {
    if (item.name === undefined || this.#passedOn.includes(item)) return;
    const id = item.callId ?? item.id;
    const index = this.#passedOn.push(item) - 1;
    this.#output.addCall({ index, ...(id === undefined ? {} : { id }), name: item.name, arguments: '' });
  }
}
