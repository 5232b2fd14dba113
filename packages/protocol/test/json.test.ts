import { expect, test } from 'vitest';
import { deepestJson, isTooDeep, nearest, parseJson } from '../src/index.js';

test('JSON from outside is a value, or nothing where it is none or too deep to be written again', () => {
  expect(parseJson('{"a":[1,null]}')).toEqual({ a: [1, null] });
  expect(parseJson('null')).toBeNull();
  expect(parseJson('{')).toBeUndefined();
  expect(parseJson(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)).toBeUndefined();
});

test('the deepest level that is read is followed by one that is not', () => {
  const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
  expect(parseJson(nested(deepestJson))).toBeDefined();
  expect(parseJson(nested(deepestJson + 1))).toBeUndefined();
});

test('depth is measured in every direction, wide values included', () => {
  const wide = Array.from({ length: 100_000 }, () => ({ a: [1] }));
  expect(isTooDeep(wide)).toBe(false);
  expect(isTooDeep([...wide, JSON.parse(`${'{"a":'.repeat(201)}1${'}'.repeat(201)}`)])).toBe(true);
});

test('a page of text is not taken for a misspelt word', () => {
  expect(nearest('x'.repeat(1_000_000), ['bash'])).toBeUndefined();
});
