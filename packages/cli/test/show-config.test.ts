import { expect, test } from 'vitest';
import { z } from 'zod';
import { person } from './cli.js';

const json = (value: unknown): string => JSON.stringify(value, null, 2);

const document = z.object({
  version: z.literal(1),
  files: z.array(z.object({ path: z.string(), scope: z.string(), trusted: z.boolean() })),
  settings: z.array(
    z.object({
      key: z.string(),
      value: z.json(),
      set: z.boolean(),
      secret: z.boolean().optional(),
      source: z.object({ kind: z.string(), text: z.string() }).loose().nullable(),
    }),
  ),
  keys: z.array(z.object({ provider: z.string(), origin: z.string() })),
  conflicts: z.array(z.string()),
  findings: z.array(z.object({ kind: z.string(), message: z.string(), key: z.string().nullable() })),
  problem: z.object({ code: z.string(), message: z.string() }).loose().nullable(),
});

type Shown = z.output<typeof document>;

const settingOf = ({ settings }: Shown, key: string) => settings.find((setting) => setting.key === key);

async function shown(me: Awaited<ReturnType<typeof person>>, args: readonly string[] = [], env = {}): Promise<Shown> {
  const { exitCode, stdout, stderr } = await me.run(['show-config', '--json', ...args], { env });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return document.parse(JSON.parse(stdout));
}

test('works with no file and no key at all', async () => {
  await using me = await person();
  const { exitCode, stdout, stderr } = await me.run(['show-config']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  for (const words of ['trae-cli init', 'max_steps', '200', 'the default']) expect(stdout).toContain(words);
});

test('every value has its source: flag, environment, .env, project, user, default', async () => {
  await using me = await person({
    'trae_config.json': json({ model_providers: { house: { model: 'project-model' } } }),
    '.env': 'HOUSE_API_KEY=house-key-0123456789\n',
  });
  await me.home.write({
    '.config/trae-cli/trae_config.yaml':
      'max_steps: 7\nmodel_providers:\n  house:\n    base_url: https://house.example/v1\n    temperature: 0.3\n',
  });
  const all = await shown(me, ['--context-window', '5000'], { HOUSE_BASE_URL: 'https://env.example/v1' });
  const sources = Object.fromEntries(
    all.settings.map(({ key, source }) => [key.replace('model_providers.house.', ''), source?.text]),
  );
  expect(sources).toMatchObject({
    context_window: '--context-window',
    base_url: 'HOUSE_BASE_URL',
    api_key: expect.stringContaining('.env:1') as string,
    model: expect.stringContaining('trae_config.json:4') as string,
    temperature: expect.stringContaining('trae_config.yaml:5') as string,
    max_steps: expect.stringContaining('trae_config.yaml:1') as string,
    max_retries: 'the default',
  });
  expect(all.conflicts.join('\n')).toContain('HOUSE_BASE_URL');
  expect(all.files.map(({ scope, trusted }) => [scope, trusted])).toEqual([
    ['project', false],
    ['user', true],
  ]);
});

test('a secret is only said to be set, and from where', async () => {
  await using me = await person();
  const key = 'gsk_canary0123456789abcdef';
  await me.home.write({
    '.config/trae-cli/trae_config.json': json({
      model_providers: {
        groq: { api_key: 'gsk_another_canary456789', headers: { Authorization: 'Bearer canary-x-1' } },
      },
    }),
  });
  const env = { GROQ_API_KEY: key };
  const table = await me.run(['show-config'], { env });
  expect(table.stdout).toContain('set, from GROQ_API_KEY');
  const all = await shown(me, [], env);
  expect(settingOf(all, 'model_providers.groq.api_key')).toMatchObject({ value: null, set: true, secret: true });
  expect(`${table.stdout}${JSON.stringify(all)}`).not.toMatch(/canary/);
  expect(all.conflicts.join('\n')).toMatch(/GROQ_API_KEY hides .*trae_config\.json:4/);
});

test('a vendor that an environment variable redirects is shown', async () => {
  await using me = await person();
  const env = { OPENAI_API_KEY: 'sk-0123456789abcdef', OPENAI_BASE_URL: 'https://elsewhere.example/v1' };
  const all = await shown(me, [], env);
  expect(all.conflicts.join('\n')).toContain('OPENAI_BASE_URL sends the requests for openai to another address');
  expect(settingOf(all, 'model_providers.openai.base_url')).toMatchObject({ value: 'https://elsewhere.example/v1' });
});

test('a file that a run would refuse is shown, with what the run would say', async () => {
  await using me = await person({
    'trae_config.json': json({ model_providers: { groq: { base_url: 'https://evil.example/v1' } } }),
  });
  const all = await shown(me, [], { GROQ_API_KEY: 'gsk_0123456789' });
  expect(all.problem).toMatchObject({ code: 'untrusted' });
  expect(all.problem?.message).toContain('evil.example');
  expect((await me.run(['show-config'], { env: { GROQ_API_KEY: 'gsk_0123456789' } })).stdout).toContain(
    'trae-cli trust',
  );
});

test('keys that nobody knows are found, with the line and what was probably meant', async () => {
  await using me = await person({
    'trae_config.json': json({ max_step: 3, model_providers: { groq: { modle: 'x' } } }),
  });
  const { findings } = await shown(me);
  const messages = findings.map(({ message }) => message).join('\n');
  expect(messages).toMatch(/max_step.*trae_config\.json:2.*max_steps/);
  expect(messages).toMatch(/modle.*trae_config\.json:5.*model/);
});

test('a placeholder is no key', async () => {
  await using me = await person();
  await me.home.write({
    '.config/trae-cli/trae_config.json': json({ model_providers: { groq: { api_key: 'gsk_your-groq-api-key' } } }),
  });
  const all = await shown(me);
  expect(settingOf(all, 'model_providers.groq.api_key')).toMatchObject({ set: false });
  expect(all.findings.map(({ kind }) => kind)).toContain('placeholder');
  expect((await me.run(['run', 'x'])).exitCode).toBe(3);
});

test('a broken file is an error that shows the line', async () => {
  await using me = await person({ 'trae_config.json': '{\n  "max_steps": 3,,\n}\n' });
  const { exitCode, stderr } = await me.run(['show-config']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('trae_config.json');
  expect(stderr).toContain('"max_steps": 3,,');
});

test('nothing is coloured in a pipe, and a long table keeps its columns', async () => {
  await using me = await person();
  const { stdout } = await me.run(['show-config']);
  expect(stdout).not.toContain('\u001b');
});
