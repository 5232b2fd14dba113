import type { JsonObject } from '@trae-cli/protocol';
import { responsesNotation } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { heardFrom } from '../conversation.js';
import {
  added,
  call,
  callItem,
  completed,
  created,
  done,
  hearing,
  incomplete,
  message,
  messageItem,
  overResponses,
  reasoning,
  reasoningItem,
  said,
  talkWith,
  thought,
  usage,
  written,
} from './responses-talk.js';

const { R } = responsesNotation;

const queued = R('response.queued', { response: { status: 'queued' } });
const inProgress = R('response.in_progress', { response: { status: 'in_progress' } });

describe('text is heard', () => {
  test.each([
    ['in pieces', created + queued + inProgress + message(0, 'Hi') + completed({ output: [messageItem(0, 'Hi')] })],
    ['without the events around it', said(0, 'H') + said(0, 'i') + completed()],
    ['only where it is done', done(0, messageItem(0, 'Hi')) + completed()],
    ['only at the end of the answer', created + completed({ output: [messageItem(0, 'Hi')] })],
    ['as far as the pieces have left it out', said(0, 'H') + done(0, messageItem(0, 'Hi')) + completed()],
    ['once, where events come twice', (message(0, 'Hi') + completed()).replaceAll(/^event.*\n/gm, '')],
    [
      'among events that nobody knows',
      R('response.web_search_call.searching', {}) + message(0, 'Hi') + R('keepalive') + completed(),
    ],
    ['without the number of its item', R('response.output_text.delta', { delta: 'Hi' }) + completed()],
    [
      'under another id in every event',
      added(0, { type: 'message', id: 'x' }) +
        said(0, 'Hi') +
        done(0, { ...messageItem(0, 'Hi'), id: 'y' }) +
        completed(),
    ],
    ['before an end mark of Chat Completions', message(0, 'Hi') + completed() + 'data: [DONE]\n\n'],
    ['and nothing after the end', message(0, 'Hi') + completed() + said(1, 'more')],
    ['and a failure after the end is none', message(0, 'Hi') + completed() + R('error', { message: 'late' })],
  ])('%s', async (_title, stream) => {
    expect(await hearing(stream)).toMatchObject({ text: 'Hi', stop: 'end', error: undefined });
  });

  test('twice, where the model says it twice', async () => {
    const twice = said(0, 'ha') + said(0, 'ha');
    expect(await hearing(twice + completed())).toMatchObject({ text: 'haha' });
  });

  test('once, where an event comes twice with the same number', async () => {
    const piece = R('response.output_text.delta', { sequence_number: 4, output_index: 0, delta: 'ha' });
    expect(await hearing(piece + piece + completed())).toMatchObject({ text: 'ha' });
  });

  test('from the parts of two messages with the number 0', async () => {
    const two = [0, 1].map((id) => message(id, `${id}`).replaceAll('"output_index":1', '"output_index":0'));
    expect(await hearing(...two, completed())).toMatchObject({ text: '01' });
  });

  test('case 22: and a refusal is text that was filtered', async () => {
    const refusal = { output_index: 0, item_id: 'm', content_index: 0 };
    const stream =
      R('response.refusal.delta', { ...refusal, delta: 'No' }) +
      R('response.refusal.done', { ...refusal, refusal: 'No' });
    expect(await hearing(stream + completed())).toMatchObject({ text: 'No', stop: 'filtered' });
    const whole = { ...messageItem(0, ''), content: [{ type: 'refusal', refusal: 'No' }] };
    expect(await hearing(completed({ output: [whole] }))).toMatchObject({ text: 'No', stop: 'filtered' });
  });
});

describe('a call is heard', () => {
  const expected = [{ id: 'call_0', name: 'read', arguments: '{"path":"x"}' }];

  test.each<readonly [string, string]>([
    ['in pieces', created + call(0, 'x') + completed({ output: [callItem(0, 'x')] })],
    ['only where it is done', done(0, callItem(0, 'x')) + completed()],
    ['only at the end of the answer', completed({ output: [callItem(0, 'x')] })],
    ['without being announced', written(0, '{"path"') + done(0, callItem(0, 'x')) + completed()],
    [
      'as its item has it, whatever the pieces said',
      added(0, callItem(0, '', { arguments: '' })) + written(0, '{"path":"y') + done(0, callItem(0, 'x')) + completed(),
    ],
    [
      'from its pieces, where the item has no arguments',
      added(0, callItem(0, '', { arguments: '' })) +
        written(0, '{"path":') +
        written(0, '"x"}') +
        done(0, callItem(0, '', { arguments: '' })) +
        completed(),
    ],
    ['with arguments that are no text', done(0, callItem(0, '', { arguments: { path: 'x' } })) + completed()],
    [
      'once, where its events come twice',
      call(0, 'x') + done(0, callItem(0, 'x')) + completed({ output: [callItem(0, 'x')] }),
    ],
    ['once, where the end has it under other names', call(0, 'x') + completed({ output: [callItem(7, 'x')] })],
  ])('%s', async (_title, stream) => {
    expect(await hearing(stream)).toMatchObject({ calls: expected, stop: 'tool_calls', error: undefined });
  });

  test('beside others, each with its own pieces', async () => {
    const items = ['x', 'y'].map((path, index) => added(index, callItem(index, path, { arguments: '' })));
    const pieces = written(0, '{"path":') + written(1, '{"path":"y"}') + written(0, '"x"}');
    const { calls } = await hearing(...items, pieces, completed());
    expect(calls).toMatchObject([
      { id: 'call_0', arguments: '{"path":"x"}' },
      { id: 'call_1', arguments: '{"path":"y"}' },
    ]);
  });

  test('case 36: with an id of its own where two have the same', async () => {
    const { calls } = await hearing(call(0, 'x'), done(1, { ...callItem(1, 'y'), call_id: 'call_0' }), completed());
    expect(calls.map(({ arguments: text }) => text)).toEqual(['{"path":"x"}', '{"path":"y"}']);
    expect(new Set(calls.map(({ id }) => id)).size).toBe(2);
  });

  test('by the id of its item where it has no other', async () => {
    const { call_id: _callId, ...item } = callItem(0, 'x');
    expect((await hearing(done(0, item), completed())).calls).toMatchObject([{ id: 'fc_0' }]);
  });

  test('not at all without a name, and that is told', async () => {
    const heard = await hearing(call(0, 'x'), done(1, callItem(1, 'y', { name: '' })), completed());
    expect(heard.calls).toMatchObject(expected);
    expect(JSON.stringify(heard.events)).toContain('call without a name');
  });

  test('case 39: and is a length, not a call, where it was cut off', async () => {
    const cut = added(0, callItem(0, '', { arguments: '' })) + written(0, '{"path":"x');
    expect(await hearing(cut + incomplete('max_output_tokens'))).toMatchObject({ stop: 'length' });
    expect(await hearing(cut + incomplete())).toMatchObject({ stop: 'length' });
    const inTheItem = cut + done(0, callItem(0, 'x', { status: 'incomplete' })) + completed();
    expect(await hearing(inTheItem)).toMatchObject({ stop: 'length' });
  });
});

describe('reasoning is heard', () => {
  test.each<readonly [string, string, string]>([
    ['from its summary', reasoning(0, 'Think.'), 'Think.'],
    [
      'in parts, with a blank line between them',
      thought(0, 'One.', 0) + thought(0, 'Two.', 1) + done(0, reasoningItem(0, 'One.', 'Two.')),
      'One.\n\nTwo.',
    ],
    ['only where it is done', done(0, reasoningItem(0, 'One.', '', 'Two.')), 'One.\n\nTwo.'],
    [
      'whole, where a server shows it',
      R('response.reasoning_text.delta', { output_index: 0, content_index: 0, delta: 'Hm.' }),
      'Hm.',
    ],
    [
      'once, where both come',
      thought(0, 'Short.') +
        R('response.reasoning_text.delta', { output_index: 0, item_id: 'rs_0', delta: 'At length.' }),
      'Short.',
    ],
    ['without a word, where it is only sealed', done(0, reasoningItem(0)), ''],
  ])('%s', async (_title, stream, expected) => {
    const heard = await hearing(stream + message(1, 'A') + completed());
    expect(heard).toMatchObject({ reasoning: expected, text: 'A', error: undefined });
  });

  test('and sealed with its whole item', async () => {
    const { message: turn } = await hearing(reasoning(0, 'Think.') + message(1, 'A') + completed());
    expect(turn.content[0]).toEqual({ type: 'reasoning', text: 'Think.', sealed: reasoningItem(0, 'Think.') });
  });

  test('in its place among messages and calls', async () => {
    const stream =
      reasoning(0, 'a') + message(1, 'b') + reasoning(2, 'c') + call(3, 'd') + message(4, 'e') + call(5, 'f');
    const { message: turn } = await hearing(stream + completed());
    const kinds = turn.content.map((part) => part.type);
    expect(kinds).toEqual(['reasoning', 'text', 'reasoning', 'tool_call', 'text', 'tool_call']);
  });
});

describe('the end of an answer', () => {
  test.each([
    ['max_output_tokens', 'length'],
    ['content_filter', 'filtered'],
    ['sunset', 'other'],
    [undefined, 'other'],
  ])('for the reason %s is %s', async (reason, stop) => {
    expect(await hearing(message(0, 'Hi') + incomplete(reason))).toMatchObject({ text: 'Hi', stop, error: undefined });
  });

  test.each([
    ['a clean close', message(0, 'Hi')],
    ['the end mark of another protocol', `${message(0, 'Hi')}data: [DONE]\n\n`],
    ['a call that is whole', call(0, 'x')],
    ['nothing at all', ''],
  ])('case 15: is none where %s comes instead', async (_title, stream) => {
    const { error, stop } = await hearing(stream);
    expect(stop).toBeUndefined();
    expect(error).toMatchObject({ code: 'stream_broken', retryable: true });
  });

  test('case 58: has usage, what is cached and what was thought included', async () => {
    const heard = await hearing(message(0, 'Hi') + completed());
    expect(heard.usage).toMatchObject({ input: 20, cacheRead: 80, output: 20, reasoning: 5 });
    expect(heard.events.at(-1)).toMatchObject({ type: 'finished', responseId: 'resp_1' });
  });

  test('case 64: has no usage where none is told', async () => {
    expect((await hearing(message(0, 'Hi') + completed({ usage: null }))).usage).toBeNull();
  });
});

describe('case 9: an answer in one piece', () => {
  const whole = (more: JsonObject): JsonObject => ({
    id: 'resp_1',
    object: 'response',
    status: 'completed',
    error: null,
    usage,
    ...more,
  });
  const output = [reasoningItem(0, 'Think.'), messageItem(1, 'Hi'), callItem(2, 'x')];

  test('is heard like a stream', async () => {
    await using talk = await talkWith([{ json: whole({ output }) }], {
      ...overResponses,
      settings: { ...overResponses.settings, stream: false },
    });
    expect(await talk.hear()).toMatchObject({
      reasoning: 'Think.',
      text: 'Hi',
      stop: 'tool_calls',
      usage: { input: 20 },
    });
    expect(talk.bodies[0]).toMatchObject({ stream: false });
  });

  test.each<readonly [string, JsonObject, object]>([
    [
      'cut off',
      whole({
        status: 'incomplete',
        incomplete_details: { reason: 'max_output_tokens' },
        output: [messageItem(0, 'H')],
      }),
      { stop: 'length', text: 'H' },
    ],
    ['still being worked on', whole({ status: 'in_progress', output: [] }), { error: { code: 'provider_protocol' } }],
    [
      'cancelled',
      whole({ status: 'cancelled', output: [] }),
      { error: { code: 'provider_unavailable', retryable: true } },
    ],
    [
      'that failed',
      whole({ status: 'failed', error: { code: 'server_error', message: 'Oh.' } }),
      { error: { code: 'provider_unavailable', retryable: true } },
    ],
    [
      'that is an error',
      { error: { message: 'slow down', code: 429 } },
      { error: { code: 'rate_limited', retryable: true } },
    ],
    ['of another protocol', { object: 'chat.completion', choices: [] }, { error: { code: 'provider_protocol' } }],
  ])('%s', async (_title, json, expected) => {
    await using talk = await talkWith([{ json }]);
    expect(await talk.hear()).toMatchObject(expected);
  });
});

test('case 8: what is no JSON ends the turn, with what was said before', async () => {
  const heard = await heardFrom([said(0, 'A'), 'data: {"broken\n\n'], overResponses);
  expect(heard).toMatchObject({ text: 'A', error: { code: 'provider_protocol', retryable: true } });
});

test('case 108: the name of an event may stand before the data alone, or in the data alone', async () => {
  const stream = message(0, 'Hi') + completed();
  const onlyBefore = stream.replaceAll(/"type":"response\.[a-z_.]+",/g, '');
  const onlyInside = stream.replaceAll(/^event:.*\n/gm, '');
  expect(onlyBefore).not.toBe(stream);
  for (const form of [onlyBefore, onlyInside]) expect(await hearing(form)).toMatchObject({ text: 'Hi', stop: 'end' });
});
