import type { Node } from 'jsonc-parser';
import { keyOf, valueOf } from './nodes.js';

/** A value as a query looks at it. Objects have no prototype, so that `__proto__` is a key like any other. */
export type PlainValue = null | boolean | number | string | PlainValue[] | { [key: string]: PlainValue };

/** The value that a place in a document stands for; of a key that occurs twice the last counts, as for every reader. */
export function plainValueOf({ type, value, children = [] }: Node): PlainValue {
  if (type === 'array') return children.map(plainValueOf);
  if (type !== 'object') return value as PlainValue;
  const plain = Object.create(null) as { [key: string]: PlainValue };
  for (const property of children) plain[keyOf(property)] = plainValueOf(valueOf(property));
  return plain;
}
