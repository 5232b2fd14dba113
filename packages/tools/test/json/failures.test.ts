import { mkdir, readFile, symlink } from 'node:fs/promises';
import type { JsonObject } from '@trae-cli/protocol';
import { Secret } from '@trae-cli/protocol';
import { tempWorkspace } from '@trae-cli/testkit';
import { expect, test } from 'vitest';
import { toolbox } from '../toolbox.js';

const project = `{
  "name": "engine",
  "scripts": { "build": "tsc", "test": "vitest" },
  "users": [{ "name": "Ada" }, { "name": "Bo" }],
  "empty": [],
  "none": null
}
`;

type Call = readonly [operation: string, path: string, more?: JsonObject];
type Case = readonly [title: string, call: Call, answer: string];

const paths = "Paths that work: $.users[0].name, $.dependencies['@scope/name'], $..id, $.users[?@.age > 30].";

const failures: readonly Case[] = [
  [
    'no dollar',
    ['view', 'scripts.test'],
    `"scripts.test" is not a JSONPath, character 1: expected '$', found 's'. Did you mean $.scripts.test? ${paths}`,
  ],
  [
    'a bracket left open',
    ['view', '$.users[0'],
    `"$.users[0" is not a JSONPath, character 10: unclosed bracketed selection. ${paths}`,
  ],
  [
    'a name that needs quotes',
    ['remove', '$.a.@x/y'],
    `"$.a.@x/y" is not a JSONPath, character 5: unexpected shorthand selector '@'. ${paths}`,
  ],
  [
    'an end too early',
    ['view', '$.'],
    `"$." is not a JSONPath, character 3: it ends where a name is expected. ${paths}`,
  ],
  [
    'a function there is none of',
    ['view', '$[?foo(@)]'],
    `"$[?foo(@)]" is not a JSONPath, character 4: no such function 'foo'. ${paths}`,
  ],
  [
    'a key misspelt',
    ['view', '$.scripts.tset'],
    'Nothing in a.json matches $.scripts.tset. $.scripts is an object with the keys "build", "test". Did you mean "test"?',
  ],
  [
    'a parent that is not there',
    ['set', '$.config.port', { value: 1 }],
    'Nothing in a.json matches $.config.port. $ is an object with the keys "name", "scripts", "users", "empty", "none".',
  ],
  [
    'an index too large',
    ['remove', '$.users[2]'],
    'Nothing in a.json matches $.users[2]. $.users is an array of 2 items, [0] to [1].',
  ],
  [
    'a hole',
    ['set', '$.users[3]', { value: 1 }],
    'Nothing in a.json matches $.users[3]. $.users is an array of 2 items, [0] to [1].',
  ],
  [
    'nothing in an array',
    ['view', '$.empty[0]'],
    'Nothing in a.json matches $.empty[0]. $.empty is an array without items.',
  ],
  [
    'a filter that fits nobody',
    ['view', "$.users[?@.name == 'Cy'].name"],
    "Nothing in a.json matches $.users[?@.name == 'Cy'].name. $.users is an array of 2 items, [0] to [1].",
  ],
  [
    'something in a string',
    ['view', '$.name.first'],
    'Nothing in a.json matches $.name.first. $.name is a string, with nothing in it.',
  ],
  [
    'something in null',
    ['set', '$.none.x', { value: 1 }],
    'Nothing in a.json matches $.none.x. $.none is null, with nothing in it.',
  ],
  [
    'a path for many that makes none',
    ['set', '$.users[*].age', { value: 1 }],
    'Nothing in a.json matches $.users[*].age. $.users[0] is an object with the keys "name".',
  ],
  ['a key that exists', ['add', '$.name', { value: 1 }], '$.name exists already, in line 2; set changes it.'],
  [
    'an array that exists',
    ['add', '$.users', { value: 1 }],
    '$.users exists already, in line 4; set changes it. To append to it, add $.users[2].',
  ],
  [
    'a key for an array',
    ['add', '$.users.x', { value: 1 }],
    'An item is added by its index, not by a key. $.users is an array of 2 items, [0] to [1]. To append to it, add $.users[2].',
  ],
  [
    'an index for an object',
    ['add', '$.scripts[0]', { value: 1 }],
    'An index cannot be added there. $.scripts is an object with the keys "build", "test".',
  ],
  [
    'a key for a string',
    ['add', '$.name.x', { value: 1 }],
    'A key cannot be added there. $.name is a string, with nothing in it.',
  ],
  [
    'an item before the beginning',
    ['add', '$.users[-3]', { value: 1 }],
    'There is no item [-3] to insert before. $.users is an array of 2 items, [0] to [1].',
  ],
  [
    'many keys at once',
    ['add', "$['a','b']", { value: 1 }],
    "add needs a path that ends in one new key or one index, not $['a', 'b'].",
  ],
  ['the root', ['remove', '$'], '$ is the whole document. Remove what is in it, or set it.'],
  [
    'the same value',
    ['set', '$.name', { value: 'engine' }],
    'Nothing would change in a.json: the new text equals the old.',
  ],
  ['no value', ['set', '$.name'], 'set needs value: any JSON value, null included.'],
  [
    'digits that got lost',
    ['set', '$.name', { value: [12_345_678_901_234_567_000] }],
    'value has the number 12345678901234567000, which is too large to arrive here with all its digits. Write it with another tool.',
  ],
];

test.each(failures)(
  '%s is answered in words, and nothing is written',
  async (...[, [operation, path, more], answer]) => {
    await using box = await toolbox({ files: { 'a.json': project } });
    expect(await box.json(operation, 'a.json', path, more)).toBe(answer);
    expect(await box.files.read('a.json')).toBe(project);
  },
);

test.each([
  ['{\n  "a": 1\n  "b": 2\n}', 'Line 3, column 3: a comma is missing before this.\n     3\t  "b": 2'],
  ['{"a": [1, 2}', 'Line 1, column 12: a comma is missing before this.\n     1\t{"a": [1, 2}'],
  ["{'a': 1}", "Line 1, column 2: this is no JSON value; names and strings take double quotes.\n     1\t{'a': 1}"],
  ['{"a": 1}\n{"a": 2}\n', 'Line 2, column 1: the value has ended here, and more follows.\n     2\t{"a": 2}'],
  ['{"a": "b', 'Line 1, column 7: this string is not closed.\n     1\t{"a": "b'],
  ['{"a": NaN}', 'Line 1, column 7: this is no JSON value; names and strings take double quotes.\n     1\t{"a": NaN}'],
  ['{"a": 1', 'Line 1, column 8: a closing } is missing.\n     1\t{"a": 1'],
])('a malformed file is shown where it is malformed: %j', async (text, complaint) => {
  await using box = await toolbox({ files: { 'a.json': text } });
  const answer = `a.json is not valid JSON. ${complaint}\nMend it with another tool first.`;
  expect(await box.json('view', 'a.json')).toBe(answer);
  expect(await box.json('set', 'a.json', '$.a', { value: 1 })).toBe(answer);
  expect(await box.files.read('a.json')).toBe(text);
});

test('of a malformed file on one long line only what is around the fault is shown', async () => {
  await using box = await toolbox({ files: { 'a.json': `[${'1, '.repeat(50_000)}x ${', 1'.repeat(50_000)}]` } });
  const answer = await box.json('view', 'a.json');
  expect(answer.length).toBeLessThan(1_000);
  expect(answer).toMatch(/column 150002: .*\n {5}1\t….*1, x , 1.*…\n/);
});

test.each([
  ['an empty file', '', 'a.json is empty: there is no JSON in it.'],
  ['white space', ' \n\t', 'a.json is empty: there is no JSON in it.'],
  ['a binary file', Buffer.from([1, 0, 2]), 'a.json is a binary file. Change it with a command.'],
  ['a file nested too deeply', '['.repeat(100_000), 'a.json is nested more than 500 levels deep.'],
])('%s is told as such', async (...[, content, answer]) => {
  await using box = await toolbox({ files: { 'a.json': content } });
  expect(await box.json('view', 'a.json', '$')).toBe(answer);
});

test('a directory, a missing file and a file outside are told as the edit tool tells them', async () => {
  await using outside = await tempWorkspace({ 'key.json': '{"key": 1}' });
  await using box = await toolbox({ files: { 'sub/package.json': '{}' } });
  await symlink(outside.path('key.json'), box.files.path('link.json'));
  await mkdir(box.files.path('dir.json'));
  expect(await box.json('view', 'dir.json')).toBe('dir.json is a directory; only files can be edited.');
  expect(await box.json('view', 'package.json')).toMatch(/does not exist\. Did you mean sub\/package\.json\?/);
  for (const path of ['link.json', '../x.json', outside.path('key.json')]) {
    expect(await box.json('view', path)).toMatch(/is outside the workspace/);
    expect(await box.json('set', path, '$.key', { value: 2 })).toMatch(/is outside the workspace/);
  }
  expect(await readFile(outside.path('key.json'), 'utf8')).toBe('{"key": 1}');
});

test('a key that occurs twice can be seen and is not guessed at', async () => {
  const text = '{\n  "a": 1,\n  "b": 2,\n  "a": { "c": 3 }\n}\n';
  await using box = await toolbox({ files: { 'a.json': text } });
  const twice = 'The key "a" occurs 2 times in $, in lines 2, 4; readers take the last.';
  expect(await box.json('view', 'a.json', '$.a')).toBe(`$.a (line 4): { "c": 3 }\n[${twice}]`);
  for (const [operation, path] of [
    ['set', '$.a'],
    ['remove', '$.a'],
    ['set', '$.a.c'],
    ['add', '$.a.d'],
  ] as const) {
    const answer = await box.json(operation, 'a.json', path, operation === 'remove' ? {} : { value: 0 });
    expect(answer).toBe(`${twice} Leave one of them, with another tool, before you change it here.`);
  }
  expect(await box.json('set', 'a.json', '$.b', { value: 0 })).toMatch(/^Changed/);
});

test('a secret is not shown, and its mark is not written', async () => {
  const key = 'sk-canary-0123456789';
  const files = { 'a.json': `{"x": {"key": "${key}", "b": 1}, "long": "${'y'.repeat(3000)}"}` };
  await using box = await toolbox({ files, secrets: [new Secret(key, 'SOME_KEY')] });
  const answers = [
    await box.json('view', 'a.json'),
    await box.json('view', 'a.json', '$.x.key'),
    await box.json('view', 'a.json', '$..*'),
    await box.json('view', 'a.json', `$['${key}']`),
    await box.json('set', 'a.json', '$.x.b', { value: 2 }),
    await box.json('set', 'a.json', '$.x.c', { value: key }),
  ];
  for (const answer of answers) expect(answer).toContain('[redacted: SOME_KEY]');
  expect(answers.join('')).not.toContain('canary');
  expect(await box.json('set', 'a.json', '$.x.b', { value: ['[redacted: SOME_KEY]'] })).toMatch(
    /^value contains \[redacted/,
  );
  expect(await box.json('set', 'a.json', "$['[redacted: SOME_KEY]']", { value: 1 })).toMatch(/^json_path contains/);
});
