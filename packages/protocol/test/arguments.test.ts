import { expect, test } from 'vitest';
import { parseArguments } from '../src/index.js';

test.each([
  ['{"path":"x"}', { path: 'x' }],
  ['', {}],
  ['  ', {}],
  ['null', {}],
  ['{"text":"a\nb\tc"}', { text: 'a\nb\tc' }],
  ['{"path":"C:\\dir"}', { path: 'C:\\dir' }],
  ['{"path":"C:\\\\new"}', { path: 'C:\\new' }],
  ['"{\\"path\\":\\"x\\"}"', { path: 'x' }],
])('%j is understood', (raw, value) => {
  const parsed = parseArguments(raw);
  expect(parsed).toMatchObject({ ok: true, value });
  expect(JSON.parse(parsed.ok ? parsed.text : 'null')).toEqual(value);
});

test.each(['{"path":"x","content":"abc', '{"a":1', '[1]', '3', '"text"', '{"a":1}}', 'ls -la'])(
  '%j is refused, never completed',
  (raw) => {
    expect(parseArguments(raw).ok).toBe(false);
  },
);

test('valid arguments keep the bytes the model wrote', () => {
  const raw = '{ "b": 1,\n "a": 2 }';
  expect(parseArguments(raw)).toMatchObject({ ok: true, text: raw });
});

const nested = (levels: number): string => `{"a":${'['.repeat(levels)}${']'.repeat(levels)}}`;

test('arguments nested as deeply as anybody means them are understood, and no deeper ones', () => {
  expect(parseArguments(nested(150)).ok).toBe(true);
  expect(parseArguments(nested(100_000))).toMatchObject({ ok: false, problem: expect.stringContaining('levels') });
});

test('a long call that was cut off is refused in a time that grows with its length alone', () => {
  expect(parseArguments(`{"a":"${'\\"'.repeat(500_000)}`).ok).toBe(false);
  expect(parseArguments(`{"a":"${'\\n\n'.repeat(5_000_000)}`).ok).toBe(false);
});
