import { type JsonObject, type JsonValue, type Message, type ToolMessage, userMessage } from '@trae-cli/protocol';
import { chatNotation, type RawAnswer } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { asking, askingWith, conversation, messagesOf } from './conversation.js';

const { C, D, data, F, T, U } = chatNotation;

/** Exchanges as the vendors hold them, in their own odd ways. */
const streamOf = (...chunks: readonly string[]): RawAnswer => ({ chunks });
const fine = streamOf(C({ content: 'Fine.' }), F({}, 'stop'), D);
const user = userMessage('hello');
const resultOf = (callId: string): ToolMessage => ({
  role: 'tool',
  callId,
  toolName: 'read',
  status: 'ok',
  content: [{ type: 'text', text: 'contents' }],
});
/** The calls of the first message that the model made. */
function callsIn(body: JsonObject | undefined): readonly JsonValue[] {
  const calls = messagesOf(body)[2]?.['tool_calls'];
  return Array.isArray(calls) ? (calls as readonly JsonValue[]) : [];
}
const chunk = (choice: JsonValue, more: Readonly<Record<string, JsonValue>> = {}): string =>
  data({ id: 'o1', object: 'chat.completion.chunk', created: 1.5, choices: [choice], ...more });

test('Together: a role in every delta, eos for an end, null for no usage yet, and seeds nobody asked for', async () => {
  const delta = (content: string, finish: string | null = null) =>
    chunk({ index: 0, delta: { role: 'assistant', content }, finish_reason: finish, seed: 7 }, { usage: null });
  const last = { usage: { prompt_tokens: 9, completion_tokens: 2, total_tokens: 11 }, warnings: [] };
  const end = chunk({ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: 'eos', seed: 7 }, last);
  await using talk = await conversation([streamOf(delta('Hel'), delta('lo'), end, D)], {
    entry: 'together',
    model: 'zai-org/GLM-5.3',
  });
  expect(await talk.hear()).toMatchObject({ text: 'Hello', stop: 'end', usage: { input: 9, output: 2 } });
  expect(talk.bodies[0]).toMatchObject({ context_length_exceeded_behavior: 'error' });
});

test('DeepSeek: null content beside thoughts, comments while one waits, and a cache that hits or misses', async () => {
  const keepAlive = ': keep-alive\n\n';
  const usage = {
    prompt_tokens: 100,
    completion_tokens: 20,
    prompt_cache_hit_tokens: 64,
    prompt_cache_miss_tokens: 36,
    prompt_tokens_details: { cached_tokens: 64 },
    completion_tokens_details: { reasoning_tokens: 12 },
  };
  const answer = streamOf(
    keepAlive.repeat(3),
    C({ role: 'assistant', content: null, reasoning_content: '' }),
    C({ content: null, reasoning_content: 'I read it.' }),
    keepAlive,
    T({ index: 0, id: 'call_00_x', type: 'function', function: { name: 'read', arguments: '' } }),
    T({ index: 0, function: { arguments: '{"path":"x"}' } }),
    chunk({ index: 0, delta: { content: '', reasoning_content: null }, finish_reason: 'tool_calls' }, { usage }),
    D,
  );
  await using talk = await conversation([answer, fine], { entry: 'deepseek', model: 'deepseek-flash' });
  const heard = await talk.hear();
  expect(heard).toMatchObject({ reasoning: 'I read it.', text: '', stop: 'tool_calls', error: undefined });
  expect(heard.usage).toMatchObject({ input: 36, cacheRead: 64, output: 20, reasoning: 12 });
  await talk.hear(askingWith([user, heard.message, resultOf('call_00_x')]));
  expect(messagesOf(talk.bodies[1])[2]).toMatchObject({ content: null, reasoning_content: 'I read it.' });
});

test('Alibaba: continuations with an empty id, an empty last piece, and usage in a chunk without choices', async () => {
  const piece = (text: string) => ({ index: 0, id: '', type: 'function', function: { arguments: text } });
  const answer = streamOf(
    C({ role: 'assistant', content: '', reasoning_content: '' }),
    T({ index: 0, id: 'call_q', type: 'function', function: { name: 'read', arguments: '' } }),
    T(piece('{"path":')),
    T(piece('"x"}')),
    T(piece('')),
    F({ content: '', reasoning_content: '' }, 'tool_calls'),
    U({
      prompt_tokens: 500,
      completion_tokens: 8,
      prompt_tokens_details: { cached_tokens: 256, cache_creation_input_tokens: 0, cache_type: 'implicit' },
    }),
    D,
  );
  await using talk = await conversation([answer], { entry: 'alibaba', model: 'qwen3-coder-plus' });
  const heard = await talk.hear();
  expect(heard).toMatchObject({ reasoning: '', text: '', stop: 'tool_calls', usage: { input: 244, cacheRead: 256 } });
  expect(heard.calls).toMatchObject([{ id: 'call_q', name: 'read', arguments: '{"path":"x"}' }]);
  expect(talk.bodies[0]).toMatchObject({ stream_options: { include_usage: true } });
});

test('Novita: thoughts between tags, and prices nobody asked for', async () => {
  const answer = streamOf(
    C({ role: 'assistant', content: '<think>' }),
    C({ content: 'Hm.</think>\n\nHello' }),
    chunk({ index: 0, delta: {}, finish_reason: 'stop', content_filter_results: { hate: { filtered: false } } }),
    U({ prompt_tokens: 9, completion_tokens: 5, total_tokens: 14, prompt_tokens_details: null }),
    D,
  );
  await using talk = await conversation([answer], { entry: 'novita', model: 'deepseek/deepseek-v4-flash' });
  expect(await talk.hear()).toMatchObject({ reasoning: 'Hm.', text: 'Hello', stop: 'end', usage: { output: 5 } });
});

describe('Gemini', () => {
  const signature = { google: { thought_signature: 'SGVsbG8=' } };
  const call = (id: string, path: string, more: Readonly<Record<string, JsonValue>> = {}): JsonValue => ({
    id,
    type: 'function',
    function: { name: 'read', arguments: JSON.stringify({ path }) },
    ...more,
  });
  const running = (output: number) => ({ usage: { prompt_tokens: 9, completion_tokens: output } });
  const answer = streamOf(
    chunk(
      {
        index: 0,
        delta: { role: 'assistant', tool_calls: [call('', 'x', { extra_content: signature }), call('', 'y')] },
      },
      running(3),
    ),
    chunk({ index: 0, delta: { role: 'assistant' }, finish_reason: 'stop' }, running(7)),
    D,
  );
  const target = { entry: 'google', model: 'gemini-3.8-flash' } as const;

  test('whole calls without index or id, one signature for all of them, and a count that runs', async () => {
    await using talk = await conversation([answer, fine], target);
    const heard = await talk.hear();
    expect(heard).toMatchObject({ stop: 'tool_calls', usage: { input: 9, output: 7 }, error: undefined });
    expect(heard.calls.map((part) => part.arguments)).toEqual(['{"path":"x"}', '{"path":"y"}']);
    const [first, second] = heard.calls.map(({ id }) => id);
    expect(first).not.toBe(second);
    await talk.hear(askingWith([user, heard.message, resultOf(first ?? ''), resultOf(second ?? '')]));
    const [one, two] = callsIn(talk.bodies[1]);
    expect(one).toMatchObject({ id: first, extra_content: signature });
    expect(two).not.toHaveProperty('extra_content');
  });

  test('the calls of another model come with a signature that is taken for any', async () => {
    const origin = { provider: 'groq', model: 'openai/gpt-oss-120b' };
    const made = (id: string) => ({ type: 'tool_call', id, name: 'read', arguments: '{}' }) as const;
    const elsewhere: Message = { role: 'assistant', origin, content: [made('a'), made('b')] };
    await using talk = await conversation([fine], target);
    await talk.hear(askingWith([user, elsewhere, resultOf('a'), resultOf('b')]));
    const [one, two] = callsIn(talk.bodies[0]);
    expect(one).toMatchObject({ extra_content: { google: { thought_signature: expect.stringMatching(/./) } } });
    expect(two).not.toHaveProperty('extra_content');
  });

  test('an answer without a word is given one', async () => {
    await using talk = await conversation([answer, fine], target);
    const { calls, message } = await talk.hear();
    const silent = calls.map(({ id }): Message => ({ ...resultOf(id), content: [] }));
    await talk.hear(askingWith([user, message, ...silent]));
    expect(messagesOf(talk.bodies[1])[3]).toMatchObject({ role: 'tool', content: '(no output)' });
  });
});

test('Azure: prompt filter results first, filters in every chunk, and the key in a header of its own', async () => {
  const filters = { content_filter_results: { hate: { filtered: false, severity: 'safe' } } };
  const answer = streamOf(
    data({ id: '', object: '', created: 0, model: '', choices: [], prompt_filter_results: [{ prompt_index: 0 }] }),
    chunk({ index: 0, delta: { role: 'assistant', content: '', refusal: null }, finish_reason: null, ...filters }),
    chunk({ index: 0, delta: { content: 'Hello' }, finish_reason: null, logprobs: null, ...filters }),
    chunk({ index: 0, delta: {}, finish_reason: 'stop', ...filters }),
    U({ prompt_tokens: 9, completion_tokens: 2 }),
    D,
  );
  await using talk = await conversation([answer], { entry: 'azure', model: 'gpt-4.1' });
  const heard = await talk.hear(asking('hello', { sampling: { maxOutput: 100 } }));
  expect(heard).toMatchObject({ text: 'Hello', stop: 'end', usage: { input: 9, output: 2 }, error: undefined });
  expect(talk.bodies[0]).toMatchObject({ model: 'gpt-4.1', max_completion_tokens: 100 });
  expect(talk.server.requests[0]?.headers).not.toHaveProperty('authorization');
  expect(talk.server.requests[0]?.headers['api-key']).toMatch(/^sk-canary/);
});

test('Doubao: thoughts, a call in pieces, and what the thoughts cost', async () => {
  const answer = streamOf(
    C({ role: 'assistant', content: '', reasoning_content: 'Hm.' }),
    T({ index: 0, id: 'call_d', type: 'function', function: { name: 'read', arguments: '' } }),
    T({ index: 0, function: { arguments: ' {"path": "x"}' } }),
    F({ content: '' }, 'tool_calls'),
    U({ prompt_tokens: 9, completion_tokens: 20, completion_tokens_details: { reasoning_tokens: 12 } }),
    D,
  );
  await using talk = await conversation([answer, fine], { entry: 'doubao', model: 'doubao-seed-2.1-pro' });
  const heard = await talk.hear();
  expect(heard).toMatchObject({ reasoning: 'Hm.', stop: 'tool_calls', usage: { output: 20, reasoning: 12 } });
  await talk.hear(askingWith([user, heard.message, resultOf('call_d')]));
  expect(messagesOf(talk.bodies[1])[2]).not.toHaveProperty('reasoning_content');
});
