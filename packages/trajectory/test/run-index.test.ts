import { stat } from 'node:fs/promises';
import { createRedactor, Secret } from '@trae-cli/protocol';
import { tempWorkspace } from '@trae-cli/testkit';
import { expect, test } from 'vitest';
import { appendToIndex, type IndexEntry, readIndex } from '../src/index.js';

const noSecrets = createRedactor([]);

const entry = (id: string, task = 'Fix the test.'): IndexEntry => ({
  id,
  at: '2026-05-01T12:00:00.000Z',
  task,
  path: `/state/${id}.jsonl`,
  provider: 'groq',
  model: 'llama',
});

test('entries are read in the order they were added', async () => {
  await using folder = await tempWorkspace();
  const path = folder.path('projects', 'index.jsonl');
  await appendToIndex(path, entry('a'), noSecrets);
  await appendToIndex(path, entry('b'), noSecrets);
  expect(await readIndex(path)).toEqual([entry('a'), entry('b')]);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('where there is no index there are no entries', async () => {
  await using folder = await tempWorkspace();
  expect(await readIndex(folder.path('none.jsonl'))).toEqual([]);
});

test('the head of a task is one line without secrets, not even a part of one', async () => {
  await using folder = await tempWorkspace();
  const path = folder.path('index.jsonl');
  const secret = new Secret('sk-canary-0123456789', 'KEY');
  const task = `First line\n\n  second ${'😀'.repeat(40)} ${'word '.repeat(9)}${secret.reveal()} ${'tail '.repeat(50)}`;
  await appendToIndex(path, entry('a', task), createRedactor([secret]));
  const [read] = await readIndex(path);
  expect(read?.task).toMatch(/^First line second 😀+ (?:word )+\[redacted.*…$/u);
  expect(Array.from(read?.task ?? '')).toHaveLength(120);
  expect(await folder.read('index.jsonl')).not.toContain('canary');
});

test('a model that a server has named after the key is not told by its name', async () => {
  await using folder = await tempWorkspace();
  const path = folder.path('index.jsonl');
  const secret = new Secret('sk-canary-0123456789', 'KEY');
  const named = { ...entry('a'), model: `model-${secret.reveal()}`, provider: secret.reveal() };
  await appendToIndex(path, named, createRedactor([secret]));
  expect(await folder.read('index.jsonl')).not.toContain('canary');
  expect((await readIndex(path))[0]?.model).toBe('model-[redacted: KEY]');
});

test('a line that is not an entry is passed over', async () => {
  await using folder = await tempWorkspace();
  const path = folder.path('index.jsonl');
  await appendToIndex(path, entry('a'), noSecrets);
  await folder.write({ 'index.jsonl': `${await folder.read('index.jsonl')}{"id":"torn\n[1]\n` });
  await appendToIndex(path, entry('b'), noSecrets);
  expect((await readIndex(path)).map(({ id }) => id)).toEqual(['a', 'b']);
});

test('runs that start together do not mix their lines', async () => {
  await using folder = await tempWorkspace();
  const path = folder.path('index.jsonl');
  const ids = Array.from({ length: 50 }, (_, index) => `run-${index}`);
  await Promise.all(ids.map((id) => appendToIndex(path, entry(id), noSecrets)));
  expect((await readIndex(path)).map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
});

test('a place that cannot be written is a clear error', async () => {
  await using folder = await tempWorkspace({ file: '' });
  await expect(appendToIndex(folder.path('file', 'index.jsonl'), entry('a'), noSecrets)).rejects.toMatchObject({
    code: 'usage',
  });
});
