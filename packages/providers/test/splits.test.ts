import { Readable } from 'node:stream';
import { isDeepStrictEqual } from 'node:util';
import { splitAt, splitEvery } from '@trae-cli/testkit';
import { expect, test } from 'vitest';
import { readAnswer } from '../src/transport/read-answer.js';
import type { ServerEvent } from '../src/transport/server-events.js';
import { heardFrom } from './conversation.js';
import { positionsBy, randomFrom, recorded, recording } from './recording.js';

/** What the reader makes of the packets, in process. */
async function eventsFrom(packets: readonly Uint8Array[]): Promise<readonly ServerEvent[]> {
  const events: ServerEvent[] = [];
  const bytes = Readable.from(packets, { objectMode: true });
  for await (const batch of readAnswer({ bytes, contentType: 'text/event-stream' })) events.push(...batch);
  return events;
}

const whole = await eventsFrom([recording]);

test('in process, cut at any one place, the recorded stream has the same events', async () => {
  const different: number[] = [];
  for (let position = 0; position <= recording.length; position += 1) {
    const events = await eventsFrom(splitAt(recording, [position]));
    if (!isDeepStrictEqual(events, whole)) different.push(position);
  }
  expect(different).toEqual([]);
  expect(whole.map(({ data }) => data).at(-1)).toBe('[DONE]');
  expect(whole).toHaveLength(11);
});

test('in process, cut at many random places, the recorded stream has the same events', async () => {
  const different: number[] = [];
  for (let seed = 0; seed < 500; seed += 1) {
    const positions = positionsBy(randomFrom(seed), recording.length);
    if (!isDeepStrictEqual(await eventsFrom(splitAt(recording, positions)), whole)) different.push(seed);
  }
  expect(different).toEqual([]);
});

test('in process, byte by byte, the recorded stream has the same events', async () => {
  expect(await eventsFrom(splitEvery(recording, 1))).toEqual(whole);
});

test('a recorded stream says what it says', async () => {
  expect(await heardFrom([recording])).toMatchObject(recorded);
});

test.each([1, 2, 3, 5, 64])('over a socket, in packets of %i bytes, it says the same', async (size) => {
  expect(await heardFrom(splitEvery(recording, size))).toMatchObject(recorded);
});

test.each(Array.from({ length: 12 }, (_, seed) => seed))(
  'over a socket, cut at places drawn with seed %i, it says the same',
  async (seed) => {
    const positions = positionsBy(randomFrom(seed), recording.length);
    expect(await heardFrom(splitAt(recording, positions))).toMatchObject(recorded);
  },
);
