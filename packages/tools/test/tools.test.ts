import { expect, test } from 'vitest';
import { builtinTools } from '../src/index.js';
import { never, toolbox } from './toolbox.js';

test('the tools have the names and parameters of the original', async () => {
  await using box = await toolbox();
  const shapes = builtinTools(box.workspace).map(({ spec }) => [
    spec.name,
    Object.keys(spec.inputSchema['properties'] ?? {}),
  ]);
  expect(shapes).toEqual([
    ['bash', ['command', 'timeout', 'restart']],
    [
      'str_replace_based_edit_tool',
      ['command', 'path', 'file_text', 'old_str', 'new_str', 'insert_line', 'view_range'],
    ],
    ['task_done', ['summary']],
  ]);
});

test('what the model reads about all tools stays under two and a half kilobytes', async () => {
  await using box = await toolbox();
  const texts = builtinTools(box.workspace).map(({ spec }) => JSON.stringify(spec));
  expect(Buffer.byteLength(texts.join(''))).toBeLessThan(3_300);
  const descriptions = builtinTools(box.workspace).map(({ spec }) => spec.description);
  expect(Buffer.byteLength(descriptions.join(''))).toBeLessThan(2_000);
});

test('viewing reads, every other edit writes, a command executes, and task_done finishes', async () => {
  await using box = await toolbox();
  const effects = builtinTools(box.workspace).map((tool) => [
    tool.effectOf('{"command":"view","path":"x"}'),
    tool.effectOf('{"command":"create","path":"x"}'),
    tool.effectOf('not json'),
  ]);
  expect(effects).toEqual([
    ['execute', 'execute', 'execute'],
    ['read', 'write', 'write'],
    ['finish', 'finish', 'finish'],
  ]);
});

test('task_done hands over its summary, or an empty one', async () => {
  await using box = await toolbox();
  expect(await box.call('task_done', { summary: 'Fixed it.' })).toEqual({ kind: 'completion', summary: 'Fixed it.' });
  expect(await box.call('task_done', {})).toEqual({ kind: 'completion', summary: '' });
});

test('no input whatever makes a tool throw', async () => {
  await using box = await toolbox();
  const context = { signal: never, report: () => undefined };
  for (const tool of builtinTools(box.workspace)) {
    for (const raw of [
      '',
      '{',
      'null',
      '[]',
      '7',
      '{"command":{}}',
      '{"command":"true"}',
      '{"path":"\\u0000","command":"true"}',
    ]) {
      await expect(tool.invoke(raw, context)).resolves.toHaveProperty('kind');
    }
  }
});
