import { expect, test } from 'vitest';
import { BoundedText, headOf, tailOf, type TextBounds } from '../../src/output/bounded-text.js';

const bounds: TextBounds = { headCharacters: 20, tailCharacters: 30, headLines: 4, tailLines: 6 };

function bounded(text: string, size = text.length): BoundedText {
  const kept = new BoundedText(bounds);
  for (let at = 0; at < text.length; at += size) kept.push(text.slice(at, at + size));
  return kept;
}

test('a text within the bounds is kept whole', () => {
  const text = 'x'.repeat(49) + '\n';
  expect(bounded(text).excerpt()).toEqual({ head: text, tail: '', omittedCharacters: 0, omittedLines: 0 });
});

test('head and tail are whole lines, and what is left out is counted exactly', () => {
  const lines = Array.from({ length: 100 }, (_, index) => `line ${index}\n`);
  const text = lines.join('');
  for (const size of [1, 2, 7, 64, text.length]) {
    const { head, tail, omittedCharacters, omittedLines } = bounded(text, size).excerpt();
    expect(head).toBe('line 0\nline 1\n');
    expect(tail).toBe('line 97\nline 98\nline 99\n'.slice(-tail.length));
    expect(tail.startsWith('line 9')).toBe(true);
    expect(head.length + omittedCharacters + tail.length).toBe(text.length);
    expect(2 + omittedLines + (tail.match(/\n/g)?.length ?? 0)).toBe(100);
  }
});

test('a line longer than everything is cut in the middle, never inside a character', () => {
  const { head, tail } = bounded('😀'.repeat(100)).excerpt();
  expect(head).toBe('😀'.repeat(10));
  expect(tail).toBe('😀'.repeat(15));
  expect(headOf('a😀', 2, 9)).toBe('a');
  expect(tailOf('😀a', 2, 9)).toBe('a');
});

test('many short lines are bounded by their number', () => {
  const text = 'a\n'.repeat(20);
  const { head, tail, omittedLines } = bounded(text).excerpt();
  expect(head).toBe('a\n'.repeat(4));
  expect(tail).toBe('a\n'.repeat(6));
  expect(omittedLines).toBe(10);
});

test('an endless text does not grow', () => {
  const kept = new BoundedText(bounds);
  for (let round = 0; round < 10_000; round += 1) kept.push(`${'y'.repeat(10)}\n`);
  expect(kept.whole.length).toBeLessThan(200);
});
