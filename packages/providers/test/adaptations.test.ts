import { chatNotation } from '@trae-cli/testkit';
import { expect, test } from 'vitest';
import { heardFrom } from './conversation.js';

const { C, D, F } = chatNotation;

test('case 56b: a thought without its beginning is one where the person says so', async () => {
  const stream = C({ content: 'a</think>B' }) + F({}, 'stop') + D;
  const settings = { compatibility: { adapt: ['opens_in_thought'] } };
  expect(await heardFrom(stream, { settings })).toMatchObject({ reasoning: 'a', text: 'B' });
});

test('an answer without a reason for its end is whole where the person says so', async () => {
  const stream = C({ content: 'Hi' });
  const settings = { compatibility: { adapt: ['no_finish_reason'] } };
  expect(await heardFrom(stream, { settings })).toMatchObject({ text: 'Hi', stop: 'end', error: undefined });
  expect(await heardFrom(stream)).toMatchObject({ error: { code: 'stream_broken' } });
});
