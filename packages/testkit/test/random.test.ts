import { Random } from '@trae-cli/testkit';
import { expect, test } from 'vitest';

const numbersOf = (seed: number): readonly number[] => {
  const random = new Random(seed);
  return Array.from({ length: 1000 }, () => random.next());
};

test('the same seed gives the same numbers, and the next one others', () => {
  expect(numbersOf(7)).toEqual(numbersOf(7));
  expect(new Set([...numbersOf(0), ...numbersOf(1)]).size).toBeGreaterThan(1990);
});

test('numbers are from 0 to below the end, and all of them come', () => {
  const random = new Random(1);
  const counts = new Set(Array.from({ length: 200 }, () => random.below(10)));
  expect([...counts].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('chance is as often as is said', () => {
  const random = new Random(2);
  const hits = Array.from({ length: 1000 }, () => random.chance(0.25)).filter(Boolean);
  expect(hits.length).toBeGreaterThan(200);
  expect(hits.length).toBeLessThan(300);
});

test('one of the items is picked, be it undefined, and none of nothing', () => {
  const random = new Random(3);
  expect(random.pick([undefined])).toBeUndefined();
  expect(() => random.pick([])).toThrow('nothing to pick from');
});
