import { isDeepStrictEqual } from 'node:util';
import { callsOf, type JsonValue } from '@trae-cli/protocol';
import { Random, responsesNotation, splitAt, splitEvery } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { ResponsesDecoder } from '../../src/openai-responses/decode.js';
import { heardFrom } from '../conversation.js';
import { type HeardInProcess, hearInProcess, type Speech } from '../hostile/hear-in-process.js';
import { oddText } from '../hostile/odd-json.js';
import { recorded, recording } from './recording.js';
import {
  added,
  callItem,
  completed,
  done,
  message,
  overResponses,
  reasoningItem,
  said,
  thought,
  written,
} from './responses-talk.js';

const { R } = responsesNotation;

const speech: Speech = {
  createDecoder: (options) => new ResponsesDecoder(options),
  framing: 'events',
  contentType: 'text/event-stream',
};
const contentOf = async (packets: Iterable<Uint8Array>) => (await hearInProcess(packets, speech)).turn?.message.content;

describe('a recorded stream says the same', () => {
  test('in process, cut at any one place', async () => {
    const different: number[] = [];
    for (let position = 0; position <= recording.length; position += 1)
      if (!isDeepStrictEqual(await contentOf(splitAt(recording, [position])), recorded)) different.push(position);
    expect(different).toEqual([]);
  });

  test('in process, byte by byte', async () => {
    expect(await contentOf(splitEvery(recording, 1))).toEqual(recorded);
  });

  test.each([1, 3, 64, 5000])('over a socket, in packets of %i bytes', async (size) => {
    const heard = await heardFrom(splitEvery(recording, size), overResponses);
    expect(heard).toMatchObject({ stop: 'tool_calls', usage: { input: 20 }, error: undefined });
    expect(heard.message.content).toEqual(recorded);
  });
});

test('a stream that ends anywhere before its last event is no answer', async () => {
  const end = recording.indexOf('response.completed');
  for (let length = 0; length < end; length += 37) {
    const { turn, error } = await hearInProcess([recording.subarray(0, length)], speech);
    expect(turn, `cut at ${length}`).toBeUndefined();
    expect(error?.retryable, `cut at ${length}`).toBe(true);
  }
});

const events = recording.toString('utf8').split(/(?<=\n\r?\n)/);

function oddEvent(event: string, random: Random): string {
  const data = /^data: ?(.*?)\r?$/m.exec(event)?.[1];
  return data === undefined ? event : `data: ${oddText(JSON.parse(data) as JsonValue, random)}\n\n`;
}

/** Events changed, lost, doubled. */
function oddStream(random: Random): Buffer {
  const said = events.flatMap((event) => {
    const one = random.chance(1 / 2) ? oddEvent(event, random) : event;
    if (random.chance(1 / 12)) return [];
    return random.chance(1 / 12) ? [one, one] : [one];
  });
  return Buffer.from(said.join(''));
}

function faultsIn({ events: heard, turn, error }: HeardInProcess): readonly string[] {
  const calls = turn === undefined ? [] : callsOf(turn.message);
  const numbers = Object.values(turn?.usage ?? {}).filter((value) => typeof value === 'number');
  return [
    ...((turn === undefined) === (error === undefined) ? ['it ended as neither or as both'] : []),
    ...(error?.code === 'internal' ? ['its error is a bug of ours'] : []),
    ...(isDeepStrictEqual(heard, JSON.parse(JSON.stringify(heard))) ? [] : ['its events do not survive JSON']),
    ...(calls.some(({ id, name }) => id === '' || name.trim() === '') ? ['a call is nameless'] : []),
    ...(new Set(calls.map(({ id }) => id)).size === calls.length ? [] : ['two calls have one id']),
    ...(numbers.every((number) => number >= 0 && number <= Number.MAX_SAFE_INTEGER) ? [] : ['usage beyond reason']),
    ...('polluted' in {} ? ['the prototype of everything is polluted'] : []),
  ];
}

test.each([1, 2, 3, 4])('a stream that was changed anywhere ends as a turn or as an error, seed %i', async (seed) => {
  for (let round = 0; round < 500; round += 1) {
    const heard = await hearInProcess([oddStream(new Random(seed * 500 + round))], speech);
    expect(faultsIn(heard), `seed ${seed * 500 + round}`).toEqual([]);
  }
});

function* endless(packetAt: (index: number) => string): Generator<Uint8Array, never> {
  for (let index = 0; ; index += 1) yield Buffer.from(packetAt(index));
}

const filler = 'x'.repeat(100_000);

describe('a server that never ends is given up on', () => {
  test.each<readonly [string, string, (index: number) => string]>([
    ['words', '32 million characters in one turn', () => said(0, filler)],
    ['thoughts', '32 million characters in one turn', (index) => thought(0, filler, index)],
    [
      'sealed thoughts',
      '32 million characters in one turn',
      (index) => done(index, { ...reasoningItem(index), encrypted_content: filler }),
    ],
    ['arguments', '32 million characters in one turn', () => written(0, filler)],
    ['calls', '512 tool calls in one turn', (index) => added(index, callItem(index, 'x'))],
    ['items', '2048 items in one turn', (index) => added(index, { type: 'message', id: `msg_${index}` })],
  ])('%s', async (_title, bound, packetAt) => {
    const { error } = await hearInProcess(endless(packetAt), speech);
    expect(error).toMatchObject({ code: 'provider_protocol', retryable: false });
    expect(error?.message).toContain(bound);
  });
});

test.each<readonly [string, string]>([
  ['one word after the other', said(0, ' ').repeat(200_000)],
  ['one summary after the other', Array.from({ length: 20_000 }, (_, index) => thought(0, 'x', index)).join('')],
  [
    'one whole text after the other',
    R('response.output_text.done', { output_index: 0, text: 'x'.repeat(3000) }).repeat(3000),
  ],
])('work grows with the length of an answer and no faster: %s', async (_title, stream) => {
  const { turn, error } = await hearInProcess([Buffer.from(stream + message(1, 'Hi') + completed())], speech);
  expect([turn?.stop, error]).toEqual(['end', undefined]);
});
