import { ollamaNotation, splitAt, splitEvery } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { retriesOf, told } from '../conversation.js';
import { heardLines, noticesOf, talkWith } from './talk.js';

const { N } = ollamaNotation;

const said = (message: Record<string, string>) =>
  N({ message: { role: 'assistant', content: '', ...message }, done: false });
const end = {
  message: { role: 'assistant', content: '' },
  done: true,
  done_reason: 'stop',
  prompt_eval_count: 5,
  eval_count: 2,
};
const call = (name: string, args: Record<string, string>) => ({ function: { name, arguments: args } });

test('case 115: text and counts', async () => {
  const heard = await heardLines([said({ content: 'Hi' }), N(end)]);
  expect(heard).toMatchObject({ text: 'Hi', stop: 'end', usage: { input: 5, output: 2 } });
});

test('case 116: a call on the last line alone is a call, though the server says stop', async () => {
  const last = {
    ...end,
    message: { role: 'assistant', content: '', tool_calls: [{ id: 'c1', ...call('read', { path: 'a' }) }] },
  };
  const heard = await heardLines([N(last)]);
  expect(heard).toMatchObject({ stop: 'tool_calls', calls: [{ id: 'c1', name: 'read', arguments: '{"path":"a"}' }] });
});

test('case 117: two calls without ids on two lines are two calls with ids of their own', async () => {
  const line = (path: string) =>
    N({ message: { role: 'assistant', tool_calls: [call('read', { path })] }, done: false });
  const { calls, stop } = await heardLines([line('a'), line('b'), N(end)]);
  expect(calls.map((part) => part.arguments)).toEqual(['{"path":"a"}', '{"path":"b"}']);
  expect(new Set(calls.map(({ id }) => id)).size).toBe(2);
  expect(stop).toBe('tool_calls');
});

test('case 117b: the same call twice, without arguments and with the index 0 both times, is two calls', async () => {
  const twice = { function: { index: 0, name: 'list', arguments: {} } };
  const { calls } = await heardLines([N({ message: { tool_calls: [twice, twice] }, done: false }), N(end)]);
  expect(calls).toHaveLength(2);
});

test('case 118: an error in the middle ends the turn as an error that is tried again', async () => {
  const error = N({ error: 'model runner has unexpectedly stopped' });
  const heard = await heardLines([said({ content: 'A' }), error]);
  expect(heard).toMatchObject({ text: 'A', stop: undefined, error: { code: 'provider_unavailable', retryable: true } });
  await using talk = await talkWith([{ chunks: [said({ content: 'A' }), error] }, { text: 'B' }], {
    settings: { maxRetries: 3 },
  });
  const again = await talk.hear();
  expect(again).toMatchObject({ text: 'B', stop: 'end' });
  expect(retriesOf(again)).toHaveLength(1);
});

test('case 119: a stream that closes without its last line is no answer', async () => {
  const heard = await heardLines([said({ content: 'A' })]);
  expect(heard).toMatchObject({ stop: undefined, error: { code: 'stream_broken', retryable: true } });
});

test('case 119b: neither is one that has nothing in it', async () => {
  expect(await heardLines([])).toMatchObject({ stop: undefined, error: { code: 'stream_broken' } });
});

describe('case 120: lines may be cut anywhere', () => {
  const text = `${said({ content: 'né😀' })}\n${said({ thinking: '漢' })}\r\n${N(end).trimEnd()}`;
  const bytes = Buffer.from(text);

  test.each([1, 2, 3, 7])('in packets of %i bytes, the last line without an end', async (size) => {
    expect(await heardLines(splitEvery(text, size))).toMatchObject({ text: 'né😀', reasoning: '漢', stop: 'end' });
  });

  test('in three packets that end inside a character', async () => {
    const at = bytes.indexOf('😀');
    expect(await heardLines(splitAt(bytes, [at + 1, at + 3]))).toMatchObject({ text: 'né😀', stop: 'end' });
  });
});

test('case 123: a prompt without a count is unknown, not zero', async () => {
  const { prompt_eval_count: _count, ...without } = end;
  expect(await heardLines([said({ content: 'Hi' }), N(without)])).toMatchObject({
    text: 'Hi',
    stop: 'end',
    usage: null,
  });
});

test('case 124: a length limit is told', async () => {
  const heard = await heardLines([said({ content: 'so far' }), N({ ...end, done_reason: 'length' })]);
  expect(heard).toMatchObject({ text: 'so far', stop: 'length' });
});

test('case 124b: calls that were cut off by the limit are never run', async () => {
  const last = { ...end, done_reason: 'length', message: { tool_calls: [call('read', { path: 'a' })] } };
  expect((await heardLines([N(last)])).stop).toBe('length');
});

test('thinking is kept apart from text, in its own field and as tags in the text', async () => {
  expect(await heardLines([said({ thinking: 'Hm.' }), said({ content: 'So.' }), N(end)])).toMatchObject({
    reasoning: 'Hm.',
    text: 'So.',
  });
  expect(await heardLines([said({ content: '<thi' }), said({ content: 'nk>Hm.</think>So.' }), N(end)])).toMatchObject({
    reasoning: 'Hm.',
    text: 'So.',
  });
});

test('an answer in one piece is the same answer', async () => {
  await using talk = await talkWith([{ text: 'Hi', calls: [{ name: 'read', arguments: { path: 'a' } }] }], {
    settings: { stream: false },
  });
  expect(await talk.hear()).toMatchObject({ text: 'Hi', stop: 'tool_calls', calls: [{ arguments: '{"path":"a"}' }] });
  expect(talk.bodies[0]).toMatchObject({ stream: false });
});

test('an old server that does not say why it ended has ended', async () => {
  const { done_reason: _reason, ...without } = end;
  expect(await heardLines([said({ content: 'Hi' }), N(without)])).toMatchObject({ text: 'Hi', stop: 'end' });
});

test('a server that has only loaded the model has not answered', async () => {
  const heard = await heardLines([N({ ...end, done_reason: 'load' })]);
  expect(heard).toMatchObject({ stop: undefined, error: { retryable: true } });
});

test('a line that is no JSON ends the turn, with the words that came', async () => {
  const heard = await heardLines([said({ content: 'A' }), 'upstream timed out\n', N(end)]);
  expect(heard).toMatchObject({ stop: undefined, error: { code: 'provider_protocol' } });
  expect(told(heard)).toContain('upstream timed out');
});

test('a call without a name is left out, and the person is told', async () => {
  const heard = await heardLines([N({ ...end, message: { tool_calls: [{ id: 'c1', function: { arguments: {} } }] } })]);
  expect(heard).toMatchObject({ stop: 'end', calls: [] });
  expect(noticesOf(heard).join()).toContain('without a name');
});
