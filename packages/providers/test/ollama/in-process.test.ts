import { isDeepStrictEqual } from 'node:util';
import { callsOf } from '@trae-cli/protocol';
import { ollamaNotation, Random, splitAt, splitEvery } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { OllamaDecoder } from '../../src/ollama/decode.js';
import { hearInProcess, type Speech } from '../hostile/hear-in-process.js';
import { oddText } from '../hostile/odd-json.js';

const { N } = ollamaNotation;

const speech: Speech = {
  createDecoder: (options) => new OllamaDecoder(options),
  framing: 'lines',
  contentType: 'application/x-ndjson',
};

const call = (path: string) => ({ function: { index: 0, name: 'read', arguments: { path } } });

/** With everything in it that a cut could hurt. */
const lines = [
  { message: { role: 'assistant', content: '', thinking: 'Hm – é' }, done: false },
  { message: { role: 'assistant', content: '<think>漢</think>\n' }, done: false },
  { message: { role: 'assistant', content: 'Né 😀\n' }, done: false },
  { message: { role: 'assistant', tool_calls: [call('ü😀'), call('b')] }, done: false },
  {
    message: { role: 'assistant', content: '', tool_calls: [call('c')] },
    done: true,
    done_reason: 'stop',
    prompt_eval_count: 9,
    eval_count: 4,
  },
];
const recording = Buffer.from(lines.map(N).join('\r\n').trimEnd());
const whole = await hearInProcess([recording], speech);

test('the recorded stream says what it says', () => {
  const { error, turn } = whole;
  expect(error).toBeUndefined();
  expect(turn).toMatchObject({ stop: 'tool_calls', usage: { input: 9, output: 4 } });
  expect(turn?.message.content.map((part) => ('text' in part ? part.text : part.type))).toEqual([
    'Hm – é漢',
    'Né 😀\n',
    'tool_call',
    'tool_call',
    'tool_call',
  ]);
});

test('case 120b: cut at any one place, it has the same turn', async () => {
  const different: number[] = [];
  for (let position = 0; position <= recording.length; position += 1) {
    const { error, turn } = await hearInProcess(splitAt(recording, [position]), speech);
    if (error !== undefined || !isDeepStrictEqual(turn, whole.turn)) different.push(position);
  }
  expect(different).toEqual([]);
});

test('byte by byte, it has the same turn', async () => {
  expect((await hearInProcess(splitEvery(recording, 1), speech)).turn).toEqual(whole.turn);
});

test('case 119c: cut off at any one place, it is an error, and no call of it is a turn', async () => {
  const wrong: number[] = [];
  for (let length = 0; length < recording.length; length += 1) {
    const { error, turn } = await hearInProcess([recording.subarray(0, length)], speech);
    if (turn !== undefined || error === undefined) wrong.push(length);
  }
  expect(wrong).toEqual([]);
});

/** Lines changed, lost, doubled, in another order. */
function mutated(random: Random): string {
  const said = lines.flatMap((line) => {
    if (random.chance(1 / 12)) return [];
    const one = random.chance(1 / 2) ? `${oddText(line, random)}\n` : N(line);
    return random.chance(1 / 12) ? [one, one] : [one];
  });
  if (random.chance(1 / 6)) said.push(...said.splice(random.below(said.length), 2));
  return said.join('');
}

describe('a stream that was changed anywhere ends as a turn or as an error of the service', () => {
  test.each([1, 2, 3, 4])('seed %d', async (seed) => {
    for (let round = 0; round < 500; round += 1) {
      const text = mutated(new Random(seed * 500 + round));
      const { error, events, turn } = await hearInProcess([Buffer.from(text)], speech);
      const ids = turn === undefined ? [] : callsOf(turn.message).map(({ id }) => id);
      expect(turn === undefined, text).toBe(error !== undefined);
      expect(error?.code, text).not.toBe('internal');
      expect(new Set(ids).size, text).toBe(ids.length);
      expect(JSON.parse(JSON.stringify(events)), text).toEqual(events);
    }
  });
});
