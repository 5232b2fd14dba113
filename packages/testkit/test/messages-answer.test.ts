import { messagesNotation, type ModelAnswer } from '@trae-cli/testkit';
import { type MessagesEvent, messagesEventSchema, messagesReplySchema } from '@trae-cli/wire';
import { expect, test } from 'vitest';
import { answered, eventsIn, fullAnswer } from './asking.js';

const path = '/v1/messages';

async function heard(answer: ModelAnswer): Promise<readonly MessagesEvent[]> {
  const { text, type } = await answered(path, answer);
  expect(type).toBe('text/event-stream');
  return eventsIn(text).map((event) => messagesEventSchema.parse(event));
}

/** The kinds of the events, pieces in a row counted as one. */
function orderOf(events: readonly MessagesEvent[]): readonly string[] {
  const kinds = events.map((event) => {
    if (event.type === 'content_block_start') return `start ${event.index} ${event.content_block.type}`;
    if (event.type === 'content_block_delta') return `delta ${event.index} ${event.delta.type}`;
    return event.type === 'content_block_stop' ? `stop ${event.index}` : event.type;
  });
  return kinds.filter((kind, index) => kind !== kinds[index - 1]);
}

test('an answer is a message of blocks, each opened, said and closed before the next', async () => {
  expect(orderOf(await heard(fullAnswer))).toEqual([
    'message_start',
    'start 0 thinking',
    'delta 0 thinking_delta',
    'delta 0 signature_delta',
    'ping',
    'stop 0',
    'start 1 text',
    'delta 1 text_delta',
    'stop 1',
    'start 2 tool_use',
    'delta 2 input_json_delta',
    'stop 2',
    'start 3 tool_use',
    'delta 3 input_json_delta',
    'stop 3',
    'message_delta',
    'message_stop',
  ]);
});

test('the pieces add up to what the model says', async () => {
  const deltas = (await heard(fullAnswer)).flatMap((event) => (event.type === 'content_block_delta' ? [event] : []));
  const said = (index: number) =>
    deltas
      .filter((event) => event.index === index)
      .map(({ delta }) => `${delta.thinking ?? ''}${delta.text ?? ''}${delta.partial_json ?? ''}`)
      .join('');
  expect([0, 1, 2, 3].map(said)).toEqual(['Let me think.', 'Reading it.', '{"path":"a.ts"}', '{}']);
});

test('usage begins with the message and ends with it', async () => {
  const events = await heard({ text: 'Hi' });
  expect(events[0]).toMatchObject({ message: { content: [], usage: { input_tokens: 10, output_tokens: 1 } } });
  expect(events.at(-2)).toMatchObject({ delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 5 } });
});

test('usage of the script is sent as it is, and none where it wants none', async () => {
  const usage = { input_tokens: 3, cache_read_input_tokens: 100, output_tokens: 7 };
  const events = await heard({ text: 'Hi', usage });
  expect(events[0]).toMatchObject({ message: { usage: { ...usage, output_tokens: 1 } } });
  expect(events.at(-2)).toMatchObject({ usage });
  expect(JSON.stringify(await heard({ text: 'Hi', usage: null }))).not.toContain('usage');
});

test.each([
  [{ text: 'Hi' }, 'end_turn'],
  [{ calls: [{ name: 'ls' }] }, 'tool_use'],
  [{ text: 'Hi', finishReason: 'length' }, 'max_tokens'],
  [{ text: 'Hi', finishReason: 'content_filter' }, 'refusal'],
  [{ text: 'Hi', finishReason: 'pause_turn' }, 'pause_turn'],
])('%j ends with %s', async (answer, reason) => {
  expect((await heard(answer)).at(-2)).toMatchObject({ delta: { stop_reason: reason } });
});

test.each([
  [{ text: 'half a', breaksOff: 'end' }, 'delta 0 text_delta'],
  [{ reasoning: 'Hm.', breaksOff: 'end' }, 'ping'],
  [{ text: 'half a', fails: 'Overloaded' }, 'error'],
] as const)('%j has no end', async (answer, last) => {
  const order = orderOf(await heard(answer));
  expect(order.filter((kind) => /^(?:stop 0|message_delta|message_stop)$/.test(kind))).toEqual([]);
  expect(order.filter((kind) => kind !== 'ping' || last === 'ping').at(-1)).toBe(last);
});

test('whoever does not ask for a stream gets one message', async () => {
  const { text, type } = await answered(path, fullAnswer, {});
  expect(type).toBe('application/json');
  expect(messagesReplySchema.parse(JSON.parse(text))).toMatchObject({
    type: 'message',
    content: [
      { type: 'thinking', thinking: 'Let me think.', signature: expect.stringMatching(/./) },
      { type: 'text', text: 'Reading it.' },
      { type: 'tool_use', id: 'call_a', name: 'read', input: { path: 'a.ts' } },
      { type: 'tool_use', id: 'call_b', name: 'ls', input: {} },
    ],
    stop_reason: 'tool_use',
    usage: { input_tokens: 10, output_tokens: 5 },
  });
});

test('an event is written as a line of a table', () => {
  expect(messagesNotation.E('ping')).toBe('event: ping\ndata: {"type":"ping"}\n\n');
});
