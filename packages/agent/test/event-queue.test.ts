import { createGate } from '@trae-cli/testkit';
import { expect, test } from 'vitest';
import { type EventSink, whileRunning } from '../src/calls/event-queue.js';

const noAbandon = (): void => undefined;

test('what is told is heard in order, and all of it before the end', async () => {
  const heard: number[] = [];
  const work = async (sink: EventSink<number>): Promise<void> => {
    sink.push(1);
    await Promise.resolve();
    sink.push(2);
    sink.report(3);
  };
  for await (const number of whileRunning(work, noAbandon)) heard.push(number);
  expect(heard).toEqual([1, 2, 3]);
});

test('work that tells nothing just ends', async () => {
  const heard: unknown[] = [];
  for await (const event of whileRunning(() => Promise.resolve(), noAbandon)) heard.push(event);
  expect(heard).toEqual([]);
});

test('a failure of the work is thrown once everything told before it is heard, however long the reader takes', async () => {
  const events = whileRunning<number>(async (sink) => {
    sink.push(1);
    sink.push(2);
    throw new Error('broken');
  }, noAbandon);
  expect((await events.next()).value).toBe(1);
  // Long enough for the platform to call a rejection unhandled, which would fail this test.
  await new Promise<void>((resolve) => setImmediate(resolve));
  expect((await events.next()).value).toBe(2);
  await expect(events.next()).rejects.toThrow('broken');
});

test('leaving early abandons the work, waits for its end, and is deaf to what it still says', async () => {
  const gate = createGate();
  const log: string[] = [];
  const events = whileRunning<number>(
    async (sink) => {
      sink.push(1);
      await gate.opened;
      sink.push(2);
      log.push('ended');
      throw new Error('nobody hears this');
    },
    () => {
      log.push('abandoned');
      gate.open();
    },
  );
  for await (const number of events) {
    log.push(`heard ${number}`);
    break;
  }
  expect(log).toEqual(['heard 1', 'abandoned', 'ended']);
});
