import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type CliOptions, type Person, person } from './cli.js';
import { fakeKeychain } from './login/fake-keychain.js';

const key = 'gsk_canary0123456789';

const document = z.object({
  version: z.literal(1),
  chosen: z.object({ provider: z.string(), reason: z.string().nullable() }).nullable(),
  providers: z.array(
    z.object({
      id: z.string(),
      key: z.object({ state: z.string(), from: z.string().nullable() }),
      baseUrl: z.string().nullable(),
      baseUrlFrom: z.string().nullable(),
      defaultModel: z.string().nullable(),
      keyUrl: z.string().nullable(),
      configured: z.boolean(),
    }),
  ),
  problem: z.object({ code: z.string() }).loose().nullable(),
});

async function shown(me: Person, args: readonly string[] = [], options: CliOptions = {}) {
  const { exitCode, stdout, stderr } = await me.run(['providers', '--json', ...args], options);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).not.toContain('canary');
  const found = document.parse(JSON.parse(stdout));
  return { ...found, byId: (id: string) => found.providers.find((provider) => provider.id === id) };
}

const config = (providers: object): Record<string, string> => ({
  'trae_config.json': JSON.stringify({ model_providers: providers }),
});

describe('providers', () => {
  test('are listed with their keys, models and addresses, without any key at all', async () => {
    await using me = await person();
    const { exitCode, stdout, stderr } = await me.run(['providers']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /^groq +missing +openai\/gpt-oss-120b +https:\/\/api\.groq\.com\/openai\/v1 +https:\/\/console/m,
    );
    expect(stdout).toMatch(/^openai_compatible +not needed$/m);
    expect(stderr).toContain('No key is set');
  });

  test('show where a key is from, who a run would ask and why, and never the key', async () => {
    await using me = await person();
    const { stdout, stderr } = await me.run(['providers'], { env: { GROQ_API_KEY: key } });
    expect(stdout).toMatch(/^groq \* +set: GROQ_API_KEY /m);
    expect(stderr).toContain('* is whom a run asks: GROQ_API_KEY is set.');
    expect(`${stdout}${stderr}`).not.toContain(key);
  });

  test('of one’s own are among them, with what the files say', async () => {
    await using me = await person(config({ house: { base_url: 'http://localhost:1/v1', model: 'qwen' } }));
    const { byId, chosen } = await shown(me);
    expect(byId('house')).toMatchObject({
      key: { state: 'not needed' },
      baseUrl: 'http://localhost:1/v1',
      baseUrlFrom: 'trae_config.json:1',
      defaultModel: 'qwen',
      configured: true,
    });
    expect(chosen).toEqual({ provider: 'house', reason: 'it is the only one configured' });
  });

  test.each([
    ['the environment', {}, { GROQ_API_KEY: 'your-api-key-here' }, 'GROQ_API_KEY'],
    ['a file', config({ groq: { api_key: 'your_groq_api_key' } }), {}, 'the configuration'],
  ])('have no key where %s holds the placeholder of an example', async (_where, files, env, from) => {
    await using me = await person(files);
    expect((await shown(me, [], { env })).byId('groq')?.key).toEqual({ state: 'placeholder', from });
  });

  test('show an address without what is secret in it', async () => {
    await using me = await person();
    const env = { GROQ_BASE_URL: 'https://me:canary0123456789@proxy.example/v1?key=canary0123456789' };
    expect((await shown(me, [], { env })).byId('groq')).toMatchObject({
      baseUrl: 'https://proxy.example/v1',
      baseUrlFrom: 'GROQ_BASE_URL',
    });
  });

  test.runIf(process.platform === 'linux')('ask no keychain for a key that is said to be there', async () => {
    await using me = await person();
    await using programs = await fakeKeychain('secretTool');
    const env = { PATH: `${programs.root}:${process.env['PATH']}`, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere' };
    await me.run(['login', 'groq', '--stdin', '--no-check'], { env, input: key });
    const calls = async () => (await programs.read('calls')).trim().split('\n').length;
    const before = await calls();
    const { byId, chosen } = await shown(me, [], { env });
    expect(byId('groq')?.key).toEqual({ state: 'set', from: 'the login in the keychain' });
    expect(chosen?.provider).toBe('groq');
    expect((await shown(me, ['groq'], { env })).problem).toBeNull();
    expect(await calls()).toBe(before);
    await me.run(['models', '--model-base-url', 'http://127.0.0.1:1/v1', 'groq'], { env });
    expect(await calls()).toBe(before + 1);
  });
});

describe('one provider', () => {
  test('is shown with everything there is to say, also by another name', async () => {
    await using me = await person();
    const { exitCode, stdout } = await me.run(['providers', 'dashscope']);
    expect(exitCode).toBe(0);
    for (const words of ['Alibaba Cloud (DashScope) (alibaba)', 'ALIBABA_API_KEY', 'free tier', 'one region'])
      expect(stdout).toContain(words);
    expect(stdout).toMatch(/A run would end at once\n.*no API key/);
  });

  test('says why a run with it would end at once', async () => {
    await using me = await person();
    const { problem } = await shown(me, ['azure'], { env: { AZURE_API_KEY: 'canary0123456789' } });
    expect(problem?.code).toBe('config_invalid');
  });

  test('that works has no problem', async () => {
    await using me = await person();
    expect((await shown(me, ['groq'], { env: { GROQ_API_KEY: key } })).problem).toBeNull();
  });

  test('that there is not is a usage error', async () => {
    await using me = await person();
    expect(await me.run(['providers', 'gruq'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('Did you mean groq?') as string,
    });
  });
});
