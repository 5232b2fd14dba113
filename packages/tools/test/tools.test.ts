import { createRedactor, Secret } from '@trae-cli/protocol';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { builtinTools, selectTools, toolNames } from '../src/index.js';
import { redactedAnswer } from '../src/redacted-answer.js';
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
    ['json_edit_tool', ['operation', 'file_path', 'json_path', 'value', 'pretty_print']],
    [
      'sequentialthinking',
      [
        'thought',
        'next_thought_needed',
        'thought_number',
        'total_thoughts',
        'is_revision',
        'revises_thought',
        'branch_from_thought',
        'branch_id',
        'needs_more_thoughts',
      ],
    ],
    ['task_done', ['summary']],
  ]);
});

test('the list of names is that of the tools', async () => {
  await using box = await toolbox();
  expect(builtinTools(box.workspace).map(({ spec }) => spec.name)).toEqual(toolNames);
});

test('every parameter has one type, or alternatives with one each: some vendors take no other tools', async () => {
  await using box = await toolbox();
  const schema = z.object({ type: z.string() }).or(z.object({ anyOf: z.array(z.object({ type: z.string() })) }));
  for (const { spec } of builtinTools(box.workspace))
    for (const [name, parameter] of Object.entries(spec.inputSchema['properties'] ?? {}))
      expect(schema.safeParse(parameter).success, `${spec.name}: ${name}`).toBe(true);
});

test('what the model reads about all tools leaves the method room within eight kilobytes', async () => {
  await using box = await toolbox();
  const texts = builtinTools(box.workspace).map(({ spec }) => JSON.stringify(spec));
  expect(Buffer.byteLength(texts.join(''))).toBeLessThan(5_000);
  const descriptions = builtinTools(box.workspace).map(({ spec }) => spec.description);
  expect(Buffer.byteLength(descriptions.join(''))).toBeLessThan(2_000);
});

test('viewing reads, every other edit writes, a command executes, and task_done finishes', async () => {
  await using box = await toolbox();
  const effects = builtinTools(box.workspace).map((tool) => [
    tool.effectOf('{"command":"view","path":"x"}'),
    tool.effectOf('{"command":"create","path":"x"}'),
    tool.effectOf('{"operation":"view","file_path":"x"}'),
    tool.effectOf('{"operation":"remove","file_path":"x"}'),
    tool.effectOf('not json'),
  ]);
  expect(effects).toEqual([
    ['execute', 'execute', 'execute', 'execute', 'execute'],
    ['read', 'write', 'write', 'write', 'write'],
    ['write', 'write', 'read', 'write', 'write'],
    ['read', 'read', 'read', 'read', 'read'],
    ['finish', 'finish', 'finish', 'finish', 'finish'],
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
      '{"operation":"set","file_path":"\\u0000","json_path":"$","value":null}',
      '{"operation":"view","file_path":"x","json_path":"$[?match(@,"}',
      `{"operation":"view","file_path":"x","json_path":"$[?${'('.repeat(50_000)}"}`,
    ]) {
      await expect(tool.invoke(raw, context)).resolves.toHaveProperty('kind');
    }
  }
});

test('what a tool says when it fails tells no secret either', async () => {
  const redactor = createRedactor([new Secret('canary-0123456789', 'SOME_KEY')]);
  const refused = () => Promise.reject(new Error("EIO: i/o error, open '/srv/canary-0123456789'"));
  expect(await redactedAnswer(redactor, 'view', refused)).toEqual({
    kind: 'failure',
    message: "view failed: EIO: i/o error, open '/srv/[redacted: SOME_KEY]'.",
  });
});

test.each([
  [{}, [...toolNames]],
  [{ allowed: [] }, ['task_done']],
  [{ allowed: ['bash', 'no_such_tool'] }, ['bash', 'task_done']],
  [
    { disallowed: ['bash', 'task_done'] },
    ['str_replace_based_edit_tool', 'json_edit_tool', 'sequentialthinking', 'task_done'],
  ],
  [{ allowed: ['bash', 'json_edit_tool'], disallowed: ['bash'] }, ['json_edit_tool', 'task_done']],
])('of the selection %j these tools are left', async (selection, names) => {
  await using box = await toolbox();
  expect(selectTools(builtinTools(box.workspace), selection).map(({ spec }) => spec.name)).toEqual(names);
});
