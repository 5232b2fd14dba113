import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { duplicateKey } from './duplicate-key.js';
import { deepestValue, type Placed, type PlacedValue, tooDeep } from './placed-value.js';
import type { SourceText } from './source-text.js';

/** What aliases may add up to: a few dozen lines of them can stand for more values than there are atoms. */
const mostAliasedValues = 10_000;

const mergeKey = '<<';

/** `size` counts all values inside, aliased ones as often as they are named. */
type Measure = { readonly size: number; readonly depth: number };

const partsOf = (value: PlacedValue): readonly Placed[] => {
  if (value.kind === 'leaf') return [];
  return value.kind === 'list' ? value.items : [...value.entries.values()];
};

/** Turns the nodes of one document into values. An alias shares the values of its anchor, which has to stand before it. */
export class YamlTree {
  readonly #source: SourceText;
  readonly #anchors = new Map<string, PlacedValue>();
  readonly #measures = new Map<PlacedValue, Measure>();
  #aliased = 0;

  constructor(source: SourceText) {
    this.#source = source;
  }

  /** Undefined where the document is empty, which is not the same as `null`. */
  rootOf({ contents }: Document): Placed | undefined {
    if (contents === null) return undefined;
    const offset = contents.range?.[0] ?? 0;
    if (isScalar(contents) && contents.value === null && (contents.source ?? '') === '') return undefined;
    return { offset, value: this.#valueOf(contents, offset, 0) };
  }

  #valueOf(node: unknown, offset: number, depth: number): PlacedValue {
    if (isAlias(node)) return this.#aliasedBy(node, offset, depth);
    const value = this.#builtFrom(node, offset, depth);
    const measures = partsOf(value).map((part) => this.#measureOf(part.value));
    this.#measures.set(value, {
      size: measures.reduce((sum, { size }) => sum + size, 1),
      depth: measures.reduce((deepest, { depth }) => Math.max(deepest, depth), 0) + 1,
    });
    if ((isScalar(node) || isMap(node) || isSeq(node)) && node.anchor !== undefined)
      this.#anchors.set(node.anchor, value);
    return value;
  }

  #measureOf(value: PlacedValue): Measure {
    return this.#measures.get(value) ?? { size: 1, depth: 1 };
  }

  #builtFrom(node: unknown, offset: number, depth: number): PlacedValue {
    if (depth === deepestValue) throw this.#source.fault(offset, tooDeep);
    if (isMap(node)) return { kind: 'object', entries: this.#entriesOf(node, depth) };
    if (isSeq(node)) return { kind: 'list', items: this.#itemsOf(node, offset, depth) };
    return this.#leafOf(isScalar(node) ? node.value : node, offset);
  }

  #leafOf(value: unknown, offset: number): PlacedValue {
    if (typeof value === 'string' || typeof value === 'boolean') return { kind: 'leaf', value };
    if (value === null || value === undefined) return { kind: 'leaf', value: null };
    if (typeof value === 'number' && Number.isFinite(value)) return { kind: 'leaf', value };
    const what =
      typeof value === 'number' ? 'this number is infinite, too large or none at all' : 'this is not a plain value';
    throw this.#source.fault(offset, what, 'Put it in quotes if a text is meant.');
  }

  #itemsOf(list: YAMLSeq, offset: number, depth: number): readonly Placed[] {
    return list.items.map((item) => {
      const at = this.#offsetOf(item, offset);
      return { offset: at, value: this.#valueOf(item, at, depth + 1) };
    });
  }

  #entriesOf(map: YAMLMap, depth: number): ReadonlyMap<string, Placed> {
    const entries = new Map<string, Placed>();
    const merged: (readonly [string, Placed])[] = [];
    let merge: number | undefined;
    for (const pair of map.items) {
      const { name, offset, isMerge } = this.#keyOf(pair, map);
      const before = isMerge ? merge : entries.get(name)?.offset;
      if (before !== undefined) throw duplicateKey(this.#source, name, [before, offset]);
      const value = this.#valueOf(pair.value, this.#offsetOf(pair.value, offset), depth + 1);
      if (isMerge) {
        merge = offset;
        merged.push(...this.#mergedFrom(value, offset));
      } else entries.set(name, { offset, value });
    }
    for (const [name, placed] of merged) if (!entries.has(name)) entries.set(name, placed);
    return entries;
  }

  #keyOf({ key }: Pair, map: YAMLMap): { readonly name: string; readonly offset: number; readonly isMerge: boolean } {
    const offset = this.#offsetOf(key, map.range?.[0] ?? 0);
    if (!isScalar(key) || typeof key.value !== 'string') {
      throw this.#source.fault(offset, 'a key has to be a text, and this is none', 'Put it in quotes.');
    }
    return { name: key.value, offset, isMerge: key.value === mergeKey && key.type === 'PLAIN' };
  }

  /** The entries that `<<` brings; of two sources the first counts. */
  #mergedFrom(value: PlacedValue, offset: number): readonly (readonly [string, Placed])[] {
    const sources = value.kind === 'list' ? value.items.map((item) => item.value) : [value];
    return sources.flatMap((source) => {
      if (source.kind === 'object') return [...source.entries];
      throw this.#source.fault(offset, 'after << there has to be an alias of an object, or a list of them');
    });
  }

  #aliasedBy({ source: name }: Alias, offset: number, depth: number): PlacedValue {
    const value = this.#anchors.get(name);
    if (value === undefined)
      throw this.#source.fault(
        offset,
        'nothing above has this anchor; a text that begins with * has to stand in quotes',
      );
    const { size, depth: levels } = this.#measureOf(value);
    this.#aliased += size;
    if (this.#aliased > mostAliasedValues) throw this.#source.fault(offset, 'the aliases stand for too many values');
    if (depth + levels > deepestValue) throw this.#source.fault(offset, tooDeep);
    return value;
  }

  #offsetOf(node: unknown, fallback: number): number {
    const isNode = isScalar(node) || isMap(node) || isSeq(node) || isAlias(node);
    return isNode ? (node.range?.[0] ?? fallback) : fallback;
  }
}
