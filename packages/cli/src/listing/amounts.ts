/** A number of tokens as people say it: `8k`, `131k`, `1.05M`. */
export function shortCount(count: number): string {
  if (count < 1000) return String(count);
  const thousands = Math.round(count / 1000);
  return thousands < 1000 ? `${thousands}k` : `${Number((count / 1_000_000).toFixed(2))}M`;
}

/** Dollars without zeros that say nothing: `2`, `0.15`, `0.0028`. */
export const shortDollars = (dollars: number): string =>
  dollars === 0 ? '0' : String(dollars >= 100 ? Math.round(dollars) : Number(dollars.toPrecision(3)));
