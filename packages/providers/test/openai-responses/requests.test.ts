import type { JsonObject, Sampling } from '@trae-cli/protocol';
import { catalog } from '@trae-cli/providers';
import { responsesRequestSchema } from '@trae-cli/wire';
import { describe, expect, test } from 'vitest';
import { asking, type ConversationOptions, readTool } from '../conversation.js';
import { fromOpenAi, overResponses, talkWith } from './responses-talk.js';

async function bodyFor(request = asking('hello'), options: ConversationOptions = fromOpenAi) {
  await using talk = await talkWith([{ text: 'Fine.' }], options);
  const heard = await talk.hear(request);
  expect(heard.error).toBeUndefined();
  const [sent] = talk.server.requests;
  responsesRequestSchema.parse(sent?.body);
  const notices = heard.events.flatMap((event) => (event.type === 'noticed' ? [event.message] : []));
  return { path: sent?.path, headers: sent?.headers ?? {}, body: talk.bodies[0] ?? {}, notices };
}

test('a request asks for a stream that nobody stores, and for thoughts that can be sent back', async () => {
  const { path, body } = await bodyFor();
  expect(path).toBe('/v1/responses');
  expect(body).toEqual({
    model: 'gpt-6-sol',
    instructions: 'Be brief.',
    input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'hello' }] }],
    tools: [
      { type: 'function', name: 'read', description: 'Reads a file.', parameters: readTool.inputSchema, strict: false },
    ],
    stream: true,
    store: false,
    include: ['reasoning.encrypted_content'],
    reasoning: { summary: 'auto' },
  });
});

test('case 95b: without tools and instructions nothing is said of either', async () => {
  const settings = { parallelToolCalls: false };
  const request = asking('hello', { tools: [], instructions: '' });
  const { body } = await bodyFor(request, { ...fromOpenAi, settings });
  for (const name of ['tools', 'tool_choice', 'parallel_tool_calls', 'instructions'])
    expect(body).not.toHaveProperty(name);
});

describe('sampling', () => {
  const names = ['temperature', 'top_p', 'top_k', 'stop', 'max_output_tokens'];
  const sampling: Sampling = { temperature: 0.5, topP: 0.9, topK: 40, stop: ['END'], maxOutput: 100 };

  test.each<readonly [string, Sampling, ConversationOptions, JsonObject]>([
    ['case 94d: a model that reasons is told the limit alone', sampling, fromOpenAi, { max_output_tokens: 100 }],
    [
      'a model of nobody in particular gets what the protocol has',
      sampling,
      overResponses,
      { temperature: 0.5, top_p: 0.9, max_output_tokens: 100 },
    ],
    ['a limit is no less than the service takes', { maxOutput: 1 }, fromOpenAi, { max_output_tokens: 16 }],
    ['a limit is no more than the model writes', { maxOutput: 999_999 }, fromOpenAi, { max_output_tokens: 128_000 }],
  ])('%s', async (_title, given, options, expected) => {
    const { body } = await bodyFor(asking('hello', { sampling: given }), options);
    expect(Object.fromEntries(Object.entries(body).filter(([name]) => names.includes(name)))).toEqual(expected);
  });

  test('that is not sent is told', async () => {
    const { notices } = await bodyFor(asking('hello', { sampling: { temperature: 0.5, maxOutput: 1 } }));
    expect(notices).toEqual([
      'temperature is not sent: gpt-6-sol does not take it.',
      'max_tokens is raised to 16: the service takes no less.',
    ]);
  });
});

describe('which protocol a model of the vendor is asked in', () => {
  test.each([
    ['openai', 'gpt-6-sol', undefined, '/v1/responses'],
    ['openai', 'gpt-6.1-sol', undefined, '/v1/responses'],
    ['openai', 'gpt-5', undefined, '/v1/responses'],
    ['openai', 'gpt-5.3-codex', undefined, '/v1/responses'],
    ['openai', 'gpt-7', undefined, '/v1/responses'],
    ['openai', 'o4-mini', undefined, '/v1/responses'],
    ['openai', 'gpt-4.1', undefined, '/v1/chat/completions'],
    ['openai', 'gpt-4o-mini', undefined, '/v1/chat/completions'],
    ['openai', 'unheard-of', undefined, '/v1/chat/completions'],
    ['openai', 'gpt-6-sol', 'openai-chat', '/v1/chat/completions'],
    ['openai', 'gpt-4.1', 'openai-responses', '/v1/responses'],
    ['azure', 'gpt-6-sol', undefined, '/v1/responses'],
    ['azure', 'my-deployment', undefined, '/v1/chat/completions'],
    ['azure', 'my-deployment', 'openai-responses', '/v1/responses'],
    ['openrouter', 'openai/gpt-6-sol', 'openai-responses', '/v1/responses'],
  ] as const)('%s, %s, api_format %s: %s', async (entry, model, apiFormat, expected) => {
    await using talk = await talkWith([{ text: 'Fine.' }], {
      entry,
      model,
      settings: apiFormat === undefined ? {} : { apiFormat },
    });
    expect(await talk.hear()).toMatchObject({ text: 'Fine.', error: undefined });
    expect(talk.server.requests[0]?.path).toBe(expected);
  });

  test('and the default model is one that reasons', async () => {
    const { body } = await bodyFor();
    expect(body).toMatchObject({ model: 'gpt-6-sol' });
  });
});

test('a model that does not reason is asked for no thoughts', async () => {
  const options = { entry: 'openai', model: 'gpt-4.1', settings: { apiFormat: 'openai-responses' } } as const;
  const { body } = await bodyFor(asking('hello', { sampling: { temperature: 0.5 } }), options);
  expect(body).not.toHaveProperty('include');
  expect(body).not.toHaveProperty('reasoning');
  expect(body).toMatchObject({ temperature: 0.5, store: false });
});

test('one call at a time is asked for where the person says so', async () => {
  const settings = { parallelToolCalls: false };
  expect((await bodyFor(asking('hello'), { ...fromOpenAi, settings })).body).toMatchObject({
    parallel_tool_calls: false,
  });
});

test('Azure gets its key in a header of its own', async () => {
  const { headers } = await bodyFor(asking('hello'), { entry: 'azure', model: 'gpt-6-sol' });
  expect(headers['api-key']).toMatch(/^sk-canary/);
  expect(headers).not.toHaveProperty('authorization');
});

test('the vendor’s prices are those of its own address, and not of Azure', () => {
  const priceAt = (id: string) =>
    catalog.find((entry) => entry.id === id)?.models.find(({ pattern }) => pattern.test('gpt-6-sol'))?.price;
  expect(priceAt('openai')).toMatchObject({ input: 2, output: 10, cacheRead: 0.2 });
  expect(priceAt('azure')).toBeUndefined();
});
