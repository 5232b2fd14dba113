import type { Price, Usage } from './model.js';

const perMillion = 1_000_000;

/** US dollars of one request. Where the price has tiers, the one that its whole input reaches counts for all of it. */
export function costOf({ input, output, cacheRead, cacheWrite }: Usage, price: Price): number {
  const whole = input + cacheRead + cacheWrite;
  const {
    input: inputPrice,
    output: outputPrice,
    ...cached
  } = price.tiers?.filter(({ above }) => whole > above).at(-1) ?? price;
  return (
    (input * inputPrice +
      output * outputPrice +
      cacheRead * (cached.cacheRead ?? inputPrice) +
      cacheWrite * (cached.cacheWrite ?? inputPrice)) /
    perMillion
  );
}
