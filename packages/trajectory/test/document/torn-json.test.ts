import { describe, expect, test } from 'vitest';
import { readTornJson } from '../../src/document/torn-json.js';

describe('JSON that was cut off keeps what was whole', () => {
  test.each([
    ['in a text', '{"a":1,"b":[1,{"c":"x', { a: 1, b: [1, {}] }],
    ['after an escape', '{"a":"x\\', {}],
    ['in a name', '{"a":1,"b', { a: 1 }],
    ['before a value', '{"a":1,"b":', { a: 1 }],
    ['in a word', '{"a":tr', {}],
    ['in a number, which may have gone on', '{"a":[1,23', { a: [1] }],
    ['after a point', '{"a":1.', {}],
    ['after a sign', '{"a":-', {}],
    ['before the end alone', '{"a":"\\"","b":"\\\\"\n', { a: '"', b: '\\' }],
    ['before anything', '', undefined],
  ])('%s', (_name, text, value) => {
    expect(readTornJson(text)).toMatchObject({ status: 'torn', value });
  });
});

describe('damage is named with its place:', () => {
  test.each([
    ['{"a":1,}', 1, 8, 'a name in quotes'],
    ['{\n  "a" 1}', 2, 7, 'a colon'],
    ['{\n\n"a":\n x}', 4, 2, 'a value'],
    ['[1 2]', 1, 4, 'a comma or `]`'],
    ['{"a":"\u0001"}', 1, 6, 'not as JSON wants it'],
    ['{"a":1} {', 1, 9, 'more follows'],
    ['['.repeat(100_000), 1, 202, 'more than 200 levels'],
  ])('%j', (text, line, column, problem) => {
    expect(readTornJson(text)).toEqual({
      status: 'damaged',
      at: { line, column },
      problem: expect.stringContaining(problem) as string,
    });
  });
});

test('whole JSON is what a parser makes of it, and what only Python writes is null', () => {
  const text = '{"a":[1,-2.5e3,true,false,null,"\\u00e9"],"__proto__":{"x":1}}';
  expect(readTornJson(text)).toEqual({ status: 'whole', value: JSON.parse(text) as unknown });
  expect(readTornJson('{"a":[NaN,Infinity,-Infinity,-1],"__proto__":{"x":1}}')).toEqual({
    status: 'whole',
    value: JSON.parse('{"a":[null,null,null,-1],"__proto__":{"x":1}}') as unknown,
  });
  expect('x' in {}).toBe(false);
});
