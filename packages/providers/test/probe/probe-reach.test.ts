import { probeReach } from '@trae-cli/providers';
import { modelServer } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import type { NetworkSettings } from '../../src/entry.js';
import { plain } from '../entries.js';
import { fixture, serviceTls, testProxy } from '../network/test-proxy.js';

const today = new Date('2026-11-20T00:00:00Z');

const reach = (address: string, network?: NetworkSettings, day = today) =>
  probeReach({ entry: plain, address, settings: {}, network, today: day });

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('on the way to a service', () => {
  test('the name, the connection and the certificate are looked at, and nothing is asked', async () => {
    await using server = await modelServer([], { tls: await serviceTls() });
    const way = reach(server.url, { authorities: await fixture('authority') });
    expect(way).toMatchObject({ isPrivate: true, isTls: true, address: server.url });
    expect(await way.resolve()).toEqual({ says: '127.0.0.1 is an address, not a name' });
    expect(await way.connect()).toEqual({ says: `${new URL(server.url).host} takes connections` });
    const { says, doubt } = await way.secure();
    expect(says).toMatch(/^TLSv1\.3, certificate by .+, good until 2126-10-27$/);
    expect(doubt).toBeUndefined();
    expect(server.requests).toEqual([]);
  });

  test('a name is said with its addresses', async () => {
    expect((await reach('http://localhost:1/v1').resolve()).says).toMatch(/^localhost is .*(127\.0\.0\.1|::1)/);
  });

  test('a certificate that ends in a few days is no failure, and is said', async () => {
    await using server = await modelServer([], { tls: await serviceTls() });
    const late = new Date('2126-10-20T00:00:00Z');
    const { doubt } = await reach(server.url, { authorities: await fixture('authority') }, late).secure();
    expect(doubt).toBe('The certificate ends in 7 days');
  });

  test('a certificate of nobody that is known is a failure that names the setting', async () => {
    await using server = await modelServer([], { tls: await serviceTls() });
    const error = await failureOf(reach(server.url).secure());
    expect(error).toMatchObject({
      code: 'provider_unavailable',
      message: expect.stringContaining('certificate that is not trusted'),
      hint: expect.stringContaining('ca_file'),
    });
  });

  test('a server that speaks no TLS is told from one with a bad certificate', async () => {
    await using server = await modelServer([]);
    const error = await failureOf(reach(server.url.replace('http:', 'https:')).secure());
    expect(error).toMatchObject({ code: 'config_invalid', hint: expect.stringContaining('http://') });
  });

  test.each([
    ['connect', 'http://127.0.0.1:1/v1', /refused the connection/],
    ['connect', 'https://[::1]:1/v1', /refused the connection|closed the connection/],
    ['resolve', 'http://nobody.invalid/v1', /not a host that anybody knows|cannot be looked up/],
  ] as const)('%s of %s fails in the words of a request', async (step, address, words) => {
    const error = await failureOf(reach(address)[step]());
    expect(error).toMatchObject({ code: 'provider_unavailable', message: expect.stringMatching(words) });
  });

  test('an address that is none is refused before anything is looked at', () => {
    expect(() => reach('http://a b')).toThrow('is not an address');
  });
});

describe('behind a proxy', () => {
  test('the proxy is looked up and connected to, and TLS goes through its tunnel to the service', async () => {
    await using server = await modelServer([], { tls: await serviceTls() });
    await using proxy = await testProxy({ port: Number(new URL(server.origin).port) });
    const network = { httpsProxy: proxy.url, httpsProxyOrigin: 'HTTPS_PROXY', authorities: await fixture('authority') };
    const way = reach('https://model.test/v1', network);
    expect((await way.resolve()).says).toContain(`the proxy ${proxy.url} (HTTPS_PROXY) is in between`);
    expect((await way.connect()).says).toBe(`the proxy ${proxy.url} (HTTPS_PROXY) takes connections`);
    expect((await way.secure()).says).toMatch(/^TLSv1\.3, certificate by .+, through the proxy$/);
    expect(proxy.asked).toEqual(['CONNECT model.test:443']);
  });

  test.each([
    ['connect', 'http://127.0.0.1:1', /could not be reached: the proxy .* refused the connection/],
    ['resolve', 'http://nobody.invalid:3128', /could not be reached: the proxy .*(not a host|looked up)/],
  ] as const)('%s with the proxy %s is a failure of the proxy', async (step, proxy, words) => {
    const network = { httpsProxy: proxy, httpsProxyOrigin: 'HTTPS_PROXY' };
    const error = await failureOf(reach('https://model.test/v1', network)[step]());
    expect(error).toMatchObject({
      message: expect.stringMatching(words),
      hint: expect.stringContaining('HTTPS_PROXY'),
    });
  });

  test('a proxy that wants a password is a failure of TLS', async () => {
    await using proxy = await testProxy({ port: 1, authorization: 'Basic x' });
    const error = await failureOf(reach('https://model.test/v1', { httpsProxy: proxy.url }).secure());
    expect(error).toMatchObject({ message: expect.stringContaining('wants a user name and a password') });
  });
});
