import type { AssistantMessage, JsonObject, Message, ModelRequest, Sampling, ToolMessage } from '@trae-cli/protocol';
import type { CatalogEntry } from '@trae-cli/providers';
import { chatNotation, type RawAnswer } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import {
  asking,
  askingWith,
  canaryKey,
  conversation,
  type ConversationOptions,
  messagesOf,
  readTool,
} from './conversation.js';
import { plain } from './entries.js';

const { C, F, T } = chatNotation;
const fine: RawAnswer = { chunks: [C({ content: 'Fine.' }) + F({}, 'stop')] };

const seeing: CatalogEntry = { ...plain, models: [{ pattern: /./, images: true }] };
const blind: CatalogEntry = { ...plain, models: [{ pattern: /./, images: false }] };

/** The body that a request becomes. */
async function bodyFor(request: ModelRequest, options: ConversationOptions = {}): Promise<JsonObject> {
  await using talk = await conversation([fine], options);
  expect((await talk.hear(request)).error).toBeUndefined();
  return talk.bodies[0] ?? {};
}

const user = (text: string): Message => ({ role: 'user', content: [{ type: 'text', text }] });
const origin = { provider: 'plain', model: 'm' };
const assistant = (content: AssistantMessage['content'], from = origin): AssistantMessage => ({
  role: 'assistant',
  content,
  origin: from,
});
const call = (id: string, text = '{}') => ({ type: 'tool_call', id, name: 'read', arguments: text }) as const;
const result = (callId: string, text: string, status: ToolMessage['status'] = 'ok'): ToolMessage => ({
  role: 'tool',
  callId,
  toolName: 'read',
  status,
  content: text === '' ? [] : [{ type: 'text', text }],
});

describe('the body of a plain request', () => {
  test('§4.1: is the documented one, and has nothing else in it', async () => {
    const { tool_choice: choice = 'auto', ...body } = await bodyFor(asking('hello'));
    expect(choice).toBe('auto');
    expect(body).toEqual({
      model: 'm',
      stream: true,
      stream_options: { include_usage: true },
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'hello' },
      ],
      tools: [
        {
          type: 'function',
          function: { name: 'read', description: 'Reads a file.', parameters: readTool.inputSchema },
        },
      ],
    });
  });

  test('case 95: says nothing of tools where there are none', async () => {
    const body = await bodyFor(asking('hello', { tools: [] }), {
      entry: 'alibaba',
      settings: { parallelToolCalls: true },
    });
    expect(body).not.toHaveProperty('tools');
    expect(body).not.toHaveProperty('tool_choice');
    expect(body).not.toHaveProperty('parallel_tool_calls');
  });

  test('§4.9: mentions parallel calls only where that is understood', async () => {
    const settings = { parallelToolCalls: true };
    expect(await bodyFor(asking('hello'), { entry: 'alibaba', settings })).toMatchObject({
      parallel_tool_calls: true,
    });
    expect(await bodyFor(asking('hello'), { settings })).not.toHaveProperty('parallel_tool_calls');
  });

  test('§4.9: asks for one call at a time where the person said so', async () => {
    const body = await bodyFor(asking('hello'), { settings: { parallelToolCalls: false } });
    expect(body).toMatchObject({ parallel_tool_calls: false });
  });

  test('is the same bytes for the same request, so that prompt caches hold', async () => {
    await using talk = await conversation([fine, fine]);
    await talk.hear();
    await talk.hear();
    const [first, second] = talk.server.requests;
    expect(first?.raw.equals(second?.raw ?? Buffer.alloc(0))).toBe(true);
  });

  test('case 99b: has no empty system message where there are no instructions', async () => {
    const body = await bodyFor(asking('hello', { instructions: '' }));
    expect(messagesOf(body).map(({ role }) => role)).toEqual(['user']);
  });

  test('carries images as data addresses', async () => {
    const image = { type: 'image', mediaType: 'image/png', base64: 'QUJD' } as const;
    const looking = askingWith([{ role: 'user', content: [{ type: 'text', text: 'look' }, image] }]);
    const body = await bodyFor(looking, { entry: seeing });
    expect(messagesOf(body)[1]?.['content']).toEqual([
      { type: 'text', text: 'look' },
      { type: 'image_url', image_url: { url: 'data:image/png;base64,QUJD' } },
    ]);
  });
});

test('an image is sent to a model of which nobody knows whether it sees', async () => {
  const image = { type: 'image', mediaType: 'image/png', base64: 'QUJD' } as const;
  const body = await bodyFor(askingWith([{ role: 'user', content: [image] }]), { entry: plain });
  expect(JSON.stringify(messagesOf(body)[1])).toContain('data:image/png;base64,QUJD');
});

test('an image is not sent to a model that cannot see, and its absence is told', async () => {
  const image = { type: 'image', mediaType: 'image/png', base64: 'QUJD' } as const;
  const looking = askingWith([{ role: 'user', content: [{ type: 'text', text: 'look' }, image] }]);
  const body = await bodyFor(looking, { entry: blind });
  expect(JSON.stringify(body)).not.toContain('QUJD');
  expect(JSON.stringify(messagesOf(body)[1])).toMatch(/look.*image/i);
});

const overChat = { apiFormat: 'openai-chat' } as const;

describe('sampling', () => {
  const samplingFields = ['temperature', 'top_p', 'top_k', 'max_tokens', 'max_completion_tokens'];
  const sampled = async (sampling: Sampling, options: ConversationOptions = {}): Promise<JsonObject> => {
    const body = await bodyFor(asking('hello', { sampling }), options);
    return Object.fromEntries(Object.entries(body).filter(([key]) => samplingFields.includes(key)));
  };

  test.each<readonly [string, Sampling, ConversationOptions, JsonObject]>([
    ['that nobody asked for is not sent', {}, {}, {}],
    ['case 94: a neutral top_p stays at home', { temperature: 0.5, topP: 1 }, {}, { temperature: 0.5 }],
    ['a top_p that means something is sent', { topP: 0.9 }, {}, { top_p: 0.9 }],
    [
      'case 94b: a reasoning model gets neither',
      { temperature: 0.5, topP: 0.9 },
      { entry: 'openai', model: 'gpt-5.6-sol', settings: overChat },
      {},
    ],
    [
      'case 94c: nor does one of the o series',
      { temperature: 0.5 },
      { entry: 'openai', model: 'o4-mini', settings: overChat },
      {},
    ],
    [
      'a model without reasoning gets its temperature',
      { temperature: 0.5 },
      { entry: 'openai', model: 'gpt-4.1' },
      { temperature: 0.5 },
    ],
    ['§4.9: the limit has its common name', { maxOutput: 100 }, {}, { max_tokens: 100 }],
    [
      '§4.9: the limit has its new name at OpenAI',
      { maxOutput: 100 },
      { entry: 'openai', model: 'gpt-4.1' },
      { max_completion_tokens: 100 },
    ],
    ['§4.9: and at Groq', { maxOutput: 100 }, { entry: 'groq' }, { max_completion_tokens: 100 }],
    ['§4.9: and at OpenRouter', { maxOutput: 100 }, { entry: 'openrouter' }, { max_completion_tokens: 100 }],
  ])('%s', async (_title, sampling, options, fields) => {
    expect(await sampled(sampling, options)).toEqual(fields);
  });

  test('§6.1: a model that takes tools only without reasoning is told so', async () => {
    const setting = { entry: 'openai', model: 'gpt-5.6-sol', settings: overChat };
    expect(await bodyFor(asking('hello'), setting)).toMatchObject({ reasoning_effort: 'none' });
  });

  test('is announced with the request, messages and tools and key apart', async () => {
    await using talk = await conversation([fine]);
    const { events } = await talk.hear(asking('a long story', { sampling: { temperature: 0.5 } }));
    const requested = events.filter((event) => event.type === 'requested');
    expect(requested).toHaveLength(1);
    expect(requested[0]?.parameters).toMatchObject({ temperature: 0.5 });
    const told = JSON.stringify(requested);
    expect(told).not.toContain('a long story');
    expect(told).not.toContain('Reads a file');
    expect(told).not.toContain(canaryKey);
  });
});

describe('history', () => {
  const sent = async (
    messages: readonly Message[],
    options: ConversationOptions = {},
  ): Promise<readonly JsonObject[]> => messagesOf(await bodyFor(askingWith(messages), options)).slice(1);

  test('case 96: a call that was never answered gets an answer right behind it', async () => {
    const messages = await sent([user('go'), assistant([call('a'), call('b')]), result('a', 'A'), user('on')]);
    expect(messages.map(({ role, tool_call_id: id }) => id ?? role)).toEqual(['user', 'assistant', 'a', 'b', 'user']);
    expect(messages[3]?.['content']).toMatch(/./);
  });

  test('§4.2: an answer to a call that is not there is left out', async () => {
    const messages = await sent([
      user('go'),
      result('ghost', 'boo'),
      assistant([{ type: 'text', text: 'Hm.' }]),
      user('on'),
    ]);
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
  });

  test('case 97: two answers are two messages, in the order of the calls', async () => {
    const messages = await sent([user('go'), assistant([call('a'), call('b')]), result('b', 'B'), result('a', 'A')]);
    const answers = messages.slice(2);
    expect(answers).toMatchObject([
      { role: 'tool', tool_call_id: 'a', content: 'A' },
      { role: 'tool', tool_call_id: 'b', content: 'B' },
    ]);
  });

  test.each([
    ['cut short', '{"path":"x'],
    ['empty', ''],
    ['no JSON at all', 'path = x'],
  ])('case 98: stored arguments that are %s go back as an empty object', async (_title, text) => {
    const messages = await sent([user('go'), assistant([call('a', text)]), result('a', 'No.', 'error')]);
    expect(messages[1]).toMatchObject({ tool_calls: [{ id: 'a', function: { name: 'read', arguments: '{}' } }] });
  });

  test('arguments that were valid go back byte for byte', async () => {
    const written = '{ "path" : "x" }';
    const messages = await sent([user('go'), assistant([call('a', written)]), result('a', 'A')]);
    expect(messages[1]).toMatchObject({ tool_calls: [{ function: { arguments: written } }] });
  });

  test('case 99: half of a character pair is replaced, and the body is valid UTF-8 and JSON', async () => {
    await using talk = await conversation([fine]);
    await talk.hear(askingWith([user('go \udc00'), assistant([call('a')]), result('a', 'bad \ud83d half, good 😀')]));
    const raw = talk.server.requests[0]?.raw ?? Buffer.alloc(0);
    const decoded = new TextDecoder('utf-8', { fatal: true }).decode(raw);
    expect(decoded).not.toMatch(/\\ud[89a-f]/i);
    expect(messagesOf(talk.bodies[0])[3]?.['content']).toBe('bad \ufffd half, good 😀');
  });

  test('case 47: an unusual id goes back as it came', async () => {
    const messages = await sent([user('go'), assistant([call('functions.read:0')]), result('functions.read:0', 'A')]);
    expect(messages[1]).toMatchObject({ tool_calls: [{ id: 'functions.read:0' }] });
    expect(messages[2]).toMatchObject({ tool_call_id: 'functions.read:0' });
  });

  test('§4.2: an id of another model that is too long is shortened alike in call and answer', async () => {
    const long = 'x'.repeat(64);
    const from = { provider: 'another', model: 'x' };
    const twoCalls = assistant([call(`${long}1`), call(`${long}2`)], from);
    const messages = await sent([user('go'), twoCalls, result(`${long}1`, 'A'), result(`${long}2`, 'B')], {
      entry: 'openai',
      model: 'gpt-4.1',
    });
    const ids = messages.slice(2).map(({ tool_call_id: id }) => (typeof id === 'string' ? id : ''));
    expect(messages[1]).toMatchObject({ tool_calls: [{ id: ids[0] }, { id: ids[1] }] });
    expect(new Set(ids).size).toBe(2);
    expect(Math.max(...ids.map((id) => id.length))).toBeLessThanOrEqual(40);
  });

  test('§4.2: an id that an earlier turn has used is not used again', async () => {
    const again = T({ index: 0, id: 'a', function: { name: 'read', arguments: '{}' } }) + F({}, 'tool_calls');
    await using talk = await conversation([{ chunks: [again] }]);
    const { calls } = await talk.hear(askingWith([user('go'), assistant([call('a')]), result('a', 'A')]));
    expect(calls).toHaveLength(1);
    expect(calls[0]?.id).toMatch(/^[\w-]{1,40}$/);
    expect(calls[0]?.id).not.toBe('a');
  });

  test('is sent as it is now, whatever was sent before', async () => {
    const fresh = (text: string) => [user(text), assistant([call('a')]), result('a', text.repeat(10)), user('on')];
    const [one, two] = [fresh('one'), fresh('two')];
    const shortened = one.map((message) => (message.role === 'tool' ? result('a', 'pruned') : message));
    const histories = [one.slice(0, 2), one.slice(0, 3), one, two, one, shortened, one.slice(0, 1), [], two];
    await using talk = await conversation(() => fine);
    for (const messages of histories) await talk.hear(askingWith(messages));
    await Promise.all(histories.map((messages) => talk.hear(askingWith(messages))));
    for (const [index, messages] of histories.entries()) {
      const expected = JSON.stringify(await bodyFor(askingWith(messages)));
      expect(JSON.stringify(talk.bodies[index])).toBe(expected);
      expect(talk.bodies.slice(histories.length).map((body) => JSON.stringify(body))).toContain(expected);
    }
  });

  test('§4.2: an assistant message with nothing in it is left out', async () => {
    const messages = await sent([user('go'), assistant([]), user('on')]);
    expect(messages.map(({ role }) => role)).toEqual(['user', 'user']);
  });

  test('case 48: text before and after a call is one message with its calls', async () => {
    const spoken = assistant([{ type: 'text', text: 'Before. ' }, call('a'), { type: 'text', text: 'After.' }]);
    const messages = await sent([user('go'), spoken, result('a', 'A')]);
    expect(messages).toHaveLength(3);
    expect(messages[1]).toMatchObject({ role: 'assistant', tool_calls: [{ id: 'a' }] });
    expect(messages[1]?.['content']).toMatch(/^Before\.\s+After\.$/);
  });

  test('§4.1: an image that a tool returned follows as a user message, the answers first', async () => {
    const image = { type: 'image', mediaType: 'image/png', base64: 'QUJD' } as const;
    const seen: ToolMessage = { ...result('a', 'Seen.'), content: [{ type: 'text', text: 'Seen.' }, image] };
    const messages = await sent([user('go'), assistant([call('a'), call('b')]), seen, result('b', 'B')], {
      entry: seeing,
    });
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool', 'tool', 'user']);
    expect(JSON.stringify(messages[4])).toContain('data:image/png;base64,QUJD');
  });

  test('§6.9: an answer without a word is given one', async () => {
    const messages = await sent([user('go'), assistant([call('a')]), result('a', '')]);
    expect(messages[2]?.['content']).toMatch(/./);
  });
});
