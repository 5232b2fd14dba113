import type { JsonObject, JsonValue } from '@trae-cli/protocol';
import type { ConfigDocument, ConfigPath } from '../document.js';
import type { SourceText } from './source-text.js';

/** A value of a file, each of its parts with the place where it stands. */
export type PlacedValue =
  | { readonly kind: 'object'; readonly entries: ReadonlyMap<string, Placed> }
  | { readonly kind: 'list'; readonly items: readonly Placed[] }
  | { readonly kind: 'leaf'; readonly value: null | boolean | number | string };

/** `offset` is that of the key, of an item that of the item. */
export type Placed = { readonly offset: number; readonly value: PlacedValue };

/** Nobody means more; every walk over the values stays far from the end of the stack. */
export const deepestValue = 100;

export const tooDeep = `the values are nested more than ${deepestValue} levels deep`;

function jsonOf(value: PlacedValue): JsonValue {
  switch (value.kind) {
    case 'leaf':
      return value.value;
    case 'list':
      return value.items.map((item) => jsonOf(item.value));
    case 'object':
      return objectOf(value.entries);
    default:
      return value satisfies never;
  }
}

/** Without a prototype: no key is there but those of the file, and `__proto__` is one like any other. */
function objectOf(entries: ReadonlyMap<string, Placed>): JsonObject {
  const object = Object.create(null) as Record<string, JsonValue>;
  for (const [key, { value }] of entries) object[key] = jsonOf(value);
  return object;
}

function inside({ value }: Placed, step: string | number): Placed | undefined {
  switch (value.kind) {
    case 'leaf':
      return undefined;
    case 'list':
      return typeof step === 'number' ? value.items[step] : undefined;
    case 'object':
      return typeof step === 'string' ? value.entries.get(step) : undefined;
    default:
      return value satisfies never;
  }
}

function nearest(root: Placed, path: ConfigPath): Placed {
  let place = root;
  for (const step of path) {
    const next = inside(place, step);
    if (next === undefined) return place;
    place = next;
  }
  return place;
}

const nothing: Placed = { offset: 0, value: { kind: 'object', entries: new Map() } };

const kindNames = { list: 'a list', leaf: 'a single value' } as const;

/** The document of a parsed text. Nothing at all is an empty configuration; a list or a single value is none. */
export function documentOf(source: SourceText, root: Placed = nothing): ConfigDocument {
  if (root.value.kind !== 'object') {
    throw source.fault(
      root.offset,
      `a configuration is an object, keys and their values, and this is ${kindNames[root.value.kind]}`,
    );
  }
  return {
    file: source.file,
    values: objectOf(root.value.entries),
    positionOf: (path) => source.positionAt(nearest(root, path).offset),
  };
}
