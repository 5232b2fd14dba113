import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineTool, textOutput, type ToolContext } from '../src/index.js';

const context: ToolContext = { signal: new AbortController().signal, report: () => undefined };

const tool = defineTool({
  name: 'count',
  description: 'Counts.',
  effect: (input) => (input.dry === true ? 'read' : 'write'),
  strongestEffect: 'write',
  input: z.object({
    amount: z.number().int().describe('How many.'),
    range: z.array(z.number().int()).length(2).optional(),
    dry: z.boolean().optional(),
  }),
  run: async ({ amount, range }) => textOutput(JSON.stringify({ amount, range })),
});

test('the schema shown to the model is the one its words are checked against', () => {
  expect(tool.spec.inputSchema).toEqual({
    type: 'object',
    properties: {
      amount: { type: 'integer', description: 'How many.' },
      range: { type: 'array', items: { type: 'integer' }, minItems: 2, maxItems: 2 },
      dry: { type: 'boolean' },
    },
    required: ['amount'],
  });
});

test('numbers and lists written as strings are understood', async () => {
  const result = await tool.invoke('{"amount":"3","range":"[1, 2]"}', context);
  expect(result).toEqual(textOutput('{"amount":3,"range":[1,2]}'));
});

test('null in the place of what may be left out is nothing', async () => {
  const result = await tool.invoke('{"amount":3,"range":null,"dry":null}', context);
  expect(result).toEqual(textOutput('{"amount":3}'));
});

test('a missing argument is named, with what is accepted', async () => {
  const result = await tool.invoke('{"range":[1,2]}', context);
  expect(result).toMatchObject({ kind: 'failure' });
  expect(JSON.stringify(result)).toMatch(/amount.*It takes: amount, range, dry/);
});

test('arguments that are not JSON are answered, not thrown', async () => {
  const result = await tool.invoke('{"amount":', context);
  expect(JSON.stringify(result)).toContain('not valid JSON');
});

test('the effect is that of the very call, and the strongest where the call cannot be read', () => {
  expect([tool.effectOf('{"amount":1,"dry":true}'), tool.effectOf('{"amount":1}'), tool.effectOf('{')]).toEqual([
    'read',
    'write',
    'write',
  ]);
});

test('a schema without properties still shows an empty object', () => {
  const empty = defineTool({
    name: 'noop',
    description: '',
    effect: 'read',
    input: z.object({}),
    run: async () => textOutput(''),
  });
  expect(empty.spec.inputSchema).toEqual({ type: 'object', properties: {} });
});

test('a page of wrong arguments is answered in a few words', async () => {
  const input = z.strictObject({ list: z.array(z.number()) });
  const listing = defineTool({ name: 'list', description: '', effect: 'read', input, run: async () => textOutput('') });
  const list = Array.from({ length: 100_000 }, () => 'x');
  const result = await listing.invoke(JSON.stringify({ list, ['k'.repeat(100_000)]: 1 }), context);
  expect(JSON.stringify(result)).toContain('more like these');
  expect(JSON.stringify(result).length).toBeLessThan(1000);
});
