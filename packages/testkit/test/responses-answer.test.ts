import { type ModelAnswer, responsesNotation } from '@trae-cli/testkit';
import { type ResponsesEvent, responsesEventSchema, responsesReplySchema } from '@trae-cli/wire';
import { expect, test } from 'vitest';
import { answered, eventsIn, fullAnswer } from './asking.js';

const path = '/v1/responses';

async function heard(answer: ModelAnswer): Promise<readonly ResponsesEvent[]> {
  const { text, type } = await answered(path, answer);
  expect(type).toBe('text/event-stream');
  return eventsIn(text).map((event) => responsesEventSchema.parse(event));
}

/** The kinds of the events with the item they are about, pieces in a row counted as one. */
function orderOf(events: readonly ResponsesEvent[]): readonly string[] {
  const kinds = events.map((event) => {
    const type = event.type.replace('response.', '');
    return 'output_index' in event ? `${Number(event.output_index)} ${type}` : type;
  });
  return kinds.filter((kind, index) => kind !== kinds[index - 1]);
}

const call = (index: number): readonly string[] => [
  `${index} output_item.added`,
  `${index} function_call_arguments.delta`,
  `${index} function_call_arguments.done`,
  `${index} output_item.done`,
];

test('an answer is a response of items, each added, said and done before the next', async () => {
  expect(orderOf(await heard(fullAnswer))).toEqual([
    'created',
    'in_progress',
    '0 output_item.added',
    '0 reasoning_summary_part.added',
    '0 reasoning_summary_text.delta',
    '0 reasoning_summary_text.done',
    '0 reasoning_summary_part.done',
    '0 output_item.done',
    '1 output_item.added',
    '1 content_part.added',
    '1 output_text.delta',
    '1 output_text.done',
    '1 content_part.done',
    '1 output_item.done',
    ...call(2),
    ...call(3),
    'completed',
  ]);
});

test('events are numbered, and those of an item name it', async () => {
  const events = await heard(fullAnswer);
  expect(events.map((event) => event['sequence_number'])).toEqual(events.map((_event, index) => index));
  const added = events.flatMap((event) => (event.type === 'response.output_item.added' ? [event.item.id] : []));
  const named = events.flatMap((event) => ('item_id' in event ? [event.item_id] : []));
  expect([...new Set(named)]).toEqual(added);
});

test('the pieces add up to the items, and the items to the response', async () => {
  const events = await heard(fullAnswer);
  const pieces = events.flatMap((event) => ('delta' in event ? [event] : []));
  const said = (index: number) => pieces.map((event) => (event.output_index === index ? event.delta : '')).join('');
  expect([0, 1, 2, 3].map(said)).toEqual(['Let me think.', 'Reading it.', '{"path":"a.ts"}', '{}']);
  const done = events.flatMap((event) => (event.type === 'response.output_item.done' ? [event.item] : []));
  expect(done).toMatchObject([
    { type: 'reasoning', summary: [{ text: 'Let me think.' }], encrypted_content: expect.stringMatching(/./) },
    { type: 'message', content: [{ type: 'output_text', text: 'Reading it.' }] },
    { type: 'function_call', call_id: 'call_a', name: 'read', arguments: '{"path":"a.ts"}' },
    { type: 'function_call', call_id: 'call_b', name: 'ls', arguments: '{}' },
  ]);
  expect(events.at(-1)).toMatchObject({ response: { output: done } });
});

test.each([
  [{ text: 'Hi' }, { type: 'response.completed', response: { status: 'completed', incomplete_details: null } }],
  [{ calls: [{ name: 'ls' }] }, { type: 'response.completed' }],
  [
    { text: 'Hi', finishReason: 'length' },
    { type: 'response.incomplete', response: { incomplete_details: { reason: 'max_output_tokens' } } },
  ],
  [
    { text: 'Hi', finishReason: 'sunset' },
    { type: 'response.incomplete', response: { incomplete_details: { reason: 'sunset' } } },
  ],
  [{ text: 'Hi' }, { response: { usage: { input_tokens: 10, output_tokens: 5, total_tokens: 15 } } }],
  [{ text: 'Hi', usage: { input_tokens: 1 } }, { response: { usage: { input_tokens: 1 } } }],
  [{ text: 'Hi', usage: null }, { response: { usage: null } }],
  [
    { text: 'Hi', fails: 'Overloaded' },
    { type: 'response.failed', response: { status: 'failed', error: { message: 'Overloaded' } } },
  ],
])('%j ends with %j', async (answer, last) => {
  expect((await heard(answer)).at(-1)).toMatchObject(last);
});

test.each([
  [{ text: 'half a', breaksOff: 'end' }, '0 output_text.delta'],
  [{ reasoning: 'Hm.', calls: [{ name: 'ls' }], breaksOff: 'end' }, '1 function_call_arguments.delta'],
] as const)('%j breaks off where its last item is open', async (answer, last) => {
  expect(orderOf(await heard(answer)).at(-1)).toBe(last);
});

test('whoever does not ask for a stream gets one response', async () => {
  const { text, type } = await answered(path, fullAnswer, { stream: false });
  expect(type).toBe('application/json');
  const reply = responsesReplySchema.parse(JSON.parse(text));
  expect(reply).toMatchObject({ object: 'response', status: 'completed', usage: { input_tokens: 10 } });
  expect(reply.output?.map((item) => item.type)).toEqual(['reasoning', 'message', 'function_call', 'function_call']);
});

test('an event is written as a line of a table', () => {
  expect(responsesNotation.R('error', { message: 'x' })).toBe('event: error\ndata: {"type":"error","message":"x"}\n\n');
});
