import type { Node } from 'jsonc-parser';

export const endOf = ({ offset, length }: Node): number => offset + length;

/** The object or array that a value or a property is in. */
export const containerOf = ({ parent }: Node): Node | undefined =>
  parent?.type === 'property' ? parent.parent : parent;

/** The name of a property. */
export const keyOf = ({ children }: Node): string => String(children?.[0]?.value);

/** The value of a property. */
export function valueOf(property: Node): Node {
  const value = property.children?.[1];
  if (value === undefined) throw new Error('A property has no value, though its document was read without errors.');
  return value;
}

/** The child with an offset in it. Children are in order, and there may be many. */
export function childAt({ children = [] }: Node, offset: number): Node | undefined {
  let [low, high] = [0, children.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const child = children[middle];
    if (child === undefined) return undefined;
    if (endOf(child) <= offset) low = middle + 1;
    else if (child.offset > offset) high = middle;
    else return child;
  }
  return undefined;
}
