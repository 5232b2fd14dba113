import { chatNotation, type RawAnswer } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { type Conversation, conversation } from './conversation.js';

const { C, D, F, U } = chatNotation;

const answered = (more: Partial<RawAnswer> = {}, tokens = 10): RawAnswer => ({
  chunks: [C({ content: 'Hi' }) + F({}, 'stop') + U({ prompt_tokens: tokens, completion_tokens: 1 }) + D],
  ...more,
});

const waitsIn = async (talk: Conversation): Promise<readonly number[]> =>
  (await talk.hear()).events.flatMap((event) => (event.type === 'waiting' ? [event.waitMs] : []));

describe('a model is asked no faster than is allowed', () => {
  test('by the person: the third request of a minute waits for the first to be a minute old', async () => {
    const settings = { pace: { requestsPerMinute: 2 } };
    await using talk = await conversation(() => answered(), { settings });
    expect([await waitsIn(talk), await waitsIn(talk)]).toEqual([[], []]);
    const [waitMs = 0] = await waitsIn(talk);
    expect(waitMs).toBeGreaterThan(55_000);
    expect(talk.server.turns).toHaveLength(3);
  });

  test('by the free tier, for whoever says to be on it', async () => {
    await using free = await conversation(() => answered(), { entry: 'groq', settings: { tier: 'free' } });
    await using paying = await conversation(() => answered(), { entry: 'groq' });
    for (let request = 0; request < 30; request += 1) {
      expect(await waitsIn(free)).toEqual([]);
      expect(await waitsIn(paying)).toEqual([]);
    }
    expect(await waitsIn(free)).toHaveLength(1);
    expect(await waitsIn(paying)).toEqual([]);
  });

  test('by tokens, as the service has counted them', async () => {
    const settings = { pace: { tokensPerMinute: 5000 } };
    await using talk = await conversation(() => answered({}, 4990), { settings });
    expect(await waitsIn(talk)).toEqual([]);
    expect(await waitsIn(talk)).toHaveLength(1);
  });

  test.each([200, 400])('by the service itself, in the headers of an answer with status %i', async (status) => {
    const headers = { 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': '12s' };
    const first = status === 200 ? answered({ headers }) : { status, headers, json: { error: { message: 'no' } } };
    await using talk = await conversation([first, answered()]);
    await talk.hear();
    const [waitMs = 0] = await waitsIn(talk);
    expect(Math.round(waitMs / 1000)).toBe(12);
  });
});

test('a cost that the service does not tell is reckoned from the price, and marked as that', async () => {
  const settings = { price: { input: 2, output: 10 } };
  await using talk = await conversation([answered({}, 1_000_000), answered()], { settings });
  expect((await talk.hear()).usage).toMatchObject({ costUsd: 2.000_01, isCostReckoned: true });
  const told = { prompt_tokens: 5, completion_tokens: 1, cost: 0.5 };
  await using telling = await conversation([{ chunks: [C({ content: 'Hi' }) + F({}, 'stop') + U(told) + D] }], {
    settings,
  });
  const { usage } = await telling.hear();
  expect(usage?.costUsd).toBe(0.5);
  expect(usage?.isCostReckoned).toBeUndefined();
});

test('a whole address is that of one protocol, whatever the model would rather be asked in', async () => {
  await using talk = await conversation([answered()], { entry: 'openai', model: 'gpt-6-sol' });
  const baseUrl = `${talk.server.origin}/tenant/chat/completions`;
  await using whole = await conversation([answered()], {
    entry: 'openai',
    model: 'gpt-6-sol',
    settings: { fullUrl: true, baseUrl },
  });
  expect((await whole.hear()).text).toBe('Hi');
  expect(
    talk.server.requests.map(({ path, body }) => [path, Object.keys(body as object).includes('messages')]),
  ).toEqual([['/tenant/chat/completions', true]]);
});
