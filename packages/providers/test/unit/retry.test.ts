import { type Model, type ModelEvent, TraeError } from '@trae-cli/protocol';
import { testClock } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { defaultRetryPolicy, type RetryPolicy, withRetry } from '../../src/retry.js';

const never = new AbortController().signal;
const request = { instructions: '', messages: [], tools: [] };
const done: ModelEvent = { type: 'finished', stop: 'end', usage: null };

/** Fails with each error in turn, then answers. */
function failing(errors: readonly Error[]): Model & { readonly attempts: () => number } {
  let attempts = 0;
  return {
    ref: { provider: 'p', model: 'm' },
    traits: { contextWindow: null, assumedContextWindow: 1, images: false, parallelToolCalls: true },
    attempts: () => attempts,
    async *stream() {
      const error = errors[attempts];
      attempts += 1;
      yield { type: 'text_delta', part: 0, text: 'so far' };
      if (error !== undefined) throw error;
      yield done;
    },
  };
}

const unavailable = (message = 'down') => new TraeError('provider_unavailable', message);

async function run(errors: readonly Error[], policy: Partial<RetryPolicy> = {}, random = 0.5) {
  const clock = testClock();
  const model = failing(errors);
  const events: ModelEvent[] = [];
  let error: unknown;
  try {
    const retrying = withRetry(model, { ...defaultRetryPolicy, ...policy }, { clock, random: () => random });
    for await (const event of retrying.stream(request, never)) events.push(event);
  } catch (thrown) {
    error = thrown;
  }
  return { sleeps: clock.sleeps, attempts: model.attempts(), events, error };
}

describe('trying again', () => {
  test('waits twice as long each time, up to half a minute', async () => {
    const { sleeps, error } = await run(Array.from({ length: 11 }, () => unavailable()));
    expect(sleeps).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000, 30_000]);
    expect(error).toMatchObject({ code: 'provider_unavailable' });
  });

  test.each([
    [0, 375],
    [1, 625],
  ])('spreads the waits by a quarter (%d)', async (random, waitMs) => {
    expect((await run([unavailable()], {}, random)).sleeps).toEqual([waitMs]);
  });

  test('is announced with the reason, after the words it voids', async () => {
    const { events } = await run([unavailable('gone for lunch')]);
    expect(events.map(({ type }) => type)).toEqual(['text_delta', 'retrying', 'text_delta', 'finished']);
    expect(events[1]).toEqual({
      type: 'retrying',
      attempt: 1,
      waitMs: 500,
      reason: 'provider_unavailable',
      message: 'gone for lunch',
    });
  });

  test('waits for exactly as long as the service asks', async () => {
    const { sleeps } = await run([new TraeError('rate_limited', 'slow', { retryAfterMs: 7_321 })]);
    expect(sleeps).toEqual([7_321]);
  });

  test('is left to the person where the service asks for more than a minute', async () => {
    const { attempts, error } = await run([new TraeError('rate_limited', 'Slow down.', { retryAfterMs: 7_200_000 })]);
    expect(attempts).toBe(1);
    expect(error).toMatchObject({ code: 'rate_limited', retryable: false });
    expect(String(error)).toContain('Slow down. The service asks to wait 2 hours (7200 s).');
  });

  test('does not happen for errors that stay what they are, nor for those of our own', async () => {
    expect(await run([new TraeError('credentials_rejected', 'no')])).toMatchObject({ attempts: 1, sleeps: [] });
    expect(await run([new Error('a bug')])).toMatchObject({ attempts: 1, error: new Error('a bug') });
  });

  test.each([
    ['a refused connection', 'ECONNREFUSED'],
    ['a name that cannot be looked up for the moment', 'EAI_AGAIN'],
  ])('%s is tried three times within three seconds', async (_title, code) => {
    const refused = () => {
      const cause = new AggregateError([Object.assign(new Error('refused'), { code })]);
      return new TraeError('provider_unavailable', 'refused', { cause });
    };
    const { attempts, sleeps } = await run([refused(), refused(), refused(), refused()], {}, 1);
    expect(attempts).toBe(3);
    expect(sleeps.reduce((sum, wait) => sum + wait, 0)).toBeLessThan(3000);
  });

  test('what no time heals is tried twice more at most, where the service insists', async () => {
    const insisted = () => new TraeError('request_rejected', 'no', { retryable: true });
    expect(await run(Array.from({ length: 9 }, insisted))).toMatchObject({ attempts: 3 });
    expect(await run([insisted()])).toMatchObject({ attempts: 2, error: undefined });
    expect(await run([insisted()], { maxRetries: 0 })).toMatchObject({ attempts: 1 });
  });

  test('an abort ends the wait with its own reason', async () => {
    const clock = testClock({ wake: 'by hand' });
    const controller = new AbortController();
    const model = withRetry(failing([unavailable()]), defaultRetryPolicy, { clock, random: () => 0.5 });
    const reason = new Error('enough');
    const hearing = (async () => {
      for await (const event of model.stream(request, controller.signal)) if (event.type === 'finished') return;
    })();
    await clock.untilSleeps(1);
    controller.abort(reason);
    await expect(hearing).rejects.toBe(reason);
  });

  test('an abort during an attempt is its own reason, whatever the attempt makes of it, and announces no other', async () => {
    for (const error of [unavailable(), new TraeError('credentials_rejected', 'no')]) {
      const controller = new AbortController();
      const model = withRetry(failing([error]), defaultRetryPolicy, { clock: testClock(), random: () => 0.5 });
      const reason = new Error('enough');
      const heard: string[] = [];
      const hearing = (async () => {
        for await (const { type } of model.stream(request, controller.signal)) {
          heard.push(type);
          controller.abort(reason);
        }
      })();
      await expect(hearing).rejects.toBe(reason);
      expect(heard).toEqual(['text_delta']);
    }
  });
});
