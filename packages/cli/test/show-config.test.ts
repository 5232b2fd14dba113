import { hasTerminal, openTerminal } from '@trae-cli/testkit';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { person, program } from './cli.js';

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

test('nothing is coloured in a pipe', async () => {
  await using me = await person();
  const { stdout } = await me.run(['show-config']);
  expect(stdout).not.toContain('\u001b');
});

test.each([
  { name: 'no provider and no key', args: [], code: 'credentials_missing' },
  { name: 'no key', args: ['-p', 'groq'], code: 'credentials_missing' },
  { name: 'no address', args: ['-p', 'openai_compatible'], code: 'config_invalid' },
  { name: 'an address nobody can use', args: ['--model-base-url', 'localhost:8000'], code: 'config_invalid' },
  { name: 'a tool that there is not', args: ['-p', 'groq', '-k', 'gsk_0123', '--allowed-tools', 'bsh'], code: 'usage' },
])('what would end a run is shown, and is no failure: $name', async ({ args, code }) => {
  await using me = await person();
  expect((await shown(me, args)).problem).toMatchObject({ code });
  expect((await me.run(['show-config', ...args])).stdout).toMatch(/\nA run would end at once\n {2}- \S/);
});

test('a directory of allow_paths that is not there would end a run, and the line is named', async () => {
  await using me = await person();
  await me.home.write({ '.config/trae-cli/trae_config.json': json({ allow_paths: ['/nowhere-at-all'] }) });
  const args = ['-p', 'groq', '-k', 'gsk_0123456789'];
  expect((await shown(me, args)).problem?.['hint']).toMatch(/"allow_paths" \(.*trae_config\.json:2\)/);
});

test('a window told apart into input and output is shown whole', async () => {
  await using me = await person({
    '.traerc': 'model_providers: { house: { base_url: "http://x/v1", context_window: { input: 9000, output: 500 } } }',
  });
  expect(settingOf(await shown(me, ['--trust']), 'model_providers.house.context_window')?.value).toEqual({
    input: 9000,
    output: 500,
  });
});

test('what a flag forbids comes on top of what the file forbids', async () => {
  await using me = await person({ '.traerc': 'disallowed_tools: [bash]' });
  const all = await shown(me, ['--disallowed-tools', 'sequentialthinking']);
  expect(settingOf(all, 'disallowed_tools')?.value).toEqual(['sequentialthinking', 'bash']);
});

test('settings stand under their provider, and a name with a dot in it is one name', async () => {
  await using me = await person({
    '.traerc':
      'model_providers: { "a.b": { model: one, base_url: "http://x/v1" }, a: { model: two } }\ndefault_provider: a.b',
  });
  const { stdout } = await me.run(['show-config']);
  expect(stdout).toMatch(/\nmodel_providers\.a\.b\n(?: {2}.*\n)* {2}model +one +\.traerc:1\n/);
  expect(stdout).toMatch(/\nmodel_providers\.a\n {2}model +two +\.traerc:1\n/);
});

const house = (values: object): string =>
  json({ model_providers: { house: { base_url: 'http://localhost:8000/v1', model: 'org/small-1.5', ...values } } });

test('what is said of a model stands on a line of its own, under its whole name', async () => {
  await using me = await person({
    'trae_config.json': house({
      models: {
        'org/small-1.5': { context_window: { input: 5000, output: 100 }, tool_mode: 'prompted' },
        'qwen3:8b': { reasoning: true },
      },
    }),
  });
  await me.home.write({
    '.config/trae-cli/trae_config.json': house({ models: { 'qwen3:8b': { price: { input: 0.1, output: 0.2 } } } }),
  });
  const { stdout } = await me.run(['show-config']);
  const [, section = ''] = stdout.split('\nmodel_providers.house.models\n');
  expect(
    section
      .split('\n')
      .map((line) => line.trim().replaceAll(/\s+/g, ' '))
      .slice(0, 2),
  ).toEqual([
    'org/small-1.5 context_window 5000, context_window.output 100, tool_mode prompted trae_config.json:9',
    'qwen3:8b reasoning true, price input 0.1 output 0.2 trae_config.json:15, ~/.config/trae-cli/trae_config.json:8',
  ]);
  const all = await shown(me);
  expect(settingOf(all, "model_providers.house.models.'qwen3:8b'.price")).toMatchObject({
    value: { input: 0.1, output: 0.2 },
    source: { line: 8 },
  });
  expect(settingOf(all, 'model_providers.house.context_window')?.value).toEqual({ input: 5000, output: 100 });
  expect(settingOf(await shown(me, ['--model', 'other']), 'model_providers.house.context_window')?.set).toBe(false);
});

test("the steps of the provider that would answer rank above everybody's", async () => {
  await using me = await person({
    'trae_config.json': json({
      max_steps: 5,
      default_provider: 'house',
      model_providers: { house: { base_url: 'http://localhost:8000/v1', max_steps: 9 }, groq: { max_steps: 3 } },
    }),
  });
  const of = async (...args: readonly string[]) => settingOf(await shown(me, args), 'max_steps');
  expect([await of(), await of('-p', 'groq'), await of('-p', 'mistral'), await of('--max-steps', '1')]).toMatchObject([
    { value: 9, source: { line: 7 } },
    { value: 3, source: { line: 10 } },
    { value: 5, source: { line: 2 } },
    { value: 1, source: { kind: 'flag' } },
  ]);
});

test('the password of a proxy is not shown, and budgets are', async () => {
  await using me = await person();
  await me.home.write({
    '.config/trae-cli/trae_config.json': json({
      proxy: 'http://me:canary0123@proxy.example:3128',
      no_proxy: ['a.example', 'b.example'],
      max_cost: 0.5,
      max_total_tokens: 1000,
    }),
  });
  const { stdout } = await me.run(['show-config']);
  const all = await shown(me);
  expect(`${stdout}${JSON.stringify(all)}`).not.toContain('canary');
  expect(stdout).toMatch(/ {2}proxy +set, from ~\/\.config\/trae-cli\/trae_config\.json:2\n/);
  expect(['proxy', 'no_proxy', 'max_cost', 'max_total_tokens'].map((key) => settingOf(all, key))).toMatchObject([
    { value: null, set: true, secret: true },
    { value: 'a.example,b.example' },
    { value: 0.5 },
    { value: 1000 },
  ]);
});

test('what belongs to a provider is not taken for that of one whose name begins alike', async () => {
  await using me = await person({
    '.traerc':
      'model_providers: { a: { base_url: "http://localhost:1/v1" }, a.b: { tool_mode: native } }\ndefault_provider: a',
  });
  const keys = (await shown(me)).settings.map(({ key }) => key);
  expect(keys.filter((key) => key.endsWith('tool_mode'))).toEqual(['model_providers.a.b.tool_mode']);
  expect((await me.run(['show-config'])).stdout).toMatch(/\nmodel_providers\.a\.b\n {2}tool_mode +native/);
});

const isRequired = (process.env['TRAE_REQUIRE_SYSTEM_PROGRAMS'] ?? '') !== '';
const canRun = isRequired || (await hasTerminal());
if (!canRun) process.stderr.write('\n*** tmux is missing: no table is tested in a real terminal. ***\n');

test.skipIf(!canRun)(
  'in a terminal of 80 columns nothing wraps that could have been put on a line of its own',
  async () => {
    await using me = await person();
    const env = { PATH: process.env['PATH'], HOME: me.home.root, GROQ_API_KEY: 'gsk_0123456789' };
    await using terminal = await openTerminal([process.execPath, program, 'show-config'], {
      cwd: me.workspace.root,
      env,
    });
    expect(await terminal.untilEnded()).toBe(0);
    expect(await terminal.screen()).toContain(
      '  tools             bash, str_replace_based_edit_tool, json_edit_tool,\n' +
        '                    sequentialthinking, task_done\n' +
        '                    (the default)\n',
    );
  },
);
