import { describe, expect, test } from 'vitest';
import { readPath, readText } from './document.js';
import { tempWorkspace } from '@trae-cli/testkit';

test.each([
  ['trae_config.json', '{"a": {"b": [1, -2.5, true, null, "x"]}}', { a: { b: [1, -2.5, true, null, 'x'] } }],
  ['trae_config.json', '// c\n{"a": 1, /* c */ "b": [1,],}\n', { a: 1, b: [1] }],
  ['trae_config.json', '\ufeff{"a": 1}', { a: 1 }],
  ['trae_config.json', '', {}],
  ['trae_config.json', ' \n// nothing yet\n', {}],
  ['trae_config.JSON', '{"a": 1}', { a: 1 }],
  ['.traerc.json', '{"a": 1}', { a: 1 }],
  ['trae_config.yml', '---\na: 1 # c\nb:\n- x\n- y: z\n...\n', { a: 1, b: ['x', { y: 'z' }] }],
  ['trae_config.yaml', '\ufeffa: 1', { a: 1 }],
  ['trae_config.yaml', '', {}],
  ['trae_config.yaml', '# nothing yet\n---\n', {}],
  ['trae_config.yaml', 'a:\nb: ~\nc: ""', { a: null, b: null, c: '' }],
  [
    'trae_config.yaml',
    'a: 2020-01-01\nb: 0x10\nc: yes\nd: 1_000\ne: !!str 1',
    { a: '2020-01-01', b: 16, c: 'yes', d: '1_000', e: '1' },
  ],
  ['trae_config.yaml', 'a: &x {m: 1}\nb: *x\nc: [*x]', { a: { m: 1 }, b: { m: 1 }, c: [{ m: 1 }] }],
  ['trae_config.yaml', 'a: &x {m: 1, n: 2}\nb:\n  <<: *x\n  m: 3', { a: { m: 1, n: 2 }, b: { m: 3, n: 2 } }],
  [
    'trae_config.yaml',
    'a: &x {m: 1}\nb: &y {m: 2, n: 2}\nc: {<<: [*x, *y]}',
    { a: { m: 1 }, b: { m: 2, n: 2 }, c: { m: 1, n: 2 } },
  ],
  ['trae_config.yaml', '"<<": 1', { '<<': 1 }],
  ['package.json', '{"name": "x", "trae": {"a": 1}}', { a: 1 }],
  ['package.json', '{"x": 1, "x": 2, "trae": {}}', {}],
])('%s holding %j', async (name, text, values) => {
  expect((await readText(name, text))?.values).toEqual(values);
});

test.each([
  ['without the key', '{"name": "x", "keywords": ["trae"]}'],
  ['where the key says nothing', '{"trae": null}'],
  ['that is malformed, and somebody else’s', '{"name": x'],
  ['in another encoding', Buffer.from('{"author": "Jos\xe9"}', 'latin1')],
  ['that is empty', ''],
  ['that is huge', new Uint8Array(2 * 1024 * 1024)],
])('a package.json %s is none of ours', async (_what, content) => {
  expect(await readText('package.json', content)).toBeUndefined();
});

test('a package.json that is a directory is none of ours', async () => {
  await using folder = await tempWorkspace({ 'package.json/x': '' });
  expect(await readPath(folder.path('package.json'))).toBeUndefined();
});

test.each([
  ['trae_config.json', '{"__proto__": {"polluted": 1}, "constructor": 2, "a": {"__proto__": null}}'],
  ['trae_config.yaml', '__proto__: {polluted: 1}\nconstructor: 2\na: {__proto__: ~}'],
])('keys such as __proto__ are keys like any other in %s', async (name, text) => {
  const values = (await readText(name, text))?.values ?? {};
  expect(Object.keys(values)).toEqual(['__proto__', 'constructor', 'a']);
  expect('polluted' in values).toBe(false);
  expect('toString' in values).toBe(false);
  expect(JSON.stringify(values)).toBe('{"__proto__":{"polluted":1},"constructor":2,"a":{"__proto__":null}}');
});

describe('positions', () => {
  test('are those of the key, of an item in a list, and of the nearest thing above what is not there', async () => {
    const document = await readText('trae_config.json', '{\n  "a": {\n    "b": [1,\n      2]}}');
    expect(document?.positionOf([])).toEqual({ line: 1, column: 1 });
    expect(document?.positionOf(['a'])).toEqual({ line: 2, column: 3 });
    expect(document?.positionOf(['a', 'b', 1])).toEqual({ line: 4, column: 7 });
    expect(document?.positionOf(['a', 'b', 2])).toEqual({ line: 3, column: 5 });
    expect(document?.positionOf(['a', 'x', 'y'])).toEqual({ line: 2, column: 3 });
    expect(document?.positionOf(['a', 'toString'])).toEqual({ line: 2, column: 3 });
    expect(document?.positionOf(['x'])).toEqual({ line: 1, column: 1 });
  });

  test('of what an alias stands for are those of the anchor, but for the key itself', async () => {
    const document = await readText('trae_config.yaml', 'a: &x\n  m: 1\nb: *x\nc:\n  <<: *x');
    expect(document?.positionOf(['b'])).toEqual({ line: 3, column: 1 });
    expect(document?.positionOf(['b', 'm'])).toEqual({ line: 2, column: 3 });
    expect(document?.positionOf(['c', 'm'])).toEqual({ line: 2, column: 3 });
  });

  test('in a package.json count from its beginning', async () => {
    const document = await readText('package.json', '{\n  "name": "x",\n  "trae": {\n    "a": 1\n  }\n}');
    expect(document?.positionOf([])).toEqual({ line: 3, column: 3 });
    expect(document?.positionOf(['a'])).toEqual({ line: 4, column: 5 });
  });

  test('of nothing are the beginning', async () => {
    expect((await readText('.traerc', ''))?.positionOf(['a'])).toEqual({ line: 1, column: 1 });
  });

  test('do not count a byte order mark', async () => {
    expect((await readText('trae_config.json', '\ufeff{"a": 1}'))?.positionOf(['a'])).toEqual({ line: 1, column: 2 });
  });
});
