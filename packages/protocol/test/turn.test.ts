import { expect, test } from 'vitest';
import { createTurn, type ModelEvent } from '../src/index.js';

const origin = { provider: 'p', model: 'm' };

function fold(events: readonly ModelEvent[]) {
  const turn = createTurn();
  for (const event of events) turn.apply(event);
  return turn;
}

test('deltas of several parts become one message in the order of the parts', () => {
  const turn = fold([
    { type: 'reasoning_delta', part: 0, text: 'Hm' },
    { type: 'text_delta', part: 1, text: 'He' },
    { type: 'tool_call_started', part: 2, id: 'a', name: 'bash' },
    { type: 'text_delta', part: 1, text: 'llo' },
    { type: 'tool_call_delta', part: 2, arguments: '{"command":' },
    { type: 'tool_call_delta', part: 2, arguments: '"ls"}' },
    { type: 'part_sealed', part: 0, sealed: { signature: 'S' } },
    { type: 'finished', stop: 'tool_calls', usage: null, responseId: 'r1' },
  ]);
  expect(turn.finished(origin)).toEqual({
    message: {
      role: 'assistant',
      origin,
      content: [
        { type: 'reasoning', text: 'Hm', sealed: { signature: 'S' } },
        { type: 'text', text: 'Hello' },
        { type: 'tool_call', id: 'a', name: 'bash', arguments: '{"command":"ls"}' },
      ],
    },
    stop: 'tool_calls',
    usage: null,
    responseId: 'r1',
  });
});

test('a retry voids what was said before it', () => {
  const turn = fold([
    { type: 'text_delta', part: 0, text: 'half a th' },
    { type: 'tool_call_started', part: 1, id: 'a', name: 'bash' },
    { type: 'retrying', attempt: 1, waitMs: 0, reason: 'stream_broken', message: 'cut' },
    { type: 'text_delta', part: 0, text: 'whole' },
    { type: 'finished', stop: 'end', usage: null },
  ]);
  expect(turn.finished(origin)?.message.content).toEqual([{ type: 'text', text: 'whole' }]);
});

test('a turn without a finish is not finished', () => {
  expect(fold([{ type: 'text_delta', part: 0, text: 'Hi' }]).finished(origin)).toBeUndefined();
});

test('empty parts are left out, and sealed reasoning without text is kept', () => {
  const turn = fold([
    { type: 'text_delta', part: 0, text: '' },
    { type: 'part_sealed', part: 1, sealed: 'opaque' },
    { type: 'finished', stop: 'end', usage: null },
  ]);
  expect(turn.message(origin).content).toEqual([{ type: 'reasoning', text: '', sealed: 'opaque' }]);
});

test('what was given out is not changed by later events', () => {
  const turn = fold([{ type: 'text_delta', part: 0, text: 'a' }]);
  const before = turn.message(origin);
  turn.apply({ type: 'text_delta', part: 0, text: 'b' });
  expect(before.content).toEqual([{ type: 'text', text: 'a' }]);
});
