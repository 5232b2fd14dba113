import {
  type AssistantMessage,
  type JsonObject,
  type Message,
  type ModelRequest,
  type ToolMessage,
  userMessage,
} from '@trae-cli/protocol';
import { ollamaChatRequestSchema } from '@trae-cli/wire';
import { expect, test } from 'vitest';
import { asking, askingWith, messagesOf, readTool } from '../conversation.js';
import { key, noticesOf, type TalkOptions, talkWith } from './talk.js';

const own = { provider: 'ollama', model: 'm' };

const assistant = (content: AssistantMessage['content'], origin = own): AssistantMessage => ({
  role: 'assistant',
  content,
  origin,
});
const call = (id: string, text = '{}') => ({ type: 'tool_call', id, name: 'read', arguments: text }) as const;
const result = (callId: string, text: string): ToolMessage => ({
  role: 'tool',
  callId,
  toolName: 'read',
  status: 'ok',
  content: [{ type: 'text', text }],
});
const image = { type: 'image', mediaType: 'image/png', base64: 'iVBORw0K' } as const;

/** The body that a request becomes; every one of them is what the schema of the protocol says. */
async function bodyFor(request: ModelRequest, options: TalkOptions = {}): Promise<JsonObject> {
  await using talk = await talkWith([{ text: 'Fine.' }], options);
  expect((await talk.hear(request)).error).toBeUndefined();
  expect(ollamaChatRequestSchema.safeParse(talk.bodies[0]).error).toBeUndefined();
  return talk.bodies[0] ?? {};
}

const messagesFor = async (messages: readonly Message[], options: TalkOptions = {}) =>
  messagesOf(await bodyFor(askingWith(messages), options));

test('case 127: a request asks for a window, and for errors in the place of cuts', async () => {
  expect(await bodyFor(asking('hello'))).toEqual({
    model: 'm',
    stream: true,
    truncate: false,
    shift: false,
    options: { num_ctx: 65_536 },
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'hello' },
    ],
    tools: [
      { type: 'function', function: { name: 'read', description: 'Reads a file.', parameters: readTool.inputSchema } },
    ],
  });
});

test('sampling and limits are options, and the time a model stays loaded stands beside them', async () => {
  const sampling = { temperature: 0.5, topP: 0.9, topK: 40, maxOutput: 4096, stop: ['END'] };
  const body = await bodyFor(asking('hello', { sampling }), {
    settings: { keepAlive: '30m', reasoningEffort: 'none' },
  });
  expect(body).toMatchObject({ keep_alive: '30m', think: false });
  expect(body['options']).toEqual({
    num_ctx: 65_536,
    num_predict: 4096,
    temperature: 0.5,
    top_p: 0.9,
    top_k: 40,
    stop: ['END'],
  });
});

test('without tools there is no word of them, and never a choice among them', async () => {
  const body = await bodyFor(asking('hello', { tools: [] }), { settings: { parallelToolCalls: true } });
  expect(Object.keys(body).filter((name) => /tool/.test(name))).toEqual([]);
});

test('gpt-oss is told how hard to think, others whether to', async () => {
  expect(await bodyFor(asking('x'), { model: 'gpt-oss:20b', settings: { reasoningEffort: 'high' } })).toMatchObject({
    think: 'high',
  });
  expect(await bodyFor(asking('x'), { model: 'qwen3.5', settings: { reasoningEffort: 'high' } })).toMatchObject({
    think: true,
  });
});

test('a model that does not think is not asked to, and the person is told', async () => {
  const server = { ollama: { models: { m: { capabilities: ['completion', 'tools'] } } } };
  await using talk = await talkWith([{ text: 'Fine.' }], { server, settings: { reasoningEffort: 'high' } });
  expect(noticesOf(await talk.hear())).toContain('The reasoning effort is not sent: m does not think.');
  expect(talk.bodies[0]).not.toHaveProperty('think');
});

test('case 97: two results are two messages with the names of their functions, in the order of the calls', async () => {
  const calls = [call('c1', '{"path":"a"}'), call('c2', '{"path":"b"}')];
  const messages = await messagesFor([userMessage('go'), assistant(calls), result('c2', 'B'), result('c1', 'A')]);
  expect(messages.slice(2)).toEqual([
    {
      role: 'assistant',
      content: '',
      tool_calls: [
        { id: 'c1', function: { index: 0, name: 'read', arguments: { path: 'a' } } },
        { id: 'c2', function: { index: 1, name: 'read', arguments: { path: 'b' } } },
      ],
    },
    { role: 'tool', tool_name: 'read', tool_call_id: 'c1', content: 'A' },
    { role: 'tool', tool_name: 'read', tool_call_id: 'c2', content: 'B' },
  ]);
});

test.each(['{"path":', '', '[1]', 'null', '"text"'])(
  'case 98: stored arguments %j go out as an empty object',
  async (text) => {
    const messages = await messagesFor([userMessage('go'), assistant([call('c1', text)]), result('c1', 'A')]);
    expect(messages[2]).toMatchObject({ tool_calls: [{ function: { arguments: {} } }] });
  },
);

test('case 96: a call that nobody answered is answered here', async () => {
  const messages = await messagesFor([userMessage('go'), assistant([call('c1')]), userMessage('and now?')]);
  expect(messages[3]).toMatchObject({ role: 'tool', tool_call_id: 'c1', content: expect.stringContaining('cut off') });
});

test('case 99: half a surrogate pair is replaced', async () => {
  const messages = await messagesFor([userMessage('a\uD83Db')]);
  expect(messages[1]).toEqual({ role: 'user', content: 'a\uFFFDb' });
});

test('a thought goes back to the model that had it, and to no other', async () => {
  const thought = [
    { type: 'reasoning', text: 'Hm.' },
    { type: 'text', text: 'So.' },
  ] as const;
  const [mine, other] = [assistant(thought), assistant(thought, { provider: 'groq', model: 'm' })];
  const messages = await messagesFor([userMessage('a'), mine, userMessage('b'), other, userMessage('c')]);
  expect(messages[2]).toEqual({ role: 'assistant', content: 'So.', thinking: 'Hm.' });
  expect(messages[4]).toEqual({ role: 'assistant', content: 'So.' });
});

test('images are base64 beside the words, those of tools behind the answers', async () => {
  const shown: ToolMessage = { ...result('c1', 'a picture'), content: [image] };
  const look: Message = { role: 'user', content: [{ type: 'text', text: 'look' }, image] };
  const messages = await messagesFor([look, assistant([call('c1')]), shown]);
  expect(messages[1]).toEqual({ role: 'user', content: 'look', images: ['iVBORw0K'] });
  expect(messages.slice(3)).toMatchObject([
    { role: 'tool', content: '(see the image)' },
    { role: 'user', images: ['iVBORw0K'] },
  ]);
});

test('a model that says it has no vision gets a note in the place of an image', async () => {
  const server = { ollama: { models: { m: { capabilities: ['completion', 'tools'] } } } };
  const look: Message = { role: 'user', content: [{ type: 'text', text: 'look' }, image] };
  const [, message] = await messagesFor([look], { server });
  expect(message).toEqual({ role: 'user', content: expect.stringMatching(/^look\n\[An image was left out/) });
});

test('no key, no header; with one it goes to every path of the configured address', async () => {
  await using open = await talkWith([{ text: 'a' }]);
  await open.hear();
  expect(open.server.requests.map(({ headers }) => headers.authorization)).not.toContain('Bearer none');
  await using gated = await talkWith([{ text: 'a' }], { settings: { apiKey: key() } });
  await gated.hear();
  expect(gated.server.requests.length).toBeGreaterThan(2);
  expect(gated.server.requests.every(({ headers }) => headers.authorization === `Bearer ${key().reveal()}`)).toBe(true);
});
