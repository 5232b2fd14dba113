import { isDeepStrictEqual } from 'node:util';
import { splitAt, splitEvery } from '@trae-cli/testkit';
import { expect, test } from 'vitest';
import { hearInProcess } from '../hostile/hear-in-process.js';
import { heardOf } from './messages-talk.js';
import { recording, speech } from './recording.js';

const content = [
  { type: 'reasoning', text: 'Hm – é', sealed: { signature: 'EqQB' } },
  { type: 'reasoning', text: '', sealed: { block: { type: 'redacted_thinking', data: 'c2VjcmV0' } } },
  { type: 'text', text: 'Né😀 漢' },
  {
    type: 'reasoning',
    text: '',
    sealed: { block: { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: { query: 'ü' } } },
  },
  {
    type: 'reasoning',
    text: '',
    sealed: {
      block: { type: 'web_search_tool_result', tool_use_id: 'srvtoolu_1', content: [{ type: 'x', title: '漢' }] },
    },
  },
  {
    type: 'tool_call',
    id: 'toolu_1',
    name: 'read',
    arguments: '{"path":"ü😀"}',
    sealed: { caller: { type: 'direct' } },
  },
  { type: 'tool_call', id: 'toolu_2', name: 'ls', arguments: '{"path":"."}' },
];

const whole = await hearInProcess([recording], speech);

test('a recorded stream says what it says', () => {
  expect(whole.error).toBeUndefined();
  expect(whole.turn?.message.content).toEqual(content);
  expect(whole.turn).toMatchObject({ stop: 'tool_calls', usage: { input: 10, cacheRead: 7, output: 89 } });
});

test('in process, cut at any one place, it says the same', async () => {
  const different: number[] = [];
  for (let position = 0; position <= recording.length; position += 1) {
    const heard = await hearInProcess(splitAt(recording, [position]), speech);
    if (!isDeepStrictEqual([heard.turn, heard.error], [whole.turn, undefined])) different.push(position);
  }
  expect(different).toEqual([]);
});

test('in process, byte by byte, it says the same', async () => {
  expect((await hearInProcess(splitEvery(recording, 1), speech)).turn).toEqual(whole.turn);
});

test.each([1, 3, 64])('over a socket, in packets of %i bytes, it says the same', async (size) => {
  expect((await heardOf(splitEvery(recording, size))).message.content).toEqual(content);
});

test('ended anywhere before its reason to stop, it is no answer, and no thought is half sealed', async () => {
  const reason = recording.indexOf('"stop_reason":"tool_use"');
  const answers: number[] = [];
  for (let length = 0; length < reason; length += 1) {
    const { error, events, turn } = await hearInProcess([recording.subarray(0, length)], speech);
    const isSealedEarly = events.some(
      (event) =>
        event.type === 'part_sealed' && event.part === 0 && JSON.stringify(event.sealed) !== '{"signature":"EqQB"}',
    );
    if (turn !== undefined || error?.retryable !== true || isSealedEarly) answers.push(length);
  }
  expect(answers).toEqual([]);
});
