import type { ModelEvent } from '@trae-cli/protocol';
import { type TestClock, testClock } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { createPace, type Pace, paceFor, type PaceOptions } from '../../src/pace/pace.js';

const never = new AbortController().signal;
const usage = { input: 0, output: 0, reasoning: 0, cacheRead: 0, cacheWrite: 0 };

type Paced = { readonly pace: Pace; readonly clock: TestClock };

function paced(options: Partial<PaceOptions>): Paced {
  const clock = testClock();
  return { clock, pace: createPace({ service: 'Groq', clock, ...options }) };
}

/** Lets one request through and says what was told meanwhile. */
async function admitted({ pace }: Paced, tokens = 0): Promise<readonly ModelEvent[]> {
  const events: ModelEvent[] = [];
  for await (const event of pace.admit({ tokens }, never)) events.push(event);
  return events;
}

describe('requests a minute', () => {
  test('go at once up to the limit, and the next waits until the first is a minute old', async () => {
    const one = paced({ limits: { requestsPerMinute: 3 } });
    for (let request = 0; request < 3; request += 1) {
      expect(await admitted(one)).toEqual([]);
      one.clock.advance(10_000);
    }
    expect(await admitted(one)).toEqual([
      {
        type: 'waiting',
        waitMs: 30_000,
        message: 'requests_per_minute lets 3 requests a minute through to Groq: the next request goes in 30 seconds.',
      },
    ]);
    expect(one.clock.now()).toBe(60_000);
  });

  test('are never more than the limit in any minute, whenever that begins', async () => {
    const one = paced({ limits: { requestsPerMinute: 5 } });
    const sent: number[] = [];
    for (let request = 0; request < 60; request += 1) {
      await admitted(one);
      sent.push(one.clock.now());
      one.clock.advance((request * 7919) % 4000);
    }
    const within = sent.map((start) => sent.filter((at) => at >= start && at < start + 60_000).length);
    expect(Math.max(...within)).toBe(5);
  });

  test('are shared by all who ask at the same time', async () => {
    const one = paced({ limits: { requestsPerMinute: 2 } });
    await Promise.all(Array.from({ length: 6 }, () => admitted(one)));
    expect(one.clock.now()).toBeGreaterThanOrEqual(120_000);
  });

  test('an abort ends the wait at once, and takes nothing from the others', async () => {
    const clock = testClock({ wake: 'by hand' });
    const pace = createPace({ service: 'Groq', limits: { requestsPerMinute: 1 }, clock });
    await admitted({ pace, clock });
    const controller = new AbortController();
    const reason = new Error('enough');
    const waiting = (async () => {
      for await (const { type } of pace.admit({ tokens: 0 }, controller.signal)) expect(type).toBe('waiting');
    })();
    await clock.untilSleeps(1);
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    clock.advance(60_000);
    expect(await admitted({ pace, clock })).toEqual([]);
  });

  test('an aborted request is not counted', async () => {
    const one = paced({ limits: { requestsPerMinute: 1 } });
    await expect(one.pace.admit({ tokens: 0 }, AbortSignal.abort(new Error('enough'))).next()).rejects.toThrow(
      'enough',
    );
    expect(await admitted(one)).toEqual([]);
  });
});

describe('tokens a minute', () => {
  test('are reckoned with as they are estimated', async () => {
    const one = paced({ limits: { tokensPerMinute: 1000 } });
    expect(await admitted(one, 600)).toEqual([]);
    expect(await admitted(one, 400)).toEqual([]);
    one.clock.advance(1000);
    expect(await admitted(one, 1)).toMatchObject([
      { waitMs: 59_000, message: expect.stringContaining('tokens_per_minute lets 1,000 tokens a minute through') },
    ]);
  });

  test('are corrected by what the request really took', async () => {
    const one = paced({ limits: { tokensPerMinute: 1000 } });
    await admitted(one, 600);
    one.pace.learn({ ...usage, input: 100, output: 20, cacheRead: 30, cacheWrite: 50 });
    expect(await admitted(one, 800)).toEqual([]);
    one.pace.learn({ ...usage, input: 5000 });
    one.pace.learn({ ...usage, input: 1 });
    expect(await admitted(one, 1)).toMatchObject([{ waitMs: 60_000 }]);
  });

  test('a request that is larger than the limit goes at once, and the next one after a minute', async () => {
    const one = paced({ limits: { tokensPerMinute: 1000 } });
    await admitted(one, 300);
    expect(await admitted(one, 5000)).toEqual([]);
    expect(await admitted(one, 1)).toMatchObject([{ waitMs: 60_000 }]);
  });

  test('and requests hold back together: the longer wait counts', async () => {
    const one = paced({ limits: { requestsPerMinute: 1, tokensPerMinute: 10 } });
    await admitted(one, 10);
    expect(await admitted(one, 10)).toHaveLength(1);
    expect(one.clock.sleeps).toEqual([60_000]);
  });
});

describe('what the service says of its allowance', () => {
  const serviceTime = 'Fri, 31 Dec 1999 23:59:50 GMT';
  const soon = Date.parse('2000-01-01T00:00:10Z');

  test.each<readonly [string, Readonly<Record<string, string>>, number]>([
    ['OpenAI: requests', { 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '1.5s' }, 1500],
    ['Groq: tokens', { 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': '0m7.66s' }, 7660],
    ['Azure: seconds', { 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': '7' }, 7000],
    [
      'Anthropic: a moment',
      {
        'anthropic-ratelimit-input-tokens-remaining': '0',
        'anthropic-ratelimit-input-tokens-reset': '2000-01-01T00:00:10Z',
      },
      20_000,
    ],
    [
      'Anthropic: the later of two',
      {
        'anthropic-ratelimit-requests-remaining': '0',
        'anthropic-ratelimit-requests-reset': '2000-01-01T00:00:20Z',
        'anthropic-ratelimit-tokens-remaining': '0',
        'anthropic-ratelimit-tokens-reset': '2000-01-01T00:00:10Z',
      },
      30_000,
    ],
    ['OpenRouter: milliseconds', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(soon) }, 20_000],
    ['a moment in seconds', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(soon / 1000) }, 20_000],
    ['Together: tokens', { 'x-tokenlimit-remaining': '0', 'x-tokenlimit-reset': '3' }, 3000],
  ])('nothing left is waited for (%s)', async (_title, headers, waitMs) => {
    const one = paced({});
    one.pace.hear({ date: serviceTime, ...headers });
    expect(await admitted(one)).toMatchObject([{ waitMs, message: expect.stringMatching(/^Groq says that no /) }]);
    expect(await admitted(one)).toEqual([]);
  });

  test.each<readonly [string, Readonly<Record<string, string>>]>([
    ['there is something left', { 'x-ratelimit-remaining-tokens': '1', 'x-ratelimit-reset-tokens': '30s' }],
    [
      'it is renewed later than in a minute',
      { 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '61s' },
    ],
    ['nobody says when', { 'x-ratelimit-remaining-requests': '0' }],
    ['the service has no time', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(soon), date: 'no time' }],
    ['it was renewed already', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '2', date: serviceTime }],
    ['it is no number', { 'x-ratelimit-remaining': 'none', 'x-ratelimit-reset': '5s' }],
    ['it is empty', { 'x-ratelimit-remaining': '', 'x-ratelimit-reset': '5s' }],
    ['it is endless', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': 'Infinity' }],
    ['it is in the past', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '-5' }],
    ['there is no limit', { 'x-ratelimit-limit': '-1', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '5s' }],
  ])('is not waited for where %s', async (_title, headers) => {
    const one = paced({});
    one.pace.hear({ date: serviceTime, ...headers });
    one.clock.advance(2000);
    expect(await admitted(one)).toEqual([]);
  });

  test('counts until it says something else', async () => {
    const one = paced({});
    one.pace.hear({ 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': '40s' });
    one.pace.hear({ 'x-ratelimit-remaining-tokens': '17', 'x-ratelimit-reset-tokens': '40s' });
    expect(await admitted(one)).toEqual([]);
  });
});

describe('the free tier', () => {
  const entry = { displayName: 'Groq', freeLimits: { requestsPerMinute: 1 } };
  const told = { 'x-ratelimit-remaining-requests': '900', 'x-ratelimit-reset-requests': '2s' };
  const paceOf = (...[settings, more]: readonly [Parameters<typeof paceFor>[1], object?]): Paced => {
    const clock = testClock();
    return { clock, pace: paceFor({ ...entry, ...more }, settings, clock) };
  };

  test('has the limits of the entry for those who say that they are on it', async () => {
    const one = paceOf({ tier: 'free' });
    await admitted(one);
    expect(await admitted(one)).toMatchObject([
      { message: 'The free tier of Groq lets 1 request a minute through: the next request goes in 60 seconds.' },
    ]);
  });

  test('is nobody’s who does not say so', async () => {
    const one = paceOf({});
    await admitted(one);
    expect(await admitted(one)).toEqual([]);
  });

  test('gives way to what the service says of the minute', async () => {
    const one = paceOf({ tier: 'free' });
    await admitted(one);
    one.pace.hear(told);
    expect(await admitted(one)).toEqual([]);
  });

  test('does not where the service speaks of the day', async () => {
    const one = paceOf({ tier: 'free' }, { requestsSpan: 'day' });
    await admitted(one);
    one.pace.hear(told);
    expect(await admitted(one)).toHaveLength(1);
  });

  test('ranks below what the person has set, which nothing loosens', async () => {
    const one = paceOf({ tier: 'free', displayName: 'My Groq', pace: { requestsPerMinute: 2 } });
    await admitted(one);
    expect(await admitted(one)).toEqual([]);
    one.pace.hear(told);
    expect(await admitted(one)).toMatchObject([
      { message: expect.stringContaining('2 requests a minute through to My Groq') },
    ]);
  });
});
