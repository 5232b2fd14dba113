import { setImmediate as nextTurn } from 'node:timers/promises';
import { inspect } from 'node:util';
import { modelServer, type ModelServer } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import type { NetworkSettings } from '../../src/entry.js';
import { createGuardedFetch } from '../../src/transport/guarded-fetch.js';
import { ask, bodyOf } from './asking.js';
import { fixture, type ProxyOptions, serviceTls, type TestProxy, testProxy } from './test-proxy.js';

const hello = { body: 'hello', headers: { 'X-RateLimit-Remaining': '3' } };
const portOf = ({ origin }: ModelServer): number => Number(new URL(origin).port);

const connectOnly = 'https://model.test/';
const forwardOnly = 'http://model.test/';

const network = async ({ url }: TestProxy): Promise<NetworkSettings> => ({
  httpsProxy: url,
  authorities: await fixture('authority'),
});

/** Asks for a name that only the proxy knows, and says what came of it. */
async function askThrough(url: string, options: Partial<ProxyOptions> = {}, credentials = '') {
  const tls = url.startsWith('https:') ? { tls: await serviceTls() } : {};
  await using server = await modelServer(() => hello, tls);
  await using proxy = await testProxy({ port: portOf(server), ...options });
  const address = proxy.url.replace('://', `://${credentials}`);
  const asked = await ask(url, {
    httpProxy: address,
    httpsProxy: address,
    httpProxyOrigin: 'HTTP_PROXY',
    httpsProxyOrigin: 'HTTPS_PROXY',
    authorities: await fixture('authority'),
  });
  return { ...asked, lines: proxy.asked, proxy: proxy.url, requests: server.requests };
}

describe('a request to a service behind a proxy', () => {
  test('goes through a tunnel where it is https://, and the proxy sees nothing of it', async () => {
    const { text, status, headers, lines, requests } = await askThrough('https://model.test/v1/models');
    expect(lines).toEqual(['CONNECT model.test:443']);
    expect({ text, status }).toEqual({ text: 'hello', status: 200 });
    expect(headers).toMatchObject({ 'x-ratelimit-remaining': '3' });
    expect(requests[0]).toMatchObject({ path: '/v1/models', headers: { host: 'model.test' } });
    expect(requests[0]?.headers).not.toHaveProperty('proxy-authorization');
    expect(requests[0]?.headers).not.toHaveProperty('x-leak');
  });

  test('names its port in the tunnel', async () => {
    expect((await askThrough('https://model.test:8443/')).lines).toEqual(['CONNECT model.test:8443']);
  });

  test('is handed over with its whole address where it is http://', async () => {
    const { text, lines, requests } = await askThrough('http://model.test/v1/models');
    expect(lines).toEqual(['GET http://model.test/v1/models']);
    expect(text).toBe('hello');
    expect(requests[0]?.headers).toMatchObject({ host: 'model.test', authorization: 'Bearer sk-key' });
  });

  test.each(['https://model.test/', 'http://model.test/'])('is let through with credentials (%s)', async (url) => {
    const authorization = `Basic ${Buffer.from('me@home:p:ss%wörd').toString('base64')}`;
    const { text } = await askThrough(url, { authorization }, 'me%40home:p%3Ass%25w%C3%B6rd@');
    expect(text).toBe('hello');
  });

  test.each(['https://model.test/', 'http://model.test/'])(
    'speaks TLS with a proxy that wants it (%s)',
    async (url) => {
      expect((await askThrough(url, { tls: await serviceTls() })).text).toBe('hello');
    },
  );

  test('keeps its connections for the next', async () => {
    await using server = await modelServer(() => hello, { tls: await serviceTls() });
    await using proxy = await testProxy({ port: portOf(server) });
    const limits = { headersMs: undefined, idleMs: undefined };
    const fetch = createGuardedFetch({ limits, headerNames: [], network: await network(proxy) });
    for (let turn = 0; turn < 3; turn += 1) {
      expect(await bodyOf(await fetch('https://model.test/'))).toBe('hello');
      // A connection is free when its answer has been taken apart to the end.
      await nextTurn();
    }
    expect(server.requests).toHaveLength(3);
    expect(proxy.asked).toHaveLength(1);
  });

  test.each([undefined, 0, 50])(
    'can be given up %s ms after it was sent, while the proxy says nothing',
    async (waitMs) => {
      await using proxy = await testProxy({ port: 1, isSilent: true });
      const limits = { headersMs: undefined, idleMs: undefined };
      const fetch = createGuardedFetch({ limits, headerNames: [], network: await network(proxy) });
      const controller = new AbortController();
      const reason = new Error('enough');
      const asking = fetch('https://model.test/', { signal: controller.signal });
      if (waitMs === undefined) controller.abort(reason);
      else setTimeout(() => controller.abort(reason), waitMs);
      await expect(asking).rejects.toBe(reason);
    },
  );
});

test.each(['127.0.0.1', 'localhost'])('a service on this machine (%s) is never asked through a proxy', async (host) => {
  await using server = await modelServer(() => hello);
  await using proxy = await testProxy({ port: portOf(server) });
  expect((await ask(`http://${host}:${portOf(server)}/`, { httpProxy: proxy.url })).text).toBe('hello');
  expect(proxy.asked).toEqual([]);
});

type Refusing = {
  readonly title: string;
  readonly url?: string;
  readonly options: Partial<ProxyOptions>;
  readonly credentials?: string;
  readonly kind: string;
  readonly words: string;
  readonly hint: string;
};

const credentials = 'me:hunter2@';
const wanted = { kind: 'wrong_address', words: 'wants a user name and a password (407)', hint: 'user:password@' };
const wrong = {
  kind: 'wrong_address',
  words: 'did not take the user name and the password (407)',
  hint: 'user:password@',
};

const refusing: readonly Refusing[] = [
  { title: 'wants credentials', options: { authorization: 'x' }, ...wanted },
  { title: 'wants others', options: { authorization: 'x' }, credentials, ...wrong },
  { title: 'wants credentials', url: forwardOnly, options: { authorization: 'x' }, ...wanted },
  { title: 'wants others', url: forwardOnly, options: { authorization: 'x' }, credentials, ...wrong },
  {
    title: 'refuses',
    options: { refusal: 'HTTP/1.1 403 Forbidden\r\n\r\n' },
    credentials,
    kind: 'wrong_address',
    words: 'would not let the request through (403)',
    hint: 'NO_PROXY',
  },
  {
    title: 'does not get there',
    options: { refusal: 'HTTP/1.1 502 Bad Gateway\r\n\r\n' },
    kind: 'network',
    words: 'could not reach it either (502)',
    hint: 'the address of the proxy',
  },
  {
    title: 'speaks nonsense',
    options: { refusal: 'SSH-2.0\r\n' },
    kind: 'network',
    words: 'closed the connection (HPE_',
    hint: 'running',
  },
  {
    title: 'hangs up',
    options: { refusal: '' },
    kind: 'network',
    words: 'closed the connection (ECONNRESET)',
    hint: 'running',
  },
  {
    title: 'sends endless headers',
    options: { refusal: `HTTP/1.1 200 OK\r\nx: ${'x'.repeat(100_000)}\r\n\r\n` },
    kind: 'oversized',
    words: 'larger headers',
    hint: 'the address of the proxy',
  },
];

describe('a proxy that stands in the way is named, with what to do', () => {
  test.each(refusing)('$title ($url)', async ({ url = connectOnly, options, credentials, kind, words, hint }) => {
    const { error, problem, proxy, requests } = await askThrough(url, options, credentials);
    expect(problem).toMatchObject({ kind, hint: expect.stringContaining(hint), words: expect.stringContaining(words) });
    const origin = url === connectOnly ? 'HTTPS_PROXY' : 'HTTP_PROXY';
    expect(problem?.words).toContain(`could not be reached: the proxy ${proxy} (${origin}) `);
    expect(requests).toEqual([]);
    const encoded = Buffer.from('me:hunter2').toString('base64');
    const everything = `${inspect(error, { depth: 9, showHidden: true })}${JSON.stringify(problem)}`;
    expect(everything.includes('hunter2') || everything.includes(encoded)).toBe(false);
  });

  const deserted = async (): Promise<string> => {
    await using proxy = await testProxy({ port: 1 });
    return proxy.url;
  };

  test.each([connectOnly, forwardOnly])('is not there (%s)', async (url) => {
    const address = await deserted();
    const { problem } = await ask(url, { httpProxy: address, httpsProxy: address });
    expect(problem).toMatchObject({
      kind: 'refused',
      words: `could not be reached: the proxy ${address} refused the connection (ECONNREFUSED)`,
      hint: 'Check the address of the proxy and whether the proxy is running.',
    });
  });

  test('is a host that nobody knows', async () => {
    const { problem } = await ask(connectOnly, { httpsProxy: 'http://no-such-proxy.invalid:3128' });
    expect(problem?.words).toMatch(
      /the proxy http:\/\/no-such-proxy\.invalid:3128 (?:is not a host|cannot be looked up)/,
    );
  });

  test('has a certificate that is not trusted', async () => {
    await using proxy = await testProxy({ port: 1, tls: await serviceTls() });
    const { problem } = await ask(connectOnly, { httpsProxy: proxy.url });
    expect(problem).toMatchObject({ kind: 'bad_certificate', hint: expect.stringContaining('ca_file') });
    expect(problem?.words).toContain(`the proxy ${proxy.url} has a certificate that is not trusted`);
  });

  test('does not speak the TLS that its address says', async () => {
    await using proxy: TestProxy = await testProxy({ port: 1 });
    const httpsProxy = proxy.url.replace('http:', 'https:');
    const { problem } = await ask(connectOnly, { httpsProxy, httpsProxyOrigin: 'HTTPS_PROXY' });
    expect(problem).toMatchObject({ kind: 'wrong_address', lacksTls: false });
    expect(problem?.hint).toBe(
      'Check the address of the proxy in HTTPS_PROXY: if it speaks plain HTTP, as most do, it begins with http://, for https:// services too.',
    );
  });
});

describe('an authority of one’s own', () => {
  test('is trusted without a proxy as well, beside the usual ones', async () => {
    await using server = await modelServer(() => hello, { tls: await serviceTls() });
    expect((await ask(server.origin, { authorities: await fixture('authority') })).text).toBe('hello');
  });

  test('does not vouch for others', async () => {
    const pem = (name: string) => fixture(`../../fixtures/untrusted-${name}`);
    await using server = await modelServer(() => hello, {
      tls: { key: await pem('key'), cert: await pem('certificate') },
    });
    const { problem } = await ask(server.origin, { authorities: await fixture('authority') });
    expect(problem).toMatchObject({
      kind: 'bad_certificate',
      hint: expect.stringMatching(/ca_file.*NODE_EXTRA_CA_CERTS/),
    });
  });

  test('is what a service behind a tunnel needs, too', async () => {
    await using server = await modelServer(() => hello, { tls: await serviceTls() });
    await using proxy = await testProxy({ port: portOf(server) });
    const { problem } = await ask(connectOnly, { httpsProxy: proxy.url });
    expect(problem).toMatchObject({ kind: 'bad_certificate', hint: expect.stringContaining('ca_file') });
    expect(problem?.words).toMatch(/^has a certificate that is not trusted/);
  });
});
