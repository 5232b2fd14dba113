import { modelServer } from '@trae-cli/testkit';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { type Person, person } from './cli.js';
import { capable } from './doctor-server.js';

const document = z.object({
  exitStatus: z.int(),
  providers: z.array(z.object({ provider: z.string(), exitStatus: z.int(), card: z.unknown() })),
});

/** One provider that works, one that refuses its key, and a vendor with a key for an address where nobody listens. */
async function troubled(me: Person, args: readonly string[]) {
  await using good = await modelServer((request) => capable(request), { models: ['scripted'] });
  await using bad = await modelServer(() => ({ status: 401, json: { error: { message: 'bad key' } } }));
  const model_providers = {
    good: { base_url: good.url, model: 'scripted', context_window: 64_000 },
    bad: { base_url: bad.url, model: 'scripted', api_key: 'sk-canary-77' },
  };
  await me.home.write({ '.config/trae-cli/trae_config.json': JSON.stringify({ model_providers }) });
  const env = {
    GROQ_API_KEY: 'gsk_canary77',
    GROQ_BASE_URL: 'http://127.0.0.1:1/v1',
    OLLAMA_HOST: 'http://127.0.0.1:1',
  };
  return await me.run(['doctor', '--all', ...args], { env });
}

test('doctor --all shows every configured provider in a row, and what is wrong with which beneath', async () => {
  await using me = await person();
  const { exitCode, stdout } = await troubled(me, []);
  expect(exitCode).toBe(4);
  const [head = '', ...lines] = stdout.split('\n');
  expect(head).toMatch(/^provider +result +tools +first +window +model/);
  expect(lines.slice(0, 3).map((line) => line.replaceAll(/ {2,}/g, '|').split('|').slice(0, 2))).toEqual([
    ['groq', 'failed: connection'],
    ['good', 'ok'],
    ['bad', 'failed: key accepted'],
  ]);
  expect(stdout).toMatch(/^bad\n(?:warning .*\n(?: .*\n)*)?failed +key accepted +HTTP 401/m);
  expect(stdout).not.toMatch(/canary|ollama/);
});

test('doctor --all --json is one document, with the status of each and of the first failure', async () => {
  await using me = await person();
  const { exitCode, stdout } = await troubled(me, ['--json']);
  const { exitStatus, providers } = document.parse(JSON.parse(stdout));
  expect({ exitCode, exitStatus }).toEqual({ exitCode: 4, exitStatus: 4 });
  expect(providers.map(({ provider, exitStatus: status }) => [provider, status])).toEqual([
    ['groq', 4],
    ['good', 0],
    ['bad', 3],
  ]);
  expect(stdout).not.toContain('canary');
});

test('doctor --all counts a local server that answers, and says so where there is nobody at all', async () => {
  await using me = await person();
  await using server = await modelServer((request) => capable(request), { ollama: { models: { 'qwen3.5': {} } } });
  const there = await me.run(['doctor', '--all'], { env: { OLLAMA_HOST: server.origin } });
  expect(there).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/\nollama +ok/) });
  const nobody = await me.run(['doctor', '--all'], { env: { OLLAMA_HOST: 'http://127.0.0.1:1' } });
  expect(nobody).toMatchObject({ exitCode: 3, stdout: '', stderr: expect.stringContaining('trae-cli login') });
});
