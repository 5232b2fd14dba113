import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { formatCount, formatDuration, hasCode, messageOf, printable, reasonOf } from '../src/index.js';

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
