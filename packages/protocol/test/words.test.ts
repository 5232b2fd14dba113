import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import {
  clipped,
  didYouMean,
  durationMs,
  escapeForPattern,
  formatCount,
  formatDuration,
  hasCode,
  isSet,
  keyPrefix,
  messageOf,
  nearest,
  printable,
  reasonOf,
} from '../src/index.js';

test.each([
  ['\u001b[31mred\u001b[0m', 'red'],
  ['a\u001b]0;title\u0007b', 'ab'],
  ['one\r\ntwo\ttab', 'one\ntwo\ttab'],
  ['over\bwritten\u0000', 'overwritten'],
  ['safe\u202egnol', 'safegnol'],
  ['héllo 😀 日本', 'héllo 😀 日本'],
])('%j is shown as %j', (text, shown) => {
  expect(printable(text)).toBe(shown);
});

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [1_234_567, '1,234,567'],
])('%d is written as %s', (count, written) => {
  expect(formatCount(count)).toBe(written);
});

test.each([
  [3, '3 ms'],
  [999, '999 ms'],
  [1_000, '1.0 s'],
  [9_940, '9.9 s'],
  [9_960, '10 s'],
  [59_400, '59 s'],
  [59_600, '1 min 0 s'],
  [125_000, '2 min 5 s'],
])('%d milliseconds are said as %s', (milliseconds, said) => {
  expect(formatDuration(milliseconds)).toBe(said);
});

test.each([
  ['1s', 1000],
  ['120ms', 120],
  ['6m0s', 360_000],
  ['2m59.56s', 179_560],
  [' 1h 2 m ', 3_720_000],
  ['1d', 86_400_000],
  ['90', undefined],
  ['s', undefined],
  ['', undefined],
  ['in 5s', undefined],
  ['5s or so', undefined],
  ['-5s', undefined],
])('%j is %s milliseconds', (text, milliseconds) => {
  expect(durationMs(text)).toBe(milliseconds);
});

test.each([
  ['gorq', ' Did you mean groq?'],
  ['GROQ', ' Did you mean groq?'],
  ['oepnai', ' Did you mean openai?'],
  ['watson', ''],
  ['x'.repeat(200), ''],
])('of %s it is asked:%s', (word, question) => {
  expect(didYouMean(nearest(word, ['openai', 'groq', 'together']))).toBe(question);
});

test.each([
  ['sk-or-v1-abc', true],
  ['gsk_abc', true],
  ['github_pat_abc', true],
  ['xoxb-abc', true],
  ['task-abc', false],
  ['sketch', false],
])('%s begins as keys do: %s', (text, expected) => {
  expect(new RegExp(`^${keyPrefix}`).test(text)).toBe(expected);
});

test.each([
  ['four', 4, 'four'],
  ['fives', 4, 'five…'],
  ['a😀b', 2, 'a…'],
  ['a😀b', 3, 'a😀…'],
])('%j is clipped to %d characters as %j', (text, most, shown) => {
  expect(clipped(text, most)).toBe(shown);
});

test('a text made a pattern finds itself and nothing else', () => {
  const text = '/a.b*c+d?e^f$g{h}(i)|[j]\\k-l/';
  const pattern = new RegExp(`^(?:${escapeForPattern(text)})$`);
  expect([pattern.test(text), pattern.test(text.replace('.', 'x'))]).toEqual([true, false]);
});

test('what is blank counts as not set', () => {
  expect(['x', ' ', '', undefined].map(isSet)).toEqual([true, false, false, false]);
});

test('a system error is known by its code and told in plain words', async () => {
  const error: unknown = await readFile('/nowhere/at/all').catch((thrown: unknown) => thrown);
  expect([hasCode(error, 'EISDIR', 'ENOENT'), hasCode(error, 'EACCES'), hasCode('ENOENT', 'ENOENT')]).toEqual([
    true,
    false,
    false,
  ]);
  expect(reasonOf(error)).toBe('there is no such file or directory');
});

test('an error without a known code is told in its own words', () => {
  expect([reasonOf(new Error('odd')), messageOf('thrown text')]).toEqual(['odd', 'thrown text']);
});
