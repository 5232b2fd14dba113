import type { JsonValue } from '@trae-cli/protocol';
import { expect, test } from 'vitest';
import { toolbox } from '../toolbox.js';

type Change = readonly [operation: string, path: string, value?: JsonValue];
type Case = readonly [title: string, before: string, change: Change, after: string];

const pretty = '{\n  "name": "x",\n  "list": [\n    1,\n    2\n  ],\n  "short": ["a", "b"]\n}\n';
const commented =
  '// head\n{\n\t// about a\n\t"a": 1, // one\n\t/* about b */\n\t"b": 2 // two\n\t// end\n}\n// tail\n';

const cases: readonly Case[] = [
  ['a scalar is replaced', pretty, ['set', '$.name', 'y'], pretty.replace('"x"', '"y"')],
  ['null is a value', pretty, ['set', '$.name', null], pretty.replace('"x"', 'null')],
  [
    'an object takes lines',
    pretty,
    ['set', '$.name', { a: { b: [] } }],
    pretty.replace('"x"', '{\n    "a": {\n      "b": []\n    }\n  }'),
  ],
  ['what was on one line stays on one', pretty, ['set', '$.short', ['c']], pretty.replace('["a", "b"]', '["c"]')],
  ['a key goes to the end', pretty, ['add', '$.new', true], pretty.replace('"b"]\n', '"b"],\n  "new": true\n')],
  ['set makes a key', pretty, ['set', "$['a key']", 1], pretty.replace('"b"]\n', '"b"],\n  "a key": 1\n')],
  ['set appends an item', pretty, ['set', '$.list[2]', 3], pretty.replace('2\n  ]', '2,\n    3\n  ]')],
  ['an item goes before another', pretty, ['add', '$.list[1]', 9], pretty.replace('1,\n', '1,\n    9,\n')],
  ['an item goes to the beginning', pretty, ['add', '$.list[0]', 9], pretty.replace('[\n', '[\n    9,\n')],
  ['-1 is before the last', pretty, ['add', '$.list[-1]', 9], pretty.replace('1,\n', '1,\n    9,\n')],
  ['a large index appends', pretty, ['add', '$.list[99]', 9], pretty.replace('2\n', '2,\n    9\n')],
  ['a line with several items grows', pretty, ['add', '$.short[1]', 'c'], pretty.replace('"b"]', '"c", "b"]')],
  ['and at its end', pretty, ['add', '$.short[2]', 'c'], pretty.replace('"b"]', '"b", "c"]')],
  ['a key goes with its line', pretty, ['remove', '$.name'], pretty.replace('  "name": "x",\n', '')],
  [
    'the last key takes the comma before it',
    pretty,
    ['remove', '$.short'],
    pretty.replace(',\n  "short": ["a", "b"]', ''),
  ],
  ['an item goes from its line', pretty, ['remove', '$.short[0]'], pretty.replace('"a", ', '')],
  ['the last item of a line', pretty, ['remove', '$.short[1]'], pretty.replace(', "b"', '')],
  ['all items', pretty, ['remove', '$.list[*]'], pretty.replace('[\n    1,\n    2\n  ]', '[]')],
  ['several keys', pretty, ['remove', "$['name','short']"], '{\n  "list": [\n    1,\n    2\n  ]\n}\n'],
  ['everything', pretty, ['remove', '$.*'], '{}\n'],
  ['the root', '[1]\n', ['set', '$', { a: 1 }], '{"a": 1}\n'],
  ['a lone value', ' 7 ', ['set', '$', [1]], ' [\n   1\n ] '],
  ['no final line end', '{"a": 1}', ['set', '$.a', 2], '{"a": 2}'],
  ['CRLF', '{\r\n  "a": 1\r\n}\r\n', ['add', '$.b', [1]], '{\r\n  "a": 1,\r\n  "b": [\r\n    1\r\n  ]\r\n}\r\n'],
  ['a byte order mark', '\ufeff{"a": 1}\n', ['set', '$.a', 2], '\ufeff{"a": 2}\n'],
  [
    'tabs',
    '{\n\t"a": {\n\t\t"b": 1\n\t}\n}\n',
    ['set', '$.a.c', { d: 1 }],
    '{\n\t"a": {\n\t\t"b": 1,\n\t\t"c": {\n\t\t\t"d": 1\n\t\t}\n\t}\n}\n',
  ],
  [
    'four spaces, into an empty object',
    '{\n    "a": {}\n}\n',
    ['add', '$.a.b', 1],
    '{\n    "a": {\n        "b": 1\n    }\n}\n',
  ],
  ['an empty file of an object', '{}\n', ['add', '$.a', 1], '{\n  "a": 1\n}\n'],
  ['an empty array inside a line', '{"a": []}\n', ['add', '$.a[0]', 1], '{"a": [1]}\n'],
  [
    'everything on one line',
    '{"a":1,"b":[1,2]}',
    ['set', '$.c', { d: [1, 'x, y'] }],
    '{"a":1,"b":[1,2],"c":{"d":[1,"x, y"]}}',
  ],
  ['padded braces', '{ "a": 1, "b": 2 }', ['remove', '$.b'], '{ "a": 1 }'],
  ['the first of padded braces', '{ "a": 1, "b": 2 }', ['remove', '$.a'], '{ "b": 2 }'],
  ['a colon with a blank before it', '{\n  "a" : 1\n}\n', ['add', '$.b', 2], '{\n  "a" : 1,\n  "b" : 2\n}\n'],
  ['a trailing comma stays the habit', '{\n  "a": 1,\n}\n', ['add', '$.b', 2], '{\n  "a": 1,\n  "b": 2,\n}\n'],
  ['and is left by what is removed', '{\n  "a": 1,\n  "b": 2,\n}\n', ['remove', '$.b'], '{\n  "a": 1,\n}\n'],
  ['and on one line', '[1, 2,]', ['add', '$[2]', 3], '[1, 2, 3,]'],
  ['several items a line', '[\n  1, 2,\n  3, 4\n]', ['add', '$[2]', 9], '[\n  1, 2,\n  9,\n  3, 4\n]'],
  ['the first of several', '[\n  1, 2,\n  3, 4\n]', ['remove', '$[2]'], '[\n  1, 2,\n  4\n]'],
  ['the last of several', '[\n  1, 2,\n  3, 4\n]', ['remove', '$[1]'], '[\n  1,\n  3, 4\n]'],
  ['a whole line of several', '[\n  1, 2,\n  3, 4\n]', ['remove', '$[0:2]'], '[\n  3, 4\n]'],
  ['the last line of several', '[\n  1, 2,\n  3, 4\n]', ['remove', '$[2:]'], '[\n  1, 2\n]'],
  ['a bracket behind the last', '[\n  1,\n  2]', ['remove', '$[1]'], '[\n  1]'],
  ['commas that lead', '{ "a": 1\n, "b": 2\n}', ['add', '$.c', 3], '{ "a": 1\n, "b": 2, "c": 3\n}'],
  ['comments stay where a value changes', commented, ['set', '$.b', 3], commented.replace('"b": 2', '"b": 3')],
  [
    'a comment behind the last stays behind it',
    commented,
    ['add', '$.c', 3],
    commented.replace('"b": 2 // two', '"b": 2, // two\n\t"c": 3'),
  ],
  [
    'comments above stay with what follows',
    '[\n  // one\n  1,\n  // two\n  2\n]',
    ['add', '$[1]', 9],
    '[\n  // one\n  1,\n  9,\n  // two\n  2\n]',
  ],
  [
    'a comment on the line of what is removed goes',
    commented,
    ['remove', '$.a'],
    commented.replace('\t"a": 1, // one\n', ''),
  ],
  [
    'the comma goes and the comment stays',
    commented,
    ['remove', '$.b'],
    commented.replace('1, // one', '1 // one').replace('\t"b": 2 // two\n', ''),
  ],
  ['comments in what is emptied stay', '{ // c\n  "a": 1\n}', ['remove', '$.a'], '{ // c\n}'],
  [
    'and what is added comes after them',
    '{\n    // nothing yet\n}',
    ['add', '$.a', 1],
    '{\n    // nothing yet\n    "a": 1\n}',
  ],
  ['a comma in a comment is none', '[1 /* , */, 2]', ['remove', '$[1]'], '[1 /* , */]'],
  ['brackets in strings are none', '{"a": "}, //", "b": 1}', ['add', '$.c', 1], '{"a": "}, //", "b": 1, "c": 1}'],
  [
    'large numbers elsewhere keep their digits',
    '{"n": 12345678901234567890.10, "e": 1E400, "a": 1}',
    ['set', '$.a', 2],
    '{"n": 12345678901234567890.10, "e": 1E400, "a": 2}',
  ],
  [
    'escapes elsewhere stay',
    '{"\\u0061": "\\/", "b": 1}',
    ['set', '$.b', 'ü\u2028"\n'],
    '{"\\u0061": "\\/", "b": "ü\u2028\\"\\n"}',
  ],
  ['a key is found by what its escapes mean', '{"\\u0061": 1}', ['set', '$.a', 2], '{"\\u0061": 2}'],
  ['__proto__ is a key', '{"__proto__": {"a": 1}}', ['set', '$.__proto__.a', 2], '{"__proto__": {"a": 2}}'],
  ['and a value', '{"a": 1}', ['set', '$.a', JSON.parse('{"__proto__": 1}') as JsonValue], '{"a": {"__proto__": 1}}'],
  [
    'every match is set',
    '[{"a": 1}, {"a": 2, "b": {"a": 3}}]',
    ['set', '$..a', 0],
    '[{"a": 0}, {"a": 0, "b": {"a": 0}}]',
  ],
  ['a match inside a match goes with it', '{"a": {"a": 1}}', ['set', '$..a', 0], '{"a": 0}'],
  ['every parent gets the key', '[{"a": 1}, {}]', ['add', '$[*].b', 2], '[{"a": 1, "b": 2}, {"b": 2}]'],
  ['several items from the end', '[0, 1, 2, 3, 4]', ['remove', '$[?@ > 1]'], '[0, 1]'],
  ['a path that says it twice', '[0, 1]', ['remove', '$[0, 0, -2]'], '[1]'],
];

test.each(cases)('%s, and nothing else changes', async (...[, before, [operation, path, value], after]) => {
  await using box = await toolbox({ files: { 'a.json': before } });
  expect(await box.json(operation, 'a.json', path, value === undefined ? {} : { value })).toMatch(/^Changed a\.json/);
  expect(await box.files.read('a.json')).toBe(after);
});
