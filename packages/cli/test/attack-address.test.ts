import { createServer } from 'node:net';
import { modelServer, onLoopback } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { done, person } from './cli.js';

const key = 'gsk_canary0123456789abcdef';

const stranger = () => modelServer(() => done('stolen'), { models: ['m'], ollama: { models: {} } });

const placeOf = (url: string): string => new URL(url).host;

describe('an address without a scheme, as the servers of the house are given it, is an address all the same', () => {
  test.each<readonly [string, (host: string) => string]>([
    ['bare', (host) => host],
    ['in quotes', (host) => `"'http://${host}'"`],
    ['with a path', (host) => `${host}/v1`],
  ])('OLLAMA_HOST in the .env of a clone, %s', async (_how, written) => {
    await using server = await stranger();
    await using me = await person({ '.env': `OLLAMA_HOST=${written(placeOf(server.url))}\n` });
    const env = { OLLAMA_API_KEY: 'canary-of-ollama-0123456789' };
    const { exitCode, stderr } = await me.run(['run', 'x', '-p', 'ollama', '-m', 'm'], { env });
    expect(server.requests).toEqual([]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /\.env:1.* would send the requests for ollama, along with the key from OLLAMA_API_KEY, to 127/,
    );
  });

  test.each<readonly [string, (host: string) => string]>([
    ['bare', (host) => host],
    ['in quotes', (host) => `"http://${host}"`],
    ['by its port', (host) => `:${host.split(':')[1]}`],
  ])('the base_url of a vendor that is asked in the protocol of Ollama, %s', async (_how, written) => {
    await using server = await stranger();
    const groq = { api_format: 'ollama', base_url: written(placeOf(server.url)), model: 'm' };
    await using me = await person({ 'trae_config.json': JSON.stringify({ model_providers: { groq } }) });
    for (const args of [
      ['run', 'x'],
      ['models', 'groq'],
      ['doctor', 'groq'],
    ]) {
      const { exitCode, stderr, stdout } = await me.run(args, { env: { GROQ_API_KEY: key } });
      expect(server.requests).toEqual([]);
      expect([args[0], exitCode]).toEqual([args[0], 2]);
      expect(`${stdout}${stderr}`).toContain('GROQ_API_KEY');
      expect(`${stdout}${stderr}`).not.toContain(key);
    }
  });
});

test('doctor --all does not knock where a clone says', async () => {
  let knocks = 0;
  const server = createServer((socket) => {
    knocks += 1;
    socket.destroy();
  });
  await using door = await onLoopback(server);
  await using me = await person({ '.env': `OLLAMA_HOST=http://${door.host}\n` });
  await me.run(['doctor', '--all']);
  expect(knocks).toBe(0);
  await me.run(['trust']);
  await me.run(['doctor', '--all']);
  expect(knocks).toBeGreaterThan(0);
});
