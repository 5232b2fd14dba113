import { expect, test } from 'vitest';
import { boundedLines } from '../../src/view/text.js';

const lines = (count: number): string => Array.from({ length: count }, (_, index) => `${index + 1}\n`).join('');

test.each([
  [5, ['1', '2', '3', '4', '5']],
  // A line that says that one is left out would be no shorter.
  [6, ['1', '2', '3', '4', '5', '6']],
  [7, ['1', '2', '… 2 more lines …', '5', '6', '7']],
])('of %d lines, where two and three are shown, these are', (count, shown) => {
  expect(boundedLines(lines(count), { head: 2, tail: 3 })).toEqual(shown);
});

test('a line longer than anybody reads is cut, and how long it was is said', () => {
  expect(boundedLines('x'.repeat(1000), { head: 1, tail: 1 })).toEqual([`${'x'.repeat(400)}… (1000 characters)`]);
});
