import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type ProcessResult, modelServer, onLoopback, runProcess } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import type { NetworkSettings } from '../../src/entry.js';
import { fixture, serviceTls, testProxy } from './test-proxy.js';

const script = fileURLToPath(new URL('ask-once.ts', import.meta.url));
/** What may not be waited for takes ten seconds and more; to start from source takes one or two. */
const limitMs = 8000;

function askOnce(url: string, network: NetworkSettings, headersMs?: number): Promise<ProcessResult> {
  const order = JSON.stringify({ url, network, headerNames: [], limits: { headersMs, idleMs: undefined } });
  const args = ['--conditions=@trae-cli/source', '--import', 'tsx', script, order];
  return runProcess(process.execPath, args, { signal: AbortSignal.timeout(limitMs) });
}

const answered: Partial<ProcessResult> = { exitCode: 0, stdout: 'hello\nanswered', stderr: '' };
const failed: Partial<ProcessResult> = { exitCode: 0, stdout: expect.stringContaining('ServiceFailure'), stderr: '' };

describe('a process that asks a service', () => {
  test('lives until the answer is there, without a limit of time, and ends in spite of connections that are kept', async () => {
    await using server = await modelServer([{ before: { waitMs: 1000 }, body: 'hello' }]);
    expect(await askOnce(server.origin, {})).toMatchObject(answered);
  });

  test('does so through a tunnel', async () => {
    await using server = await modelServer([{ before: { waitMs: 1000 }, body: 'hello' }], { tls: await serviceTls() });
    await using proxy = await testProxy({ port: Number(new URL(server.origin).port), tls: await serviceTls() });
    const network = { httpsProxy: proxy.url, authorities: await fixture('authority') };
    expect(await askOnce('https://model.test/', network)).toMatchObject(answered);
  });

  test('ends when it gives up on a proxy that says nothing', async () => {
    await using proxy = await testProxy({ port: 1, isSilent: true });
    const network = { httpsProxy: proxy.url };
    expect(await askOnce('https://model.test/', network, 200)).toMatchObject(failed);
    expect(proxy.asked).toEqual(['CONNECT model.test:443']);
  });

  test('ends when it gives up on a service that takes the connection and not the TLS', async () => {
    await using server = await onLoopback(createServer());
    expect(await askOnce(`https://${server.host}/`, {}, 200)).toMatchObject(failed);
  });

  test.each([
    ['refused', 'http://127.0.0.1:1/'],
    ['of an unknown host', 'https://no-such-host.invalid/'],
  ])('ends at once when the connection is %s', async (_title, url) => {
    expect(await askOnce(url, {})).toMatchObject(failed);
  });
});
