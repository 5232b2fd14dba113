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

test.each(['{"path":"x","content":"abc', '{"a":1', '[1]', '3', '"text"', '{"a":1}}', 'ls -la'])('%j is refused, never completed', (raw) => {
  expect(parseArguments(raw).ok).toBe(false);
});

test('valid arguments keep the bytes the model wrote', () => {
  const raw = '{ "b": 1,\n "a": 2 }';
  expect(parseArguments(raw)).toMatchObject({ ok: true, text: raw });
});
