import {
  type AssistantMessage,
  type JsonValue,
  type Message,
  type ModelRequest,
  type ToolMessage,
  userMessage,
} from '@trae-cli/protocol';
import { messagesRequestSchema } from '@trae-cli/wire';
import { describe, expect, test } from 'vitest';
import { askingWith } from '../conversation.js';
import {
  answered,
  begin,
  delta,
  end,
  field,
  gateway,
  sample,
  startMessage,
  stopWith,
  streamOf,
  talkTo,
  textBlock,
} from './messages-talk.js';

const own = { provider: 'anthropic', model: 'claude-sonnet-5-5' };
const other = { provider: 'groq', model: 'llama' };
const go = userMessage('go');

const said = (content: AssistantMessage['content'], origin = own): AssistantMessage => ({
  role: 'assistant',
  content,
  origin,
});

const callOf = (id: string, text = '{"path":"a"}') =>
  ({ type: 'tool_call', id, name: 'read', arguments: text }) as const;

const answer = (callId: string, text: string, more: Partial<ToolMessage> = {}): ToolMessage => ({
  role: 'tool',
  callId,
  toolName: 'read',
  status: 'ok',
  content: [{ type: 'text', text }],
  ...more,
});

const image = { type: 'image', mediaType: 'image/png', base64: 'AAAA' } as const;
const wireImage = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } };

const withoutMarks = (value: JsonValue | undefined): JsonValue =>
  JSON.parse(JSON.stringify(value).replaceAll(',"cache_control":{"type":"ephemeral"}', '')) as JsonValue;

/** The messages as they are sent, in a request that the service would take. */
async function sentFor(messages: readonly Message[], more: Partial<ModelRequest> = {}) {
  await using talk = await talkTo([answered()]);
  await talk.hear(askingWith(messages, more));
  const [body] = talk.bodies;
  expect(messagesRequestSchema.safeParse(body).error).toBeUndefined();
  return withoutMarks(body?.['messages']);
}

const text = (words: string) => ({ type: 'text', text: words });
const user = (...content: readonly JsonValue[]) => ({ role: 'user', content });
const assistant = (...content: readonly JsonValue[]) => ({ role: 'assistant', content });
const use = (id: string, input: JsonValue = { path: 'a' }) => ({ type: 'tool_use', id, name: 'read', input });
const result = (id: string, content: JsonValue, more = {}) => ({
  type: 'tool_result',
  tool_use_id: id,
  content,
  ...more,
});

describe('a conversation as Messages have it', () => {
  test('case 103: a thought goes back before its call, byte by byte as it came', async () => {
    await using talk = await talkTo([{ chunks: [...sample] }, answered()]);
    const { message } = await talk.hear();
    await talk.hear(askingWith([userMessage('hello'), message, answer('toolu_1', 'text')]));
    const raw = talk.server.requests[1]?.raw.toString('utf8');
    expect(raw).toContain(
      '{"role":"assistant","content":[{"type":"thinking","thinking":"Hm","signature":"EqQB"},{"type":"tool_use","id":"toolu_1","name":"read","input":{"path":"a"}}]}',
    );
  });

  test('case 111: so does a redacted one', async () => {
    const block = { type: 'redacted_thinking', data: 'c2VjcmV0' };
    await using talk = await talkTo([
      { chunks: [streamOf(begin(0, block) + end(0) + textBlock(1, 'Hi'))] },
      answered(),
    ]);
    const { message } = await talk.hear();
    await talk.hear(askingWith([userMessage('hello'), message, userMessage('on')]));
    expect(withoutMarks(field(talk.bodies[1], 'messages', 1))).toEqual(assistant(block, text('Hi')));
  });

  test('case 113: a thought that was cut off is in no later request', async () => {
    const cut = [
      startMessage(),
      begin(0, { type: 'thinking', thinking: '' }),
      delta(0, { type: 'thinking_delta', thinking: 'Hm' }),
    ];
    for (const entry of [undefined, gateway]) {
      await using talk = await talkTo([{ chunks: cut }, answered()], entry === undefined ? {} : { entry });
      const { error, message } = await talk.hear();
      expect(error).toMatchObject({ code: 'stream_broken' });
      expect(message.content).toEqual([{ type: 'reasoning', text: 'Hm' }]);
      await talk.hear(
        askingWith([
          userMessage('hello'),
          { ...message, content: [...message.content, text('x') as never] },
          userMessage('on'),
        ]),
      );
      expect(withoutMarks(field(talk.bodies[1], 'messages', 1))).toEqual(assistant(text('x')));
    }
  });

  test('case 113b: an unsigned thought of a gateway goes back to it with an empty signature', async () => {
    const blocks = begin(0, { type: 'thinking', thinking: 'Hm' }) + end(0) + textBlock(1, 'x');
    await using talk = await talkTo([{ chunks: [streamOf(blocks)] }, answered()], { entry: gateway });
    const { message } = await talk.hear();
    await talk.hear(askingWith([userMessage('hello'), message, userMessage('on')]));
    expect(field(talk.bodies[1], 'messages', 1)).toEqual(
      assistant({ type: 'thinking', thinking: 'Hm', signature: '' }, text('x')),
    );
  });

  test('case 54: the thoughts of another model stay away, and so does what another protocol has sealed', async () => {
    const thought = { type: 'reasoning', text: 'Hm', sealed: { signature: 'EqQB' } } as const;
    const odd = { type: 'reasoning', text: 'Hm', sealed: { field: 'reasoning' } } as const;
    const words = { type: 'text', text: 'x' } as const;
    expect(await sentFor([go, said([thought, words], other), go, said([odd, words]), go])).toEqual([
      user(text('go')),
      assistant(text('x')),
      user(text('go')),
      assistant(text('x')),
      user(text('go')),
    ]);
  });

  test('case 47: the ids of another model are made legal, in the call and in its answer', async () => {
    const messages = await sentFor([go, said([callOf('functions.read:0')], other), answer('functions.read:0', 'x')]);
    const id = field(messages, 1, 'content', 0, 'id');
    expect(id).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
    expect(field(messages, 2, 'content', 0, 'tool_use_id')).toBe(id);
  });

  test('case 96: a call that was cut off is answered, right behind it', async () => {
    expect(await sentFor([go, said([callOf('a')]), userMessage('on')])).toEqual([
      user(text('go')),
      assistant(use('a')),
      user(result('a', 'No result provided: the call was cut off.', { is_error: true }), text('on')),
    ]);
  });

  test('case 97: all results of a turn stand in one message, before the words of the person', async () => {
    const messages = [go, said([callOf('a'), callOf('b')]), answer('b', 'B'), answer('a', 'A'), userMessage('on')];
    expect(await sentFor(messages)).toEqual([
      user(text('go')),
      assistant(use('a'), use('b')),
      user(result('a', 'A'), result('b', 'B'), text('on')),
    ]);
  });

  test.each(['{"path":', '"text"', '[1]', ''])(
    'case 98: arguments that are no object, %j, are an empty one',
    async (raw) => {
      const messages = await sentFor([go, said([callOf('a', raw)]), answer('a', 'A')]);
      expect(field(messages, 1, 'content', 0, 'input')).toEqual({});
    },
  );

  test('arguments go back in the words of the model', async () => {
    await using talk = await talkTo([answered()]);
    await talk.hear(askingWith([go, said([callOf('a', '{ "path" : "a\\u00e9" }')]), answer('a', 'A')]));
    expect(talk.server.requests[0]?.raw.toString('utf8')).toContain('"input":{ "path" : "a\\u00e9" }');
  });

  test('case 99: half a character is replaced, wherever it stands', async () => {
    const half = 'x\uD800y';
    const messages = [
      userMessage(half),
      said([{ type: 'text', text: half }, callOf('a', `{"path":"${half}"}`)]),
      answer('a', half),
    ];
    const sent = JSON.stringify(await sentFor(messages, { instructions: half }));
    expect(sent.match(/x\uFFFDy/g)).toHaveLength(4);
    expect(sent).not.toContain('\\ud800');
  });

  test('images stand in results, and behind them where the result is an error', async () => {
    const messages = [
      { role: 'user', content: [{ type: 'text', text: 'see' }, image] } as const,
      said([callOf('a'), callOf('b')]),
      answer('a', '', { content: [image] }),
      answer('b', 'no', { status: 'error', content: [{ type: 'text', text: 'no' }, image] }),
    ];
    expect(await sentFor(messages)).toEqual([
      user(text('see'), wireImage),
      assistant(use('a'), use('b')),
      user(
        result('a', [wireImage]),
        result('b', 'no', { is_error: true }),
        text('The image that read answered with:'),
        wireImage,
      ),
    ]);
  });

  test.each(['', ' \n'])('an answer of %j says that there was none', async (nothing) => {
    const messages = await sentFor([go, said([callOf('a')]), answer('a', nothing)]);
    expect(field(messages, 2, 'content', 0, 'content')).toBe('(no output)');
  });

  test('text of nothing but space is no block, and an answer of nothing but thoughts no message', async () => {
    const thought = { type: 'reasoning', text: 'Hm', sealed: { signature: 'A' } } as const;
    const messages = [
      go,
      said([{ type: 'text', text: '\n' }, callOf('a')]),
      answer('a', 'A'),
      said([thought]),
      userMessage('on'),
    ];
    expect(await sentFor(messages)).toEqual([
      user(text('go')),
      assistant(use('a')),
      user(result('a', 'A')),
      user(text('on')),
    ]);
  });

  test.each<readonly [string, readonly Message[], readonly JsonValue[]]>([
    [
      'that begins with the model',
      [said([{ type: 'text', text: 'Hi' }]), go],
      [user(text('(The conversation begins here.)')), assistant(text('Hi')), user(text('go'))],
    ],
    [
      'that begins with nothing',
      [userMessage(' '), said([{ type: 'text', text: 'Hi' }]), go],
      [user(text('(The conversation begins here.)')), assistant(text('Hi')), user(text('go'))],
    ],
    [
      'that ends with the model',
      [go, said([{ type: 'text', text: 'Hi ' }])],
      [user(text('go')), assistant(text('Hi ')), user(text('Go on.'))],
    ],
    ['that begins with an answer to nobody', [answer('x', 'X'), go], [user(text('go'))]],
  ])('a conversation %s is put right', async (_title, messages, expected) => {
    expect(await sentFor(messages)).toEqual(expected);
  });

  test('without tools, calls and their answers are told in words', async () => {
    const messages = [
      go,
      said([{ type: 'reasoning', text: 'Hm', sealed: { signature: 'A' } }, callOf('a'), callOf('b')]),
      answer('a', 'A'),
    ];
    expect(await sentFor([...messages, userMessage('Sum up.')], { tools: [] })).toEqual([
      user(text('go')),
      assistant(text('[Called the tool read with {"path":"a"}]'), text('[Called the tool read with {"path":"a"}]')),
      user(text('[The tool read answered]\nA'), text('[No result provided: the call was cut off.]'), text('Sum up.')),
    ]);
  });
});

describe('what the service does with tools of its own', () => {
  const search = { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: { query: 'a' } };
  const found = { type: 'web_search_tool_result', tool_use_id: 'srvtoolu_1', content: [] };
  const kept = (block: typeof search | typeof found) => ({ type: 'reasoning', text: '', sealed: { block } }) as const;

  test('goes back in its place', async () => {
    const words = { type: 'text', text: 'x' } as const;
    const messages = await sentFor([go, said([words, kept(search), kept(found), words]), go]);
    expect(field(messages, 1)).toEqual(assistant(text('x'), search, found, text('x')));
  });

  test('case 110d: a turn that was paused is sent again as it is', async () => {
    expect(await sentFor([go, said([kept(search)])])).toEqual([user(text('go')), assistant(search)]);
  });

  test('case 110e: where something follows, what was not answered is left out', async () => {
    const words = { type: 'text', text: 'x' } as const;
    expect(await sentFor([go, said([words, kept(search)]), userMessage('on')])).toEqual([
      user(text('go')),
      assistant(text('x')),
      user(text('on')),
    ]);
  });

  test('case 110g: a turn that pauses is sent again until it ends, and is one message', async () => {
    const pause = (text: string) => ({
      chunks: [startMessage({ usage: { input_tokens: 5 } }), textBlock(0, text), stopWith('pause_turn')],
    });
    await using talk = await talkTo([pause('a'), pause('b'), { chunks: [...sample] }]);
    const heard = await talk.hear();
    expect(heard).toMatchObject({ error: undefined, stop: 'tool_calls', text: 'ab', usage: { input: 20, output: 89 } });
    expect(heard.message.content).toHaveLength(4);
    expect(heard.events.filter(({ type }) => type === 'finished')).toHaveLength(1);
    expect(talk.bodies.map((body) => field(body, 'messages', -1, 'role'))).toEqual(['user', 'user', 'user']);
  });

  test('case 110h: a turn that always pauses is given up as one that was cut off', async () => {
    const pause = { chunks: [startMessage(), begin(0, search) + end(0), stopWith('pause_turn')] };
    await using talk = await talkTo(() => pause);
    expect(await talk.hear()).toMatchObject({ error: undefined, stop: 'length' });
    expect(talk.server.requests).toHaveLength(6);
    expect(field(talk.bodies[5], 'messages', -1, 'role')).toBe('assistant');
  });
});
