import { getEventListeners } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { chatNotation, modelServer, onLoopback, type RawAnswer, splitEvery, testClock } from '@trae-cli/testkit';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { asking, conversation, hear, type Heard, heardFrom, modelAt, never, told } from './conversation.js';

const { C, D, F, T } = chatNotation;
const fine: RawAnswer = { chunks: [C({ content: 'Fine.' }) + F({}, 'stop')] };

test('a certificate that nobody vouches for is refused once, and named as the reason', async () => {
  const pem = (name: string) => readFile(new URL(`fixtures/untrusted-${name}.pem`, import.meta.url), 'utf8');
  await using server = await modelServer([fine], { tls: { key: await pem('key'), cert: await pem('certificate') } });
  const clock = testClock();
  const model = await modelAt(server.url, { clock, settings: { maxRetries: 10 } });
  const heard = await hear(model, asking('hello'));
  expect(heard.error).toMatchObject({ code: 'provider_unavailable', retryable: false });
  expect(told(heard)).toMatch(/certificate/i);
  expect(told(heard)).toContain(server.origin.replace('https://', ''));
  expect(clock.sleeps).toEqual([]);
  expect(server.requests).toEqual([]);
});

test('a server that speaks plain HTTP at an https:// address is tried once, with a hint to http://', async () => {
  await using server = await modelServer([fine]);
  const clock = testClock();
  const address = server.url.replace('http://', 'https://');
  const { error } = await hear(await modelAt(address, { clock, settings: { maxRetries: 10 } }), asking('hello'));
  expect(error).toMatchObject({
    code: 'config_invalid',
    retryable: false,
    message: expect.stringContaining('does not answer in TLS'),
    hint: expect.stringContaining(`Set the base URL to ${server.url} if`),
  });
  expect(String(error)).not.toMatch(/certificate|NODE_EXTRA_CA_CERTS/);
  expect(clock.sleeps).toEqual([]);
});

test('a server that speaks another language than HTTP is an error, not a crash', async () => {
  const stranger = createServer((socket) => socket.resume().end('SSH-2.0-OpenSSH_9.9\r\n'));
  await using server = await onLoopback(stranger);
  const heard = await hear(await modelAt(`http://${server.host}/v1`), asking('hello'));
  expect(heard.error).toMatchObject({ name: 'TraeError', code: 'provider_unavailable' });
});

test('headers larger than anybody takes are an error that is not tried again', async () => {
  const clock = testClock();
  await using server = await modelServer(() => ({ headers: { 'x-much': 'x'.repeat(20_000) }, json: {} }));
  const heard = await hear(await modelAt(server.url, { clock, settings: { maxRetries: 3 } }), asking('hello'));
  expect(heard.error).toMatchObject({ code: 'provider_protocol', retryable: false });
  expect(told(heard)).toContain('larger headers');
  expect(server.requests).toHaveLength(1);
});

test.each([
  ['gzip', gzipSync],
  ['br', brotliCompressSync],
  ['deflate', deflateSync],
])('a proxy that compresses with %s unasked is understood', async (encoding, compress) => {
  const packets = splitEvery(compress(C({ content: 'Fine.' }) + F({}, 'stop') + D), 7);
  const headers = { 'content-encoding': encoding };
  const refusal = { status: 400, headers, body: compress(JSON.stringify({ error: { message: 'No such thing.' } })) };
  await using talk = await conversation([{ headers, chunks: packets }, refusal]);
  expect(await talk.hear()).toMatchObject({ text: 'Fine.', error: undefined });
  expect(told(await talk.hear())).toContain('No such thing.');
});

test.each(['identity', 'constructor', '__proto__', 'unheard-of'])(
  'a body that is said to be %s is read as it is',
  async (encoding) => {
    const headers = { 'content-encoding': encoding };
    await using talk = await conversation([{ chunks: [C({ content: 'Hi' }) + F({}, 'stop') + D], headers }]);
    expect(await talk.hear()).toMatchObject({ text: 'Hi', error: undefined });
  },
);

describe('a redirect', () => {
  test.each([301, 302, 303, 307, 308])('with %i to another host is not followed there with the key', async (status) => {
    await using elsewhere = await modelServer(() => fine);
    await using talk = await conversation(() => ({
      status,
      headers: { location: `${elsewhere.url}/chat/completions` },
    }));
    const heard = await talk.hear();
    expect(heard.error).toMatchObject({ name: 'TraeError', retryable: false });
    expect(told(heard)).toContain(elsewhere.origin);
    expect(elsewhere.requests.map(({ headers }) => headers)).toEqual([]);
    expect(talk.server.requests).toHaveLength(1);
  });

  test.each([307, 308])('with %i within the same host is followed', async (status) => {
    await using talk = await conversation([{ status, headers: { location: '/v2/chat/completions' } }, fine]);
    expect(await talk.hear()).toMatchObject({ text: 'Fine.', error: undefined });
    expect(talk.server.requests.map(({ path }) => path)).toEqual(['/v1/chat/completions', '/v2/chat/completions']);
    expect(talk.bodies[1]).toEqual(talk.bodies[0]);
  });

  test('in a circle comes to an end', async () => {
    await using talk = await conversation(() => ({ status: 307, headers: { location: '/v1/chat/completions' } }));
    expect((await talk.hear()).error).toMatchObject({ name: 'TraeError' });
    expect(talk.server.requests.length).toBeLessThan(30);
  });
});

test('a line without an end is not collected without an end', async () => {
  const megabyte = 'x'.repeat(1 << 20);
  await using talk = await conversation([
    { chunks: ['data: {"', ...Array.from({ length: 256 }, () => megabyte)], end: 'hang' },
  ]);
  expect((await talk.hear()).error).toMatchObject({ code: 'provider_protocol' });
  expect(await talk.server.requests[0]?.ended).toBe('abandoned');
});

test('an error body without an end is not collected without an end', async () => {
  const megabyte = 'x'.repeat(1 << 20);
  await using talk = await conversation([
    {
      status: 500,
      headers: { 'content-type': 'text/plain' },
      chunks: Array.from({ length: 256 }, () => megabyte),
      end: 'hang',
    },
  ]);
  const heard = await talk.hear();
  expect(heard.error).toMatchObject({ code: 'provider_unavailable' });
  expect(told(heard).length).toBeLessThan(2000);
});

describe('a long answer takes time in proportion to its length', () => {
  const streamOf = (deltas: readonly string[], end: string): readonly string[] => {
    const packets: string[] = [];
    for (let start = 0; start < deltas.length; start += 500) packets.push(deltas.slice(start, start + 500).join(''));
    return [...packets, end];
  };
  const secondsFor = async (chunks: readonly string[]): Promise<readonly [number, Heard]> => {
    const start = performance.now();
    const heard = await heardFrom(chunks);
    return [performance.now() - start, heard];
  };
  /** Four times what proportion allows: far from what a quadratic reader would need, out of reach of noise. */
  const slack = 4;

  test('text in 100,000 deltas', async () => {
    const text = (count: number) =>
      streamOf(
        Array.from({ length: count }, () => C({ content: 'ab' })),
        F({}, 'stop') + D,
      );
    await secondsFor(text(1000));
    const [short] = await secondsFor(text(10_000));
    const [long, heard] = await secondsFor(text(100_000));
    expect(heard.text).toHaveLength(200_000);
    expect(long).toBeLessThan(short * 10 * slack);
  });

  test('the arguments of one call in 100,000 deltas', async () => {
    const opened = T({ index: 0, id: 'a', function: { name: 'read', arguments: '{"path":"' } });
    const piece = T({ index: 0, function: { arguments: 'ab' } });
    const closed = T({ index: 0, function: { arguments: '"}' } }) + F({}, 'tool_calls') + D;
    const call = (count: number) => streamOf([opened, ...Array.from({ length: count }, () => piece)], closed);
    await secondsFor(call(1000));
    const [short] = await secondsFor(call(10_000));
    const [long, heard] = await secondsFor(call(100_000));
    expect(heard.calls[0]?.arguments).toHaveLength(200_011);
    expect(long).toBeLessThan(short * 10 * slack);
  });
});

describe('what the person sees is ours alone', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  test('nothing is printed, whatever the client library makes of a broken answer', async () => {
    vi.stubEnv('OPENAI_LOG', 'debug');
    vi.stubEnv('DEBUG', 'true');
    const printed = [
      ...(['log', 'info', 'warn', 'error', 'debug'] as const).map((method) => vi.spyOn(console, method)),
      vi.spyOn(process.stdout, 'write'),
      vi.spyOn(process.stderr, 'write'),
    ];
    await heardFrom('data: {"broken\n\n');
    await using talk = await conversation([
      { status: 500, body: '<html>' },
      { json: { error: 'x' } },
      { body: 'nonsense' },
    ]);
    for (let turn = 0; turn < 3; turn += 1) await talk.hear();
    const calls = printed.flatMap((spy) => spy.mock.calls);
    vi.unstubAllEnvs();
    expect(calls).toEqual([]);
  });
});

test('a signal that outlives the turns is left as it was found', async () => {
  await using talk = await conversation([fine, { status: 500 }, fine, { status: 400 }, { chunks: [] }, fine], {
    settings: { maxRetries: 1 },
  });
  const { signal } = new AbortController();
  for (let turn = 0; turn < 4; turn += 1) await talk.hear(asking('hello'), { signal });
  expect(talk.server.requests).toHaveLength(6);
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
});

test('many turns at once do not disturb each other', async () => {
  await using talk = await conversation(({ body }) => {
    const asked = /question \d+/.exec(JSON.stringify(body))?.[0] ?? 'nothing';
    return { text: `Answer to ${asked}.` };
  });
  const numbers = Array.from({ length: 20 }, (_, number) => number);
  const heard = await Promise.all(numbers.map((number) => talk.hear(asking(`question ${number}`))));
  expect(heard.map(({ text }) => text)).toEqual(numbers.map((number) => `Answer to question ${number}.`));
});

test('an abort of one turn leaves its neighbour alone', async () => {
  await using talk = await conversation([
    { chunks: [C({ content: 'first' })], end: 'hang' },
    { chunks: [C({ content: 'Fine.' }), { waitMs: 30 }, F({}, 'stop')] },
  ]);
  const controller = new AbortController();
  const first = talk.hear(asking('one'), { signal: controller.signal });
  await talk.server.untilRequests(1);
  const second = talk.hear(asking('two'), { signal: never });
  await talk.server.untilRequests(2);
  controller.abort(new Error('enough'));
  expect((await first).stop).toBeUndefined();
  expect(await second).toMatchObject({ text: 'Fine.', stop: 'end' });
});
