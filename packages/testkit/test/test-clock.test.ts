import { testClock } from '@trae-cli/testkit';
import { expect, test } from 'vitest';

const never = new AbortController().signal;

test('a sleep takes no real time, is written down, and moves the clock', async () => {
  const clock = testClock();
  await clock.sleep(86_400_000, never);
  await clock.sleep(5, never);
  expect(clock.sleeps).toEqual([86_400_000, 5]);
  expect(clock.now()).toBe(86_400_005);
});

test('a sleep by hand lasts until it is woken', async () => {
  const clock = testClock({ wake: 'by hand' });
  const woken: string[] = [];
  const sleeping = clock.sleep(1000, never).then(() => woken.push('woken'));
  await clock.untilSleeps(1);
  expect(woken).toEqual([]);
  clock.wake();
  await sleeping;
  expect(woken).toEqual(['woken']);
  expect(clock.now()).toBe(1000);
});

test('whoever waits for a sleep to begin hears of it', async () => {
  const clock = testClock();
  const begun = clock.untilSleeps(2);
  await clock.sleep(1, never);
  await clock.sleep(2, never);
  await begun;
  expect(clock.sleeps).toEqual([1, 2]);
});

test('an aborted sleep rejects with the reason of the signal, before or during it', async () => {
  const clock = testClock({ wake: 'by hand' });
  const reason = new Error('up!');
  await expect(clock.sleep(10, AbortSignal.abort(reason))).rejects.toBe(reason);
  const controller = new AbortController();
  const sleeping = clock.sleep(10, controller.signal);
  controller.abort(reason);
  await expect(sleeping).rejects.toBe(reason);
  expect(() => clock.wake()).toThrow('Nobody is asleep');
});
