import { hasTerminal, modelServer, openTerminal, type ServerScript } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Person, person, program } from './cli.js';

const key = 'sk-or-v1-canary0123456789';

const document = z.object({
  version: z.literal(1),
  provider: z.string(),
  source: z.enum(['service', 'known']),
  reason: z.string().nullable(),
  models: z.array(
    z.object({
      id: z.string(),
      default: z.boolean(),
      contextWindow: z.int().nullable(),
      tools: z.boolean().nullable(),
      price: z.object({ input: z.number(), output: z.number() }).loose().nullable(),
      notice: z.string().nullable(),
    }),
  ),
});

const listed = [
  {
    id: 'anthropic/claude-sonnet-5.5',
    context_length: 1_000_000,
    pricing: { prompt: '0.000002', completion: '0.00001' },
    supported_parameters: ['tools'],
  },
  { id: 'qwen/qwen3-coder', context_length: 262_144, top_provider: { max_completion_tokens: 65_536 } },
  { id: 'small/free-model:free', pricing: { prompt: '0', completion: '0' }, expiration_date: '2026-12-24' },
  { id: 'steers\u001b[31mthe terminal' },
];

const offering: ServerScript = () => ({ json: { data: listed } });

/** A person with a key for OpenRouter, whose address is a server of the test. */
async function asked(me: Person, args: readonly string[], respond: ServerScript = offering) {
  await using server = await modelServer(respond);
  const env = { OPENROUTER_API_KEY: key, OPENROUTER_BASE_URL: server.url };
  const result = await me.run(['models', ...args], { env });
  return { ...result, requests: server.requests.map(({ method, path }) => `${method} ${path}`) };
}

const shown = (stdout: string) => document.parse(JSON.parse(stdout));
const lineWith = (text: string, words: string): string => text.split('\n').find((line) => line.includes(words)) ?? '';

describe('models', () => {
  test('lists what the service offers, with what is known, for the provider that a run would ask', async () => {
    await using me = await person();
    const { exitCode, stdout, stderr, requests } = await asked(me, []);
    expect({ exitCode, requests }).toEqual({ exitCode: 0, requests: ['GET /v1/models'] });
    expect(lineWith(stdout, 'claude')).toMatch(/^anthropic\/claude-sonnet-5\.5 \* +1M +yes +2 +10 /);
    expect(lineWith(stdout, 'small/')).toMatch(/^small\/free-model:free +free +free +ends on 2026-12-24\.$/);
    expect(stdout).not.toContain('\u001b');
    expect(stderr).toContain('as of 2026-');
    expect(`${stdout}${stderr}`).not.toContain(key);
  });

  test.each([
    [['openrouter', 'QWEN', 'coder'], ['qwen/qwen3-coder']],
    [['openrouter', '--search', 'coder qwen'], ['qwen/qwen3-coder']],
    [['--search', '2026-12'], ['small/free-model:free']],
    [['openrouter', 'qwen', '--search', 'claude'], []],
  ])('with %j shows the models that have all the words', async (args, ids) => {
    await using me = await person();
    const { exitCode, stdout, stderr } = await asked(me, [...args, '--json']);
    expect({ exitCode, ids: shown(stdout).models.map(({ id }) => id) }).toEqual({ exitCode: 0, ids });
    expect(stderr.includes('None of 3 models')).toBe(ids.length === 0);
  });

  test('that are searched for have the word in their names, whatever stands in the notes of others', async () => {
    await using me = await person();
    const { stdout, stderr } = await me.run(['models', 'groq', '--offline', 'OSS']);
    expect(stdout.match(/^\S+\/\S+/gm)).toEqual(['openai/gpt-oss-120b', 'openai/gpt-oss-20b']);
    expect(stderr).toContain('Groq: 2 of 8 models.');
  });

  test('says null in JSON where nobody knows', async () => {
    await using me = await person();
    const { stdout } = await asked(me, ['--json', '--search', 'free']);
    expect(shown(stdout)).toMatchObject({
      provider: 'openrouter',
      source: 'service',
      models: [{ default: false, contextWindow: null, tools: null, price: { input: 0, output: 0 } }],
    });
  });

  test('says what the person has decided before what the service says', async () => {
    await using me = await person();
    await me.home.write({
      '.config/trae-cli/trae_config.json': JSON.stringify({
        model_providers: { openrouter: { model: 'qwen/qwen3-coder', context_window: 9000 } },
      }),
    });
    const { models } = shown((await asked(me, ['--json'])).stdout);
    expect(models.map(({ contextWindow }) => contextWindow)).toEqual([9000, 9000, 9000]);
    expect(models.find((model) => model.default)?.id).toBe('qwen/qwen3-coder');
  });

  test('says that the service does not list the model that a run would ask for', async () => {
    await using me = await person();
    const { stderr } = await asked(me, [], () => ({ json: { data: [{ id: 'another' }] } }));
    expect(stderr).toContain('OpenRouter does not list anthropic/claude-sonnet-5.5, which a run would ask for.');
  });
});

describe('a service that cannot be asked', () => {
  test('for want of a key is not, and what is known is shown', async () => {
    await using me = await person();
    const { exitCode, stdout, stderr } = await me.run(['models', 'groq']);
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^Note: These are the models known here, .* no key for it: set GROQ_API_KEY, or run/);
    expect(lineWith(stdout, 'gpt-oss-120b')).toMatch(/^openai\/gpt-oss-120b \* +131k +0\.15 +0\.6 /);
    expect(lineWith(stdout, 'mixtral')).toContain('has been shut down');
  });

  test('on the wish of the person is not', async () => {
    await using me = await person();
    const { exitCode, stdout, requests } = await asked(me, ['--offline', '--json']);
    expect({ exitCode, requests }).toEqual({ exitCode: 0, requests: [] });
    expect(shown(stdout)).toMatchObject({ source: 'known', reason: 'It was not asked (--offline).' });
  });

  test('because it has no list says so', async () => {
    await using me = await person();
    const { exitCode, stdout, stderr } = await me.run(['models', 'azure']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
    expect(stderr).toContain('a model here is the name of one of your deployments');
  });

  test('because it refuses the key is an error, and says what shows the rest', async () => {
    await using me = await person();
    const refused: ServerScript = () => ({ status: 401, json: { error: { message: `bad key ${key}` } } });
    const { exitCode, stdout, stderr } = await asked(me, ['openrouter'], refused);
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
    expect(stderr).toContain('trae-cli models openrouter --offline');
    expect(stderr).not.toContain(key);
  });

  test('because it is not there is an error of its own', async () => {
    await using me = await person();
    const { exitCode, stderr } = await me.run(['models', '--model-base-url', 'http://127.0.0.1:1/v1']);
    expect(exitCode).toBe(4);
    expect(stderr).toContain('refused the connection');
  });

  test('because there is nobody to ask says how to look without a key', async () => {
    await using me = await person();
    const { exitCode, stderr } = await me.run(['models']);
    expect(exitCode).toBe(3);
    expect(stderr).toContain('`trae-cli models PROVIDER` shows what is known');
  });

  test.each([
    ['claude', /no provider "claude"[^]*trae-cli models --search/],
    ['gruq', /Did you mean groq\?/],
    ['replay', /replay is no service/],
  ])('because %s is none is a usage error', async (name, words) => {
    await using me = await person();
    const { exitCode, stderr } = await me.run(['models', name]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringMatching(words) as string });
  });
});

const isRequired = (process.env['TRAE_REQUIRE_SYSTEM_PROGRAMS'] ?? '') !== '';
const canRun = isRequired || (await hasTerminal());

describe.skipIf(!canRun)('in a terminal', () => {
  test.each([
    [40, false],
    [80, false],
    [200, true],
  ])('of %i columns every row fits and no name is cut', async (columns, hasNotes) => {
    await using me = await person();
    await using terminal = await openTerminal([process.execPath, program, 'models', 'groq'], {
      cwd: me.workspace.root,
      columns,
      env: { PATH: process.env['PATH'], HOME: me.home.root },
    });
    expect(await terminal.untilEnded()).toBe(0);
    const rows = (await terminal.screen()).split('\n');
    const [head = ''] = rows.filter((row) => row.startsWith('model'));
    expect(head.endsWith('note')).toBe(hasNotes);
    expect(rows.some((row) => row.startsWith('llama-3.1-70b-versatile  '))).toBe(true);
    expect(rows.some((row) => row.startsWith('mixtral-8x7b-32768 has been shut down'))).toBe(!hasNotes);
  });
});
