import { type AssistantMessage, type JsonValue, type Message, type ToolMessage, userMessage } from '@trae-cli/protocol';
import { responsesRequestSchema } from '@trae-cli/wire';
import { describe, expect, test } from 'vitest';
import { askingWith, type ConversationOptions } from '../conversation.js';
import {
  call,
  completed,
  fromOpenAi,
  inputOf,
  message,
  overResponses,
  reasoning,
  reasoningItem,
  talkWith,
} from './responses-talk.js';

const fine = { text: 'Fine.' };
const user = userMessage('go');
const sentUser = { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'go' }] };
const own = { provider: 'openai_compatible', model: 'm' };
const image = { type: 'image', mediaType: 'image/png', base64: 'QUJD' } as const;

const assistant = (content: AssistantMessage['content'], origin = own): AssistantMessage => ({
  role: 'assistant',
  content,
  origin,
});
const callPart = (id: string, text = '{}') => ({ type: 'tool_call', id, name: 'read', arguments: text }) as const;
const textPart = (text: string) => ({ type: 'text', text }) as const;
const result = (callId: string, content: ToolMessage['content']): ToolMessage => ({
  role: 'tool',
  callId,
  toolName: 'read',
  status: 'ok',
  content,
});
const sentText = (text: string): JsonValue => ({
  type: 'message',
  role: 'assistant',
  content: [{ type: 'output_text', text, annotations: [] }],
});
const sentCall = (call_id: string, text: string): JsonValue => ({
  type: 'function_call',
  call_id,
  name: 'read',
  arguments: text,
});
const sentOutput = (call_id: string, output: JsonValue): JsonValue => ({
  type: 'function_call_output',
  call_id,
  output,
});

async function sent(messages: readonly Message[], options: ConversationOptions = overResponses) {
  await using talk = await talkWith([fine], options);
  expect((await talk.hear(askingWith(messages))).error).toBeUndefined();
  responsesRequestSchema.parse(talk.bodies[0]);
  return inputOf(talk.bodies[0]);
}

describe('what the model said goes back to it', () => {
  test.each([overResponses, fromOpenAi])(
    'item by item, in its order, its thoughts unchanged: $entry',
    async (options) => {
      const turn = reasoning(0, 'a') + message(1, 'b') + reasoning(2, 'c') + call(3, 'x') + call(4, 'y');
      await using talk = await talkWith([{ chunks: [turn + completed()] }, fine], options);
      const { message: said } = await talk.hear(askingWith([user]));
      const recorded = JSON.parse(JSON.stringify(said)) as AssistantMessage;
      await talk.hear(
        askingWith([user, recorded, result('call_4', [textPart('Y')]), result('call_3', [textPart('X')])]),
      );
      expect(inputOf(talk.bodies[1])).toEqual([
        sentUser,
        reasoningItem(0, 'a'),
        sentText('b'),
        reasoningItem(2, 'c'),
        sentCall('call_3', '{"path":"x"}'),
        sentCall('call_4', '{"path":"y"}'),
        sentOutput('call_3', 'X'),
        sentOutput('call_4', 'Y'),
      ]);
      responsesRequestSchema.parse(talk.bodies[1]);
    },
  );

  test('without thoughts that nothing follows, which would be refused', async () => {
    const sealed = (index: number) => ({ type: 'reasoning', text: '', sealed: reasoningItem(index) }) as const;
    expect(await sent([user, assistant([sealed(0)]), user])).toEqual([sentUser, sentUser]);
    expect(await sent([assistant([sealed(0), textPart('a'), sealed(1)]), user])).toEqual([
      reasoningItem(0),
      sentText('a'),
      sentUser,
    ]);
  });

  test('without thoughts that have nothing in them but a name', async () => {
    const { encrypted_content: _sealed, ...named } = reasoningItem(0, 'a');
    const stream = `${reasoning(0, 'a').replaceAll(/,"encrypted_content":"[^"]*"/g, '')}${message(1, 'b')}${completed()}`;
    await using talk = await talkWith([{ chunks: [stream] }, fine]);
    const { message: said } = await talk.hear(askingWith([user]));
    expect(said.content[0]).toEqual({ type: 'reasoning', text: 'a' });
    await talk.hear(askingWith([user, said, user]));
    expect(JSON.stringify(talk.bodies[1])).not.toContain(JSON.stringify(named['id']));
  });

  test('and the bytes of the first request are the beginning of the second', async () => {
    await using talk = await talkWith([{ chunks: [call(0, 'x') + completed()] }, fine]);
    const { message: said } = await talk.hear(askingWith([user]));
    await talk.hear(askingWith([user, said, result('call_0', [textPart('X')])]));
    const [first = '', second = ''] = talk.server.requests.map(({ raw }) => raw.toString());
    const common = first.slice(0, first.indexOf('],"tools"'));
    expect(common).toContain('"text":"go"');
    expect(second.startsWith(common)).toBe(true);
  });
});

describe('what another model said', () => {
  const elsewhere = { provider: 'anthropic', model: 'claude-sonnet-5-5' };
  const thoughts = [
    { type: 'reasoning', text: 'Secret.', sealed: { type: 'thinking', thinking: 'Secret.', signature: 'S' } },
    { type: 'reasoning', text: 'Secret.', sealed: { field: 'reasoning_content' } },
    { type: 'reasoning', text: 'Secret.', sealed: reasoningItem(0, 'Secret.') },
  ] as const;

  test.each(thoughts)('goes along without its thoughts %#', async (thought) => {
    const input = await sent([user, assistant([thought, textPart('Said.'), callPart('toolu_1')], elsewhere)]);
    expect(input.slice(1)).toEqual([
      sentText('Said.'),
      sentCall('toolu_1', '{}'),
      sentOutput('toolu_1', 'No result provided: the call was cut off.'),
    ]);
  });

  test('nor do thoughts of this model that it had over another protocol', async () => {
    const input = await sent([user, assistant([...thoughts.slice(0, 2), textPart('Said.')])]);
    expect(input.slice(1)).toEqual([sentText('Said.')]);
  });

  test('case 47b: has ids and names made legal, alike in call and answer', async () => {
    const odd = { ...callPart(`functions.read:${'x'.repeat(80)}`), name: 'my tool' };
    const input = await sent([assistant([odd], elsewhere), result(odd.id, [textPart('X')])]);
    const [made, output] = input.map((item) => item as { readonly call_id: string });
    expect(made).toMatchObject({ name: 'my_tool', call_id: expect.stringMatching(/^[\w-]{1,40}$/) });
    expect(output?.call_id).toBe(made?.call_id);
  });
});

describe('every call is answered once', () => {
  test('case 96c: with a word where nobody answered, and only once where somebody did so twice', async () => {
    const answers = [result('b', [textPart('B')]), result('b', [textPart('again')]), result('stray', [textPart('?')])];
    const input = await sent([assistant([callPart('a'), callPart('b')]), ...answers, user]);
    expect(input.slice(2)).toEqual([
      sentOutput('a', 'No result provided: the call was cut off.'),
      sentOutput('b', 'B'),
      sentUser,
    ]);
  });

  test('case 98b: arguments that are no object are sent as an empty one', async () => {
    const input = await sent([assistant([callPart('a', '{"path":"x')])]);
    expect(input[0]).toEqual(sentCall('a', '{}'));
  });

  test('an image stays in its answer', async () => {
    const input = await sent([assistant([callPart('a')]), result('a', [textPart('Seen.'), image])]);
    const sentImage = { type: 'input_image', image_url: 'data:image/png;base64,QUJD' };
    expect(input[1]).toEqual(sentOutput('a', [{ type: 'input_text', text: 'Seen.' }, sentImage]));
  });

  test('an answer without a word is given one', async () => {
    const input = await sent([assistant([callPart('a')]), result('a', [])]);
    expect(input[1]).toEqual(sentOutput('a', '(no output)'));
  });
});

test('an image of the person is a data address, and a note to a model that does not read images', async () => {
  const looking: Message = { role: 'user', content: [textPart('look'), image] };
  expect(await sent([looking])).toEqual([
    {
      type: 'message',
      role: 'user',
      content: [
        { type: 'input_text', text: 'look' },
        { type: 'input_image', image_url: 'data:image/png;base64,QUJD' },
      ],
    },
  ]);
  const blind = { ...overResponses, settings: { ...overResponses.settings, multimodal: false } };
  expect(JSON.stringify(await sent([looking], blind))).not.toContain('QUJD');
});

test('case 99c: half a surrogate pair is replaced', async () => {
  const [item] = await sent([userMessage('bad \uD83D half')]);
  expect(JSON.stringify(item)).toContain('bad \uFFFD half');
});
