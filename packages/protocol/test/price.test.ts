import { expect, test } from 'vitest';
import { costOf, type Price, type Usage } from '../src/index.js';

const usage = (some: Partial<Usage>): Usage => ({
  input: 0,
  output: 0,
  reasoning: 0,
  cacheRead: 0,
  cacheWrite: 0,
  ...some,
});

const million = 1_000_000;
const flat: Price = { input: 2, output: 10 };
const cached: Price = { ...flat, cacheRead: 0.2, cacheWrite: 2.5 };
const tiered: Price = {
  ...cached,
  tiers: [
    { above: 200_000, input: 4, output: 15, cacheRead: 0.4 },
    { above: 500_000, input: 8, output: 30 },
  ],
};

test.each<readonly [string, Price, Partial<Usage>, number]>([
  ['nothing costs nothing', flat, {}, 0],
  ['what goes in and what comes out have their prices', flat, { input: million, output: million / 2 }, 7],
  ['reasoning is part of the output and is not paid for twice', flat, { output: million, reasoning: million }, 10],
  [
    'what a cache holds costs what the rest does where nobody says otherwise',
    flat,
    { cacheRead: million, cacheWrite: million },
    4,
  ],
  ['what a cache holds has its own prices', cached, { cacheRead: million, cacheWrite: million }, 2.7],
  ['a model that costs nothing costs nothing', { input: 0, output: 0 }, { input: million, output: million }, 0],
  ['a tier does not begin before its bound is passed', tiered, { input: 200_000 }, 0.4],
  ['a tier counts for the whole request', tiered, { input: 200_001, output: million }, 15.800004],
  ['what a cache holds counts for the tier', tiered, { input: 100_000, cacheRead: 200_000 }, 0.48],
  ['the highest tier that is reached counts', tiered, { input: million, cacheWrite: million }, 16],
  ['the output does not count for the tier', tiered, { input: 1, output: million }, 10.000002],
])('%s', (_what, price, some, dollars) => {
  expect(costOf(usage(some), price)).toBeCloseTo(dollars, 9);
});
