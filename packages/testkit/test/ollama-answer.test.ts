import { type ModelAnswer, ollamaNotation } from '@trae-cli/testkit';
import { type OllamaChatLine, ollamaChatLineSchema } from '@trae-cli/wire';
import { expect, test } from 'vitest';
import { answered, fullAnswer } from './asking.js';

const path = '/api/chat';

async function heard(answer: ModelAnswer): Promise<readonly OllamaChatLine[]> {
  const { text, type } = await answered(path, answer, {});
  expect(type).toBe('application/x-ndjson');
  expect(text).toMatch(/\n$/);
  const lines = text.trimEnd().split('\n');
  return lines.map((line) => ollamaChatLineSchema.parse(JSON.parse(line)));
}

test('an answer is said line by line, calls whole, and the last line alone is done', async () => {
  const lines = await heard(fullAnswer);
  expect(lines.map(({ message }) => message)).toMatchObject([
    { thinking: 'Let ' },
    { thinking: 'me ' },
    { thinking: 'think.' },
    { content: 'Reading ' },
    { content: 'it.' },
    { tool_calls: [{ id: 'call_a', function: { index: 0, name: 'read', arguments: { path: 'a.ts' } } }] },
    { tool_calls: [{ id: 'call_b', function: { index: 1, name: 'ls', arguments: {} } }] },
    { role: 'assistant', content: '' },
  ]);
  expect(lines.map(({ done }) => done)).toEqual([...lines.slice(1).map(() => false), true]);
});

test.each([
  [{ text: 'Hi' }, { done_reason: 'stop', prompt_eval_count: 10, eval_count: 5 }],
  [{ calls: [{ name: 'ls' }] }, { done_reason: 'stop' }],
  [{ text: 'Hi', finishReason: 'length' }, { done_reason: 'length' }],
  [{ text: 'Hi', finishReason: 'sunset' }, { done_reason: 'sunset' }],
  [{ text: 'Hi', usage: { eval_count: 3 } }, { eval_count: 3 }],
])('%j ends with %j', async (answer, last) => {
  expect((await heard(answer)).at(-1)).toMatchObject({ done: true, ...last });
});

test('no usage is reported where the script wants none', async () => {
  const last = (await heard({ text: 'Hi', usage: null })).at(-1);
  expect(last).not.toHaveProperty('eval_count');
  expect(last).not.toHaveProperty('prompt_eval_count');
});

test.each([
  [
    { text: 'half a', breaksOff: 'end' },
    { message: { content: 'a' }, done: false },
  ],
  [{ text: 'half a', fails: 'unexpected EOF' }, { error: 'unexpected EOF' }],
] as const)('%j has no line that is done', async (answer, last) => {
  const lines = await heard(answer);
  expect(lines.at(-1)).toMatchObject(last);
  expect(lines.filter(({ done }) => done === true)).toEqual([]);
});

test('only whoever wants no stream gets one object', async () => {
  const { text, type } = await answered(path, fullAnswer, { stream: false });
  expect(type).toBe('application/json');
  expect(ollamaChatLineSchema.parse(JSON.parse(text))).toMatchObject({
    message: { content: 'Reading it.', thinking: 'Let me think.', tool_calls: [{ id: 'call_a' }, { id: 'call_b' }] },
    done: true,
    eval_count: 5,
  });
});

test('a line is written as a line of a table', () => {
  expect(ollamaNotation.N({ done: false })).toBe('{"done":false}\n');
});
