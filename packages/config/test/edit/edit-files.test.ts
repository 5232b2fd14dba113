import { chmod, link, lstat, readdir, readFile, readlink, stat, symlink, writeFile } from 'node:fs/promises';
import { tempWorkspace } from '@trae-cli/testkit';
import { expect, test } from 'vitest';
import { editConfig, writeNewConfig } from '../../src/index.js';
import { replaceFile } from '../../src/edit/replace-file.js';
import { readRegularFile } from '../../src/read/read-regular-file.js';
import { failureOf } from '../load.js';
import { canBeUser, runAsUser } from '../as-user.js';
import { change, edited } from './edited.js';

test('a link is written through to what it leads to, which keeps its mode, and nothing is left beside it', async () => {
  await using place = await tempWorkspace({ 'dotfiles/mine.yaml': 'a: 1\n', 'home/README': '' });
  await chmod(place.path('dotfiles/mine.yaml'), 0o640);
  await symlink('../dotfiles/mine.yaml', place.path('home/trae_config.yaml'));
  expect(await editConfig(place.path('home/trae_config.yaml'), [change('a', 2)])).toBe(true);
  expect(await readlink(place.path('home/trae_config.yaml'))).toBe('../dotfiles/mine.yaml');
  expect(await place.read('dotfiles/mine.yaml')).toBe('a: 2\n');
  expect((await stat(place.path('dotfiles/mine.yaml'))).mode & 0o777).toBe(0o640);
  expect([await readdir(place.path('dotfiles')), await readdir(place.path('home'))]).toEqual([
    ['mine.yaml'],
    ['README', 'trae_config.yaml'],
  ]);
});

test('whoever has the file open goes on reading the old one', async () => {
  await using place = await tempWorkspace({ 'trae_config.json': '{"a": 1}' });
  await link(place.path('trae_config.json'), place.path('before.json'));
  await editConfig(place.path('trae_config.json'), [change('a', 2)]);
  expect([await place.read('before.json'), await place.read('trae_config.json')]).toEqual(['{"a": 1}', '{"a": 2}']);
});

test('several changes are made in one step, and what is said already is not written again', async () => {
  await using place = await tempWorkspace({ 'trae_config.json': '{ "a": {"b": [1, {"c": 2}]} }' });
  const path = place.path('trae_config.json');
  const before = await lstat(path);
  expect(await editConfig(path, [change('a/b', [1, { c: 2 }])])).toBe(false);
  expect((await lstat(path)).ino).toBe(before.ino);
  expect(await editConfig(path, [change('a/d', 1), change('a/e/f', 2), change('a/d', 3)])).toBe(true);
  expect(await place.read('trae_config.json')).toBe('{ "a": {"b": [1, {"c": 2}], "d": 3, "e": { "f": 2 }} }');
});

test('what somebody else has written meanwhile is not lost', async () => {
  await using place = await tempWorkspace({ 'trae_config.json': '{"a": 1}' });
  const path = place.path('trae_config.json');
  const reading = await readRegularFile(path);
  if (reading.status !== 'read') throw new Error('It was not read.');
  await writeFile(path, '{"a": 5}');
  const { bytes, facts } = reading;
  const reason = await replaceFile({ path, facts, before: bytes, after: Buffer.from('{"a": 2}') });
  expect([reason, await readFile(path, 'utf8')]).toEqual(['somebody else changed it meanwhile', '{"a": 5}']);
  expect(await readdir(place.root)).toEqual(['trae_config.json']);
});

test.each([
  ['trae_config.json', '{"a": 1, "a": 2}', 'the key "a" is there twice'],
  ['trae_config.yaml', 'b:\n  a: 1\n  a: 2\n', 'the key "a" is there twice'],
  ['trae_config.json', '{"a": ', 'is not closed'],
  ['trae_config.toml', 'a = 1', 'a configuration is JSON (.json) or YAML (.yaml)'],
  ['trae_config.json', '{"a": [1]}', 'was left as it is, because what stands at "a" is no object'],
  ['trae_config.yaml', 'a: text\n', 'was left as it is, because what stands at "a" is no object'],
  ['trae_config.yaml', 'c: &c {b: 1}\na: *c\n', '"a" is an alias (*c), which others may share'],
])('%s with %j is left alone', async (name, text, words) => {
  await using place = await tempWorkspace({ [name]: text });
  const error = await failureOf(() => editConfig(place.path(name), [change('a/b', 5)]));
  expect([error.code, error.message]).toEqual(['config_invalid', expect.stringContaining(words)]);
  expect(await place.read(name)).toBe(text);
});

test.each([
  ['trae_config.json', '{"a": 1}', '"a": {\n  "b": {\n    "omit": ["x"]\n  },\n  "c": 1\n}'],
  ['trae_config.yaml', 'a: 1\n', 'a:\n  b:\n    omit: [x]\n  c: 1'],
  [
    'package.json',
    '{"trae": {"a": 1}}',
    '"trae": {\n  "a": {\n    "b": {\n      "omit": ["x"]\n    },\n    "c": 1\n  }\n}',
  ],
])('what cannot be changed in %s is told as lines to add by hand', async (name, text, lines) => {
  await using place = await tempWorkspace({ [name]: text });
  const changes = [change('a/b', { omit: ['x'] }), change('a/c', 1)];
  const error = await failureOf(() => editConfig(place.path(name), changes));
  expect(error.hint).toBe(`Put this into it by hand, each key where it belongs:\n${lines}`);
});

const original = `agents:
  trae_agent: {model: main, max_steps: 5}
models:
  main:
    model_provider: groq # the fast one
    model: big
model_providers:
  groq:
    provider: groq
`;

test("a file of the original's form is changed where the value stands in it", async () => {
  const path = ['model_providers', 'groq', 'model'];
  expect(await edited('trae_config.yaml', original, { path, value: 'small' }, change('max_steps', 9))).toBe(
    original.replace('model: big', 'model: small').replace('max_steps: 5', 'max_steps: 9'),
  );
  expect(await edited('trae_config.yaml', original, change('model_providers/groq/compatibility/omit', ['x']))).toBe(
    `${original}    compatibility:\n      omit: [x]\n`,
  );
});

test("a file of the original's form is left alone where it has no place for a key", async () => {
  await using place = await tempWorkspace({ 'trae_config.yaml': original });
  const error = await failureOf(() => editConfig(place.path('trae_config.yaml'), [change('tools', ['bash'])]));
  expect([error.code, error.hint]).toEqual(['config_invalid', expect.stringContaining('tools: [bash]')]);
  expect(await place.read('trae_config.yaml')).toBe(original);
});

test.each(['nowhere/trae_config.json', 'folder', 'dangling.json'])('what is no file is told: %s', async (name) => {
  await using place = await tempWorkspace({ 'folder/README': '' });
  await symlink('nowhere.json', place.path('dangling.json'));
  const error = await failureOf(() => editConfig(place.path(name), [change('a', 1)]));
  expect([error.code, error.message]).toEqual(['config_invalid', expect.stringMatching(/cannot be changed: .+\.$/)]);
});

test.skipIf(!canBeUser)('a file that may not be written is left alone, and nothing is left beside it', async () => {
  await using place = await tempWorkspace({ 'trae_config.json': '{"a": 1}' });
  await chmod(place.path('trae_config.json'), 0o444);
  const code = `
    const { editConfig } = await import(src('index.ts'));
    await editConfig(${JSON.stringify(place.path('trae_config.json'))}, [{ path: ['a'], value: 2 }]).catch((error) => console.log(error.message, error.hint));
  `;
  const { stdout } = await runAsUser(code);
  expect(stdout).toContain('it cannot be written: ');
  expect(stdout).toContain('"a": 2');
  expect([await place.read('trae_config.json'), await readdir(place.root)]).toEqual(['{"a": 1}', ['trae_config.json']]);
});

test.each([
  [
    'new/trae_config.json',
    '{\n  "max_steps": 5,\n  "model_providers": {\n    "a.b": {\n      "model": "x y"\n    }\n  }\n}\n',
  ],
  ['new/trae_config.yaml', 'max_steps: 5\nmodel_providers:\n  a.b:\n    model: "x y"\n'],
])('a new file is written once, for its owner alone: %s', async (name, text) => {
  await using place = await tempWorkspace({});
  const document = { max_steps: 5, model_providers: { 'a.b': { model: 'x y' } } };
  await writeNewConfig(place.path(name), document);
  expect(await place.read(name)).toBe(text);
  expect((await stat(place.path(name))).mode & 0o777).toBe(0o600);
  const error = await failureOf(() => writeNewConfig(place.path(name), {}));
  expect([error.code, error.message]).toEqual(['config_invalid', expect.stringContaining('it is there already')]);
  expect(await place.read(name)).toBe(text);
});

test('a new file is not written through a link, nor in a format that nobody reads', async () => {
  await using place = await tempWorkspace({});
  await symlink('elsewhere.json', place.path('trae_config.json'));
  for (const name of ['trae_config.json', 'trae_config.toml', 'package.json']) {
    expect((await failureOf(() => writeNewConfig(place.path(name), {}))).code).toBe('config_invalid');
  }
  expect(await readdir(place.root)).toEqual(['trae_config.json']);
});
