export type Random = {
  /** A whole number from 0 on, smaller than this. */
  below(limit: number): number;
  oneOf<Item>(items: readonly Item[]): Item;
};

/** The same numbers for the same seed. */
export function randomSource(seed: number): Random {
  let state = Math.imul(seed + 1, 0x9e3779b1) >>> 0;
  const below = (limit: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
  return {
    below,
    oneOf: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error('There is nothing to choose from.');
      return item;
    },
  };
}
