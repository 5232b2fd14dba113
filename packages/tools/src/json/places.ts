import { groupBy } from '@trae-cli/protocol';
import { JSONPathNode } from 'json-p3';
import type { Node } from 'jsonc-parser';
import type { LineIndex } from './text/line-index.js';
import { keyOf, valueOf } from './nodes.js';

const mostLinesNamed = 10;

/** The keys and indexes that lead from the root to a value. */
export type Location = readonly (string | number)[];

/** A key that occurs more than once in one object, on the way to a place. */
export type Doubled = { readonly key: string; readonly within: Location; readonly properties: readonly Node[] };

/** A value in the document. */
export type Place = { readonly location: Location; readonly node: Node; readonly doubled: Doubled | undefined };

/** As a JSONPath: `$.users[0]['first name']`. */
export const pathOf = (location: Location): string => new JSONPathNode(null, [...location], null).getPath();

/** Finds the places of a document, in objects of any size at the same cost. */
export class Places {
  readonly #root: Node;
  readonly #members = new Map<Node, ReadonlyMap<string, readonly Node[]>>();

  constructor(root: Node) {
    this.#root = root;
  }

  /** The place of a location that a query has found. */
  at(location: Location): Place {
    let node = this.#root;
    let doubled: Doubled | undefined;
    for (const [depth, step] of location.entries()) {
      const properties = typeof step === 'string' ? this.#propertiesOf(node, step) : [];
      const last = properties.at(-1);
      if (properties.length > 1) doubled ??= { key: String(step), within: location.slice(0, depth), properties };
      const next = last === undefined ? node.children?.[Number(step)] : valueOf(last);
      if (next === undefined) throw new Error(`There is nothing at ${pathOf(location)}.`);
      node = next;
    }
    return { location, node, doubled };
  }

  /** The value of a key of an object that was found; undefined where it has none. */
  child({ location, node }: Place, key: string): Place | undefined {
    return this.#propertiesOf(node, key).length === 0 ? undefined : this.at([...location, key]);
  }

  #propertiesOf(object: Node, key: string): readonly Node[] {
    const known = this.#members.get(object);
    const members = known ?? groupBy(object.children ?? [], keyOf);
    if (known === undefined) this.#members.set(object, members);
    return members.get(key) ?? [];
  }
}

export const describeDoubled = ({ key, within, properties }: Doubled, lines: LineIndex): string =>
  `The key ${JSON.stringify(key)} occurs ${properties.length} times in ${pathOf(within)}, in lines ${properties
    .slice(0, mostLinesNamed)
    .map((property) => lines.lineAt(property.offset))
    .join(', ')}; readers take the last.`;

/** One place for each value, and none inside another: what is changed or removed takes with it what is in it. */
export function outermost(places: readonly Place[]): readonly Place[] {
  const sorted = places.toSorted((a, b) => a.node.offset - b.node.offset || b.node.length - a.node.length);
  const kept: Place[] = [];
  let end = 0;
  for (const place of sorted) {
    const { offset, length } = place.node;
    if (offset < end) continue;
    kept.push(place);
    end = offset + length;
  }
  return kept;
}
