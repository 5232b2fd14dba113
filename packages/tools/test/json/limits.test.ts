import { expect, test } from 'vitest';
import { withinTime } from '../../src/json/time-limit.js';
import { toolbox } from '../toolbox.js';

const user = (index: number): string => `  {"id": ${index}, "name": "user ${index}", "tags": ["a", "b"]}`;

test('ten megabytes with a hundred thousand matches are viewed and changed', async () => {
  const filler = `,\n"filler": "${'x'.repeat(4_500_000)}"`;
  const users = Array.from({ length: 100_000 }, (_, index) => user(index));
  await using box = await toolbox({ files: { 'a.json': `{"users": [\n${users.join(',\n')}\n]${filler}}` } });
  expect(await box.json('view', 'a.json', '$..name')).toMatch(/^100000 matches:/);
  const answer = await box.json('set', 'a.json', '$.users[*].name', { value: 'x' });
  expect(answer).toMatch(/^Changed a\.json in 100000 places:/);
  expect(answer.length).toBeLessThan(10_000);
  expect(await box.json('remove', 'a.json', '$.users[1:]')).toMatch(/^Changed/);
  const start = '{"users": [\n  {"id": 0, "name": "x", "tags": ["a", "b"]}\n],\n"filler": "xx';
  expect((await box.files.read('a.json')).slice(0, start.length)).toBe(start);
});

test('as much on one line is no slower', async () => {
  const users = Array.from({ length: 100_000 }, (_, index) => user(index).trim());
  await using box = await toolbox({ files: { 'a.json': `[${users.join(',')}]` } });
  expect(await box.json('set', 'a.json', '$[*].tags', { value: [] })).toMatch(/^Changed a\.json in 100000 places:/);
  expect((await box.files.read('a.json')).slice(0, 50)).toBe('[{"id": 0, "name": "user 0", "tags": []},{"id": 1,');
});

test('more matches than that are refused, and counted no further', async () => {
  await using box = await toolbox({ files: { 'a.json': `[${'1,'.repeat(200_000)}1]` } });
  expect(await box.json('remove', 'a.json', '$[*]')).toBe('$[*] matches more than 100000 places. Narrow it.');
  expect(await box.json('view', 'a.json', '$[*]')).toMatch(/^more than 100000 matches:\n/);
});

test('a larger file is for other tools', async () => {
  await using box = await toolbox({ files: { 'a.json': ' '.repeat(10 * 1024 ** 2 + 1) } });
  expect(await box.json('view', 'a.json')).toMatch(/has 10485761 bytes, too many to edit here/);
});

test('work that never ends is given up, and what fails fails as it did', () => {
  expect(withinTime(20, () => /^(a+)+$/.test(`${'a'.repeat(100)}b`))).toBeUndefined();
  expect(withinTime(10_000, () => 7)).toEqual({ value: 7 });
  const fail = (): never => {
    throw new TypeError('as it did');
  };
  expect(() => withinTime(10_000, fail)).toThrow(TypeError);
});
