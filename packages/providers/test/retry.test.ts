import { type JsonObject, TraeError } from '@trae-cli/protocol';
import { chatNotation, type RawAnswer, testClock } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { connectionProblem } from '../src/errors/connection.js';
import { asking, conversation, deserted, hear, modelAt, retriesOf, told } from './conversation.js';

const { C } = chatNotation;

const refusal = (status: number, headers: Readonly<Record<string, string>> = {}, message = 'Not now.'): RawAnswer => ({
  status,
  headers,
  json: { error: { message } },
});
const settings = { maxRetries: 3 };
/** What time it is where the service is, and twenty seconds later. */
const serviceTime = 'Fri, 31 Dec 1999 23:59:50 GMT';
const later = 'Sat, 01 Jan 2000 00:00:10 GMT';

describe('a wait that the service asks for is kept', () => {
  test.each<readonly [string, RawAnswer, number]>([
    ['case 73: in seconds', refusal(429, { 'retry-after': '1' }), 1000],
    ['§5.3: in seconds with a fraction', refusal(429, { 'retry-after': '1.5' }), 1500],
    ['§5.3: in milliseconds, which come first', refusal(429, { 'retry-after-ms': '250', 'retry-after': '9' }), 250],
    ['case 76: in the words of Groq', refusal(429, {}, 'Rate limit reached. Please try again in 0.289s. Visit …'), 289],
    ['§5.3: in seconds, written out', refusal(429, {}, 'Please retry after 20 seconds.'), 20_000],
    ['§5.3: in words with minutes', refusal(429, {}, 'Please try again in 0m12.5s.'), 12_500],
    [
      '§5.3: in the reset of what has run out',
      refusal(429, {
        'x-ratelimit-remaining-tokens': '0',
        'x-ratelimit-reset-tokens': '2.56s',
        'x-ratelimit-remaining-requests': '5',
        'x-ratelimit-reset-requests': '50s',
      }),
      2560,
    ],
    [
      '§5.3: in a reset of milliseconds',
      refusal(429, { 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '120ms' }),
      120,
    ],
    [
      '§5.3: in the details of Gemini',
      {
        status: 429,
        json: {
          error: { code: 429, message: 'Quota', status: 'RESOURCE_EXHAUSTED', details: [{ retryDelay: '17s' }] },
        },
      },
      17_000,
    ],
    ['§5.3: with 503', refusal(503, { 'retry-after': '3' }), 3000],
  ])('%s', async (_title, answer, waitMs) => {
    await using talk = await conversation([answer, { text: 'hello' }], { settings });
    const heard = await talk.hear();
    expect(heard).toMatchObject({ text: 'hello', stop: 'end', error: undefined });
    expect(talk.server.requests).toHaveLength(2);
    expect(talk.clock.sleeps).toHaveLength(1);
    expect(talk.clock.sleeps[0]).toBeGreaterThanOrEqual(waitMs);
    expect(talk.clock.sleeps[0]).toBeLessThan(waitMs * 1.5 + 50);
  });

  test('§5.3: as a date', async () => {
    await using talk = await conversation(
      [refusal(429, { date: serviceTime, 'retry-after': later }), { text: 'hello' }],
      { settings },
    );
    expect(await talk.hear()).toMatchObject({ text: 'hello' });
    expect(talk.clock.sleeps).toEqual([20_000]);
  });

  test.each<readonly [string, Readonly<Record<string, string>>]>([
    [
      'Anthropic',
      {
        'anthropic-ratelimit-output-tokens-remaining': '0',
        'anthropic-ratelimit-output-tokens-reset': '2000-01-01T00:00:10Z',
        'anthropic-ratelimit-requests-remaining': '9',
        'anthropic-ratelimit-requests-reset': '2000-01-01T00:00:50Z',
      },
    ],
    ['OpenRouter', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Date.parse(later)) }],
  ])('§5.3: as the moment that the headers of %s name', async (_title, headers) => {
    await using talk = await conversation([refusal(429, { date: serviceTime, ...headers }), { text: 'hello' }], {
      settings,
    });
    expect(await talk.hear()).toMatchObject({ text: 'hello' });
    expect(talk.clock.sleeps).toEqual([20_000]);
  });

  test('§5.3: as the moment OpenRouter names', async () => {
    const answer: RawAnswer = {
      status: 429,
      headers: { date: serviceTime },
      json: {
        error: {
          code: 429,
          message: 'Slow',
          metadata: { headers: { 'X-RateLimit-Reset': String(Date.parse(later)) } },
        },
      },
    };
    await using talk = await conversation([answer, { text: 'hello' }], { settings, entry: 'openrouter' });
    expect(await talk.hear()).toMatchObject({ text: 'hello' });
    expect(talk.clock.sleeps).toEqual([20_000]);
  });

  test('§5.3: as a date of a service that does not tell its own time, means nothing', async () => {
    const answer = refusal(429, { date: 'no time', 'retry-after': 'Fri, 01 Jan 2100 00:00:00 GMT' });
    await using talk = await conversation([answer, { text: 'hello' }], { settings });
    expect(await talk.hear()).toMatchObject({ text: 'hello', error: undefined });
    expect(talk.clock.sleeps).toEqual([500]);
  });

  test.each(['0', '-5', 'soon'])(
    '§5.3: retry-after: %s asks for nothing, and the usual wait is kept',
    async (value) => {
      await using talk = await conversation([refusal(429, { 'retry-after': value }), { text: 'hello' }], { settings });
      expect(await talk.hear()).toMatchObject({ text: 'hello' });
      expect(talk.clock.sleeps[0]).toBeGreaterThan(0);
    },
  );
});

test('case 74: a wait of hours is not slept through, and the message says how long it is', async () => {
  await using talk = await conversation(() => refusal(429, { 'retry-after': '7200' }), { settings });
  const heard = await talk.hear();
  expect(heard.error).toMatchObject({ code: 'rate_limited' });
  expect(told(heard)).toMatch(/7200|120 min|2 ?h/);
  expect(talk.clock.sleeps).toEqual([]);
  expect(talk.server.requests).toHaveLength(1);
});

describe('without a word from the service', () => {
  test('case 91: always 500 ends after the last of the retries', async () => {
    await using talk = await conversation(() => refusal(500, { 'x-request-id': 'req_9' }), { settings });
    const heard = await talk.hear();
    expect(talk.server.requests).toHaveLength(4);
    expect(heard.error).toMatchObject({ code: 'provider_unavailable' });
    expect(String(heard.error)).toContain('req_9');
    expect(retriesOf(heard).map(({ attempt, reason }) => [attempt, reason])).toEqual([
      [1, 'provider_unavailable'],
      [2, 'provider_unavailable'],
      [3, 'provider_unavailable'],
    ]);
  });

  test('§5.3: each wait is longer than the one before, never longer than half a minute and a bit, and told', async () => {
    await using talk = await conversation(() => refusal(500), { settings: { maxRetries: 10 } });
    const heard = await talk.hear();
    const { sleeps } = talk.clock;
    expect(sleeps).toHaveLength(10);
    expect(sleeps.slice(0, 5)).toEqual(sleeps.slice(0, 5).toSorted((a, b) => a - b));
    expect(sleeps[0]).toBeGreaterThanOrEqual(375);
    expect(sleeps[0]).toBeLessThanOrEqual(625);
    expect(Math.max(...sleeps)).toBeLessThanOrEqual(37_500);
    expect(retriesOf(heard).map(({ waitMs }) => waitMs)).toEqual(sleeps);
  });

  test.each([
    ['case 78: a full house (498)', refusal(498), 'groq' as const],
    [
      'case 75: a quota that is a rate',
      { status: 429, json: { error: { message: 'quota', code: 'insufficient_quota' } } },
      'alibaba' as const,
    ],
    ['a broken stream', { chunks: [C({ content: 'half' })] }, 'openai' as const],
    ['a reset stream', { chunks: [C({ content: 'half' })], end: 'reset' as const }, 'openai' as const],
    ['a broken chunk', { chunks: [C({ content: 'half' }), 'data: {"\n\n'] }, 'openai' as const],
  ])('%s is tried again, and what was said before is void', async (_title, answer, entry) => {
    await using talk = await conversation([answer, { text: 'whole' }], { settings, entry });
    const heard = await talk.hear();
    expect(heard).toMatchObject({ text: 'whole', stop: 'end', error: undefined });
    expect(retriesOf(heard)).toHaveLength(1);
  });

  test.each([400, 401, 402, 403, 404, 405, 410, 415, 418, 422, 451])('%i is never tried again', async (status) => {
    await using talk = await conversation(() => refusal(status), { settings });
    expect((await talk.hear()).error).toMatchObject({ retryable: false });
    expect(talk.server.requests).toHaveLength(1);
  });
});

describe('the kinds of 429 are told apart', () => {
  const perMinute =
    'Rate limit reached for model `m` on tokens per minute (TPM): Limit 6000, Used 5900, Requested 500.';
  const perDay = 'Rate limit reached for model `m` on requests per day (RPD): Limit 1000, Used 1000.';

  test.each<readonly [string, string, string, JsonObject]>([
    ['requests a minute', 'groq', 'retried', { message: 'Rate limit reached on requests per minute (RPM): Limit 30.' }],
    ['tokens a minute', 'groq', 'retried', { message: perMinute, type: 'tokens', code: 'rate_limit_exceeded' }],
    ['requests at once', 'deepseek', 'retried', { message: 'Too many concurrent requests for this account.' }],
    ['requests a minute, called a quota', 'alibaba', 'retried', { message: 'Quota', code: 'insufficient_quota' }],
    ['no money', 'openai', 'quota_exhausted', { message: 'You exceeded your quota.', code: 'insufficient_quota' }],
    ['no money at a gateway', 'openrouter', 'quota_exhausted', { message: 'Your credit balance is too low.' }],
    ['requests a day', 'groq', 'quota_exhausted', { message: perDay, code: 'rate_limit_exceeded' }],
    [
      'requests a day, by the details',
      'google',
      'quota_exhausted',
      { message: 'Quota', details: [{ violations: [{ quotaId: 'GenerateRequestsPerDayPerProjectPerModel' }] }] },
    ],
  ])('%s (%s): %s', async (_title, entry, outcome, error) => {
    await using talk = await conversation([{ status: 429, json: { error } }, { text: 'hello' }], { settings, entry });
    const { error: thrown } = await talk.hear();
    expect(thrown instanceof TraeError ? thrown.code : 'retried').toBe(outcome);
    expect(talk.server.requests).toHaveLength(outcome === 'retried' ? 2 : 1);
  });
});

describe('the service has the last word', () => {
  test('case 89: x-should-retry: false ends a 500 at once', async () => {
    await using talk = await conversation(() => refusal(500, { 'x-should-retry': 'false' }), { settings });
    expect((await talk.hear()).error).toMatchObject({ code: 'provider_unavailable', retryable: false });
    expect(talk.server.requests).toHaveLength(1);
  });

  test('case 89b: x-should-retry: true tries a 400 again', async () => {
    await using talk = await conversation([refusal(400, { 'x-should-retry': 'true' }), { text: 'hello' }], {
      settings,
    });
    expect(await talk.hear()).toMatchObject({ text: 'hello', error: undefined });
  });

  test('case 89c: x-should-retry: true tries a 400 again twice, not for as long as there are retries', async () => {
    await using talk = await conversation(() => refusal(400, { 'x-should-retry': 'true' }), {
      settings: { maxRetries: 10 },
    });
    expect((await talk.hear()).error).toMatchObject({ code: 'request_rejected' });
    expect(talk.server.requests).toHaveLength(3);
  });
});

test('case 20: an abort ends the wait for another attempt', async () => {
  const clock = testClock({ wake: 'by hand' });
  await using talk = await conversation(() => refusal(429, { 'retry-after': '30' }), { settings, testClock: clock });
  const controller = new AbortController();
  const reason = new Error('enough');
  const hearing = talk.hear(asking('hello'), { signal: controller.signal });
  await clock.untilSleeps(1);
  controller.abort(reason);
  expect((await hearing).error).toBe(reason);
  expect(talk.server.requests).toHaveLength(1);
});

describe('a server that is not there', () => {
  test('case 90: a refused connection is tried three times within three seconds, with a hint to start the server', async () => {
    const clock = testClock();
    const url = await deserted();
    const model = await modelAt(url, { clock, settings: { maxRetries: 10 } });
    const heard = await hear(model, asking('hello'));
    expect(heard.error).toMatchObject({ code: 'provider_unavailable' });
    expect(heard.error).toMatchObject({ hint: expect.stringMatching(/start|running/i) });
    expect(told(heard)).toContain(new URL(url).host);
    expect(clock.sleeps).toHaveLength(2);
    expect(clock.sleeps.reduce((sum, sleep) => sum + sleep, 0)).toBeLessThanOrEqual(3000);
  });

  test('case 90b: a refused connection is not tried more often than the settings allow', async () => {
    const clock = testClock();
    await hear(await modelAt(await deserted(), { clock }), asking('hello'));
    expect(clock.sleeps).toEqual([]);
  });

  test.each([
    ['ENOTFOUND', 'unknown_host'],
    ['EAI_NODATA', 'unknown_host'],
    ['EAI_NONAME', 'unknown_host'],
    ['EAI_AGAIN', 'network'],
    ['UND_ERR_HEADERS_OVERFLOW', 'oversized'],
    ['UND_ERR_CONNECT_TIMEOUT', 'network'],
    ['ECONNRESET', 'network'],
    ['CERT_HAS_EXPIRED', 'bad_certificate'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'bad_certificate'],
  ])('%s is an error of the kind %s', (code, kind) => {
    expect(connectionProblem(Object.assign(new Error('connect'), { code }))).toMatchObject({ kind });
  });

  test.each([
    ['SELF_SIGNED_CERT_IN_CHAIN', true],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', true],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', true],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', true],
    ['CERT_HAS_EXPIRED', false],
    ['ERR_TLS_CERT_ALTNAME_INVALID', false],
  ])('%s is mended by the certificate of an authority: %s', (code, isMended) => {
    const { hint = '' } = connectionProblem(Object.assign(new Error('handshake'), { code }));
    expect(hint.includes('ca_file') && hint.includes('NODE_EXTRA_CA_CERTS')).toBe(isMended);
  });

  test.each([
    ['ERR_SSL_WRONG_VERSION_NUMBER', true],
    ['ERR_SSL_PACKET_LENGTH_TOO_LONG', true],
    ['EPROTO', true],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', false],
    ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', false],
    ['SELF_SIGNED_CERT_IN_CHAIN', false],
  ])('%s is from a server that does not speak TLS: %s', (code, lacksTls) => {
    expect(connectionProblem(Object.assign(new Error('handshake'), { code }))).toMatchObject({ lacksTls });
  });

  test('a host that nobody knows is tried once, and named', async () => {
    const clock = testClock();
    const model = await modelAt('http://no-such-host.invalid/v1', { clock, settings: { maxRetries: 10 } });
    const { error } = await hear(model, asking('hello'));
    expect(error).toMatchObject({ code: 'provider_unavailable', retryable: false });
    expect(String(error)).toContain('no-such-host.invalid');
    expect(clock.sleeps).toEqual([]);
  });
});
