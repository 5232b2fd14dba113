import { type ModelRequest, type Sampling, userMessage } from '@trae-cli/protocol';
import type { CatalogEntry, ProviderSettings } from '@trae-cli/providers';
import { messagesRequestSchema } from '@trae-cli/wire';
import { describe, expect, test } from 'vitest';
import { asking } from '../conversation.js';
import { answered, field, gateway, marksIn, talkTo } from './messages-talk.js';

type Asked = {
  readonly entry?: CatalogEntry;
  readonly model?: string;
  readonly settings?: ProviderSettings;
  readonly request?: Partial<ModelRequest>;
};

async function sent({ request = {}, ...options }: Asked = {}) {
  await using talk = await talkTo([answered()], options);
  const heard = await talk.hear(asking('hello', request));
  const [body] = talk.bodies;
  expect(messagesRequestSchema.safeParse(body).error).toBeUndefined();
  const notices = heard.events.flatMap((event) => (event.type === 'noticed' ? [event.message] : []));
  return { body, heard, notices, headers: talk.server.requests[0]?.headers ?? {} };
}

const sampling = (values: Sampling): Partial<ModelRequest> => ({ sampling: values });

describe('a request of Messages', () => {
  test('has the instructions beside the messages, and nothing that nobody asked for', async () => {
    const { body } = await sent();
    expect(Object.keys(body ?? {})).toEqual(['model', 'tools', 'system', 'messages', 'max_tokens', 'stream']);
    expect(body).toMatchObject({
      model: 'claude-sonnet-5-5',
      max_tokens: 128_000,
      stream: true,
      system: [{ type: 'text', text: 'Be brief.' }],
      tools: [{ name: 'read', description: 'Reads a file.', input_schema: { type: 'object' } }],
      messages: [{ role: 'user', content: [{ type: 'text', text: 'hello' }] }],
    });
  });

  test('case 95: without tools and instructions has neither', async () => {
    const { body } = await sent({ request: { tools: [], instructions: ' ' }, settings: { parallelToolCalls: false } });
    expect(Object.keys(body ?? {})).toEqual(['model', 'messages', 'max_tokens', 'stream']);
  });

  test.each<readonly [string, Asked, number]>([
    ['what the person says', { request: sampling({ maxOutput: 4096 }) }, 4096],
    ['no more than the model can', { request: sampling({ maxOutput: 500_000 }) }, 128_000],
    ['as much as the model can', { model: 'claude-haiku-4-5' }, 64_000],
    ['little at a model that nobody knows', { entry: gateway, model: 'm' }, 8192],
    ['what the person says of the model', { entry: gateway, settings: { maxOutput: 32_000 } }, 32_000],
    ['less where the answer comes in one piece', { settings: { stream: false } }, 21_000],
  ])('has a limit: %s', async (_title, asked, limit) => {
    expect((await sent(asked)).body?.['max_tokens']).toBe(limit);
  });

  test.each<readonly [string, Asked, object, string | undefined]>([
    [
      'temperature alone',
      { model: 'claude-haiku-4-5', request: sampling({ temperature: 0.5, topP: 1 }) },
      { temperature: 0.5 },
      undefined,
    ],
    ['top_p alone', { model: 'claude-haiku-4-5', request: sampling({ topP: 0.9 }) }, { top_p: 0.9 }, undefined],
    [
      'never both',
      { model: 'claude-sonnet-4-6', request: sampling({ temperature: 0.5, topP: 0.9 }) },
      { temperature: 0.5 },
      'top_p is not sent: only one of temperature and top_p may be.',
    ],
    [
      'none to the newest models',
      { request: sampling({ temperature: 0.5 }) },
      {},
      'temperature is not sent: claude-sonnet-5-5 does not take it.',
    ],
    [
      'none while it thinks',
      { model: 'claude-sonnet-4-6', settings: { reasoningEffort: 'high' }, request: sampling({ temperature: 0.5 }) },
      {},
      'temperature is not sent while claude-sonnet-4-6 thinks.',
    ],
    [
      'none in the later generation of the protocol',
      {
        entry: gateway,
        model: 'm',
        settings: { headers: { 'Anthropic-Version': '2026-10-21' } },
        request: sampling({ temperature: 0.5 }),
      },
      {},
      'temperature is not sent: m does not take it.',
    ],
  ])('case 94: samples with %s', async (_title, asked, expected, notice) => {
    const { body = {}, notices } = await sent(asked);
    const names = ['temperature', 'top_p', 'top_k'];
    expect(Object.fromEntries(Object.entries(body).filter(([name]) => names.includes(name)))).toEqual(expected);
    expect(notices).toEqual(notice === undefined ? [] : [notice]);
  });

  test('stops at texts that are not only space', async () => {
    expect((await sent({ request: sampling({ stop: ['\n', 'END'] }) })).body?.['stop_sequences']).toEqual(['END']);
    expect((await sent({ request: sampling({ stop: ['\n'] }) })).body).not.toHaveProperty('stop_sequences');
  });

  test('says something of several calls only where the person wants one at a time', async () => {
    const one = { type: 'auto', disable_parallel_tool_use: true };
    expect((await sent({ settings: { parallelToolCalls: false } })).body?.['tool_choice']).toEqual(one);
    expect((await sent({ settings: { parallelToolCalls: true } })).body).not.toHaveProperty('tool_choice');
  });
});

describe('a model is asked to think', () => {
  const think = (model: string, reasoningEffort: string, more: Partial<Asked> = {}) =>
    sent({ model, settings: { reasoningEffort }, ...more });

  test.each([
    ['claude-sonnet-5-5', 'high', { type: 'adaptive' }, 'high'],
    ['claude-sonnet-5-5', 'xhigh', { type: 'adaptive' }, 'xhigh'],
    ['claude-sonnet-4-6', 'xhigh', { type: 'adaptive' }, 'high'],
    ['claude-haiku-5-5', 'none', { type: 'disabled' }, undefined],
    ['claude-sonnet-5-5', 'none', undefined, undefined],
    ['claude-haiku-4-5', 'none', undefined, undefined],
    ['claude-haiku-4-5', 'high', { type: 'enabled', budget_tokens: 24_576 }, undefined],
  ])('%s with the effort %s', async (model, effort, thinking, as) => {
    const { body } = await think(model, effort);
    expect(body?.['thinking']).toEqual(thinking);
    expect(field(body, 'output_config', 'effort')).toBe(as);
  });

  test.each([
    [
      8192,
      { type: 'enabled', budget_tokens: 4096 },
      'The budget for thinking is lowered to 4096 tokens: max_tokens is 8192.',
    ],
    [
      24_576,
      { type: 'enabled', budget_tokens: 12_288 },
      'The budget for thinking is lowered to 12288 tokens: max_tokens is 24576.',
    ],
    [1500, undefined, 'The model is not asked to think: max_tokens is 1500, and it needs 2048 for that.'],
  ])('with a limit of %i, which has to be above the budget', async (maxOutput, thinking, notice) => {
    const { body, notices } = await think('claude-haiku-4-5', 'high', { request: sampling({ maxOutput }) });
    expect(body?.['thinking']).toEqual(thinking);
    expect(notices).toEqual([notice]);
  });

  test('an old one between its calls as well, beside what the person has asked for', async () => {
    const beta = 'interleaved-thinking-2025-05-14';
    expect((await think('claude-haiku-4-5', 'high')).headers['anthropic-beta']).toBe(beta);
    expect((await think('claude-haiku-4-5', 'none')).headers['anthropic-beta']).toBeUndefined();
    expect((await think('claude-sonnet-5-5', 'high')).headers['anthropic-beta']).toBeUndefined();
    const settings = { reasoningEffort: 'high', headers: { 'Anthropic-Beta': 'mine' } };
    expect((await sent({ model: 'claude-haiku-4-5', settings })).headers['anthropic-beta']).toBe(`mine,${beta}`);
    expect((await sent({ settings })).headers['anthropic-beta']).toBe('mine');
    const both = { reasoningEffort: 'high', headers: { 'anthropic-beta': `mine, ${beta}` } };
    const { headers } = await sent({ model: 'claude-haiku-4-5', settings: both });
    expect(headers['anthropic-beta']).toBe(`mine, ${beta}`);
  });
});

describe('what is marked for the cache', () => {
  test('the last tool, the instructions and the end', async () => {
    const { body } = await sent();
    const mark = { type: 'ephemeral' };
    expect(field(body, 'tools', -1, 'cache_control')).toEqual(mark);
    expect(field(body, 'system', 0, 'cache_control')).toEqual(mark);
    expect(field(body, 'messages', -1, 'content', -1, 'cache_control')).toEqual(mark);
    expect(marksIn(body)).toBe(3);
  });

  test('nothing where the service has refused it, from then on', async () => {
    const message = 'messages.0.content.0.cache_control: Extra inputs are not permitted';
    const refusal = { status: 400, json: { type: 'error', error: { type: 'invalid_request_error', message } } };
    await using talk = await talkTo([refusal, answered(), answered()], { entry: gateway });
    const heard = await talk.hear();
    expect(heard).toMatchObject({ error: undefined, text: 'Hi' });
    expect(heard.events).toContainEqual({
      type: 'noticed',
      message: expect.stringContaining('Nothing is marked for the cache'),
    });
    await talk.hear(asking('again', { messages: [userMessage('again')] }));
    expect(talk.bodies.map(marksIn)).toEqual([3, 0, 0]);
  });
});
