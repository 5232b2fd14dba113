import type { JsonValue } from '@trae-cli/protocol';
import { ServiceFailure } from './errors/failure.js';
import { ObjectEnd } from './object-end.js';

/** No vendor lets a model make more in one turn. */
const mostCalls = 512;
/** Characters, far beyond any name that a vendor takes. */
const longestName = 256;

/** One piece of a call. What a server leaves out, or sends empty, is absent here. */
export type CallDelta = {
  readonly index?: number;
  readonly id?: string;
  readonly name?: string;
  readonly arguments: string;
  readonly sealed?: JsonValue;
};

type SettledCall = {
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
  readonly sealed?: JsonValue;
};

export type SettledCalls = {
  readonly calls: readonly SettledCall[];
  /** Calls that never got a name; nobody could run them. */
  readonly nameless: number;
};

class OpenCall {
  id: string | undefined;
  name = '';
  arguments = '';
  sealed: JsonValue | undefined;
  readonly indexes = new Set<number>();
  #end = new ObjectEnd();

  /** The arguments are one whole object, so that another would be another call's. */
  get isWhole(): boolean {
    return this.#end.isReached;
  }

  extend(delta: CallDelta): void {
    this.id ??= delta.id;
    if (delta.index !== undefined) this.indexes.add(delta.index);
    if (delta.sealed !== undefined) this.sealed = delta.sealed;
    this.#extendName(delta.name ?? '');
    // Proxies begin with an empty object where the vendor begins with nothing.
    const replaces = this.arguments === '{}' && delta.arguments.trimStart().startsWith('{');
    if (replaces) this.#end = new ObjectEnd();
    this.#end.push(delta.arguments);
    this.arguments = replaces ? delta.arguments : this.arguments + delta.arguments;
  }

  /** A name comes once, in every piece, or in pieces; once arguments have begun it is complete. */
  #extendName(text: string): void {
    if (this.name === '') this.name = text;
    else if (text !== this.name && this.arguments === '') this.name += text;
  }
}

/** Whether a piece on an index that is taken begins another call there. */
function beginsAnother(call: OpenCall, delta: CallDelta): boolean {
  if (delta.name === undefined) return false;
  if (delta.id !== undefined && call.id !== undefined) return call.id !== delta.id;
  if (call.arguments === '') return false;
  if (delta.name !== call.name) return true;
  return call.arguments !== '{}' && delta.arguments.startsWith('{') && call.isWhole;
}

/**
 * Settles the pieces of tool calls into calls, whatever a server does with ids and indexes. Nothing is settled because
 * its text happens to be valid JSON: more may follow until the turn has ended.
 */
export class ToolCalls {
  readonly #calls: OpenCall[] = [];
  readonly #byIndex = new Map<number, OpenCall>();
  #last: OpenCall | undefined;
  /** Arguments that came before there was anything they could belong to. */
  #early = '';

  get isEmpty(): boolean {
    return this.#calls.length === 0;
  }

  add(delta: CallDelta): void {
    const call = this.#callFor(delta);
    if (call === undefined) {
      this.#early += delta.arguments;
      return;
    }
    call.extend(delta);
    if (delta.index !== undefined) this.#byIndex.set(delta.index, call);
    this.#last = call;
  }

  /** The calls in order of appearance. `mintId` makes an id for those without one, and where one is used twice. */
  settle(mintId: () => string, isTaken: (id: string) => boolean): SettledCalls {
    const ids = new Set<string>();
    const named = this.#calls.filter((call) => call.name.trim() !== '');
    const calls = named.map((call) => {
      let { id } = call;
      for (let round = 0; id === undefined || ids.has(id) || isTaken(id); round += 1)
        id = round === 0 ? mintId() : `${mintId()}_${round}`;
      ids.add(id);
      return {
        id,
        name: call.name.trim().slice(0, longestName),
        arguments: call.arguments.trim() === '' ? '{}' : call.arguments,
        ...(call.sealed === undefined ? {} : { sealed: call.sealed }),
      };
    });
    return { calls, nameless: this.#calls.length - named.length };
  }

  #callFor(delta: CallDelta): OpenCall | undefined {
    const known = this.#withId(delta);
    if (known !== undefined) return known;
    const onIndex = delta.index === undefined ? undefined : this.#byIndex.get(delta.index);
    if (onIndex !== undefined && !beginsAnother(onIndex, delta)) return onIndex;
    if (onIndex === undefined && delta.id === undefined && delta.name === undefined) return this.#last;
    return this.#open();
  }

  /** The call that has this id, unless the piece is another call that was given the same one. */
  #withId({ id, index, name }: CallDelta): OpenCall | undefined {
    if (id === undefined) return undefined;
    const sameId = this.#calls.filter((call) => call.id === id);
    const here = index === undefined ? undefined : sameId.findLast((call) => call.indexes.has(index));
    if (here !== undefined) return here;
    return name !== undefined && index !== undefined ? undefined : sameId.at(-1);
  }

  #open(): OpenCall {
    if (this.#calls.length === mostCalls)
      throw new ServiceFailure({ type: 'oversized', what: `${mostCalls} tool calls in one turn` });
    const call = new OpenCall();
    call.extend({ arguments: this.#early });
    this.#early = '';
    this.#calls.push(call);
    return call;
  }
}
