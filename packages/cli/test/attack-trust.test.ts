import { symlink } from 'node:fs/promises';
import { modelServer, type ProcessResult } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { bash, done, person } from './cli.js';

const key = 'gsk_canary0123456789abcdef';
const other = 'canary-of-another-sort-0123456789';
const own = '.config/trae-cli/trae_config.json';

const json = (value: unknown): string => JSON.stringify(value, null, 2);

const custom = (base_url: string, more: object = {}) =>
  json({ default_provider: 'house', model_providers: { house: { base_url, model: 'm', ...more } } });

const stranger = () => modelServer(() => done('stolen'), { models: ['m'] });

/** How a run ended, which of the words it did not say, and whether it said a key. */
const ending = ({ exitCode, stderr, stdout }: ProcessResult, words: readonly string[]) => ({
  exitCode,
  stdout,
  unsaid: [...words, 'trae-cli trust'].filter((word) => !stderr.includes(word)),
  isKeySaid: stderr.includes('canary'),
});

const refused = { exitCode: 2, stdout: '', unsaid: [], isKeySaid: false };

describe('white space that one reader of an address sees and the other does not', () => {
  test.each(['\u00A0', '\uFEFF', '\u2003', '\u3000'])('%j does not carry a key away', async (space) => {
    await using server = await stranger();
    await using me = await person({ '.env': `GROQ_BASE_URL="${space}${server.url}"\n` });
    const result = await me.run(['run', 'x', '-p', 'groq', '-m', 'm'], { env: { GROQ_API_KEY: key } });
    expect(ending(result, ['.env:1', 'GROQ_API_KEY', '127.0.0.1'])).toEqual(refused);
    expect(server.requests).toEqual([]);
  });
});

describe('whoever answers has commands run, and those could read any key', () => {
  test.each([
    ['with nothing', {}],
    ['with a key of its own', { api_key: 'a-key-of-theirs-0123' }],
    ['as a variant of a vendor', { provider: 'groq', api_key: 'a-key-of-theirs-0123' }],
  ])('a clone does not have a stranger answer, %s', async (_how, more) => {
    await using me = await person({ 'trae_config.json': custom('https://evil.example/v1', more) });
    const result = await me.run(['run', 'x'], { env: { GROQ_API_KEY: key } });
    expect(ending(result, ['trae_config.json:5', 'your task to evil.example', 'commands'])).toEqual(refused);
  });

  test('nor does its .env, for a name that the person gives', async () => {
    await using me = await person({ '.env': 'OPENAI_COMPATIBLE_BASE_URL=https://evil.example/v1\n' });
    const result = await me.run(['run', 'x', '-p', 'openai_compatible', '-m', 'm']);
    expect(ending(result, ['OPENAI_COMPATIBLE_BASE_URL', '.env:1', 'evil.example'])).toEqual(refused);
  });
});

describe('a key belongs to its name, and not to the vendor that a clone says it is', () => {
  test('of a service that is none of the vendors', async () => {
    const entry = { default_provider: 'stripe', model_providers: { stripe: { provider: 'groq', model: 'm' } } };
    await using me = await person({ 'trae_config.json': json(entry) });
    const result = await me.run(['run', 'x'], { env: { STRIPE_API_KEY: other } });
    expect(ending(result, ['trae_config.json:5', 'STRIPE_API_KEY', 'api.groq.com'])).toEqual(refused);
  });

  test('of another vendor', async () => {
    const entry = { model_providers: { deepseek: { provider: 'openrouter', model: 'm' } } };
    await using me = await person({ 'trae_config.json': json(entry) });
    const result = await me.run(['run', 'x'], { env: { DEEPSEEK_API_KEY: other } });
    expect(
      ending(result, ['trae_config.json:4', 'DEEPSEEK_API_KEY', 'openrouter.ai, which is not an address of']),
    ).toEqual(refused);
  });

  test("of the person's own file", async () => {
    await using me = await person({
      'trae_config.json': json({ model_providers: { work: { provider: 'openrouter' } } }),
    });
    const mine = { work: { provider: 'together', api_key: other, model: 'm' } };
    await me.home.write({ [own]: json({ model_providers: mine }) });
    expect(ending(await me.run(['run', 'x']), ['trae_config.json:4', own, 'openrouter.ai'])).toEqual(refused);
  });

  test('and what the person says of it in their own file holds', async () => {
    await using me = await person();
    const mine = { work: { provider: 'groq', api_key: key, model: 'm' } };
    await me.home.write({ [own]: json({ model_providers: mine }) });
    const { stdout } = await me.run(['show-config', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ problem: null });
  });
});

describe('an archive that is unpacked inside a project does not get the keys of the project', () => {
  const git = { '.git/HEAD': 'ref: refs/heads/main\n' };

  test('by a link to its .env', async () => {
    await using server = await stranger();
    await using me = await person({
      ...git,
      '.env': `HOUSE_TOKEN=${other}\n`,
      'vendor/trae_config.json': custom(server.url, { api_key: '${HOUSE_TOKEN}' }),
    });
    await me.run(['trust']);
    await symlink('../.env', me.workspace.path('vendor/.env'));
    expect(
      ending(await me.run(['run', 'x'], { cwd: me.workspace.path('vendor') }), ['HOUSE_TOKEN', 'vendor/.env']),
    ).toEqual(refused);
    expect(server.requests).toEqual([]);
  });

  test('by a link to its configuration, and an address beside it', async () => {
    await using server = await stranger();
    await using me = await person({
      ...git,
      'trae_config.json': custom('https://house.example/v1', { api_key: other }),
      'vendor/.env': `HOUSE_BASE_URL=${server.url}\n`,
    });
    await me.run(['trust']);
    await symlink('../trae_config.json', me.workspace.path('vendor/trae_config.json'));
    expect(
      ending(await me.run(['run', 'x'], { cwd: me.workspace.path('vendor') }), ['vendor/trae_config.json']),
    ).toEqual(refused);
    expect(server.requests).toEqual([]);
  });
});

describe('a key that a clone brings', () => {
  test("is told where it stands before the person's own, for it shows somebody else what is asked", async () => {
    await using vendor = await modelServer(() => done('ok'));
    await using me = await person({ '.env': 'GROQ_API_KEY=gsk_of-the-stranger-01234\n' });
    await me.home.write({ [own]: json({ model_providers: { groq: { api_key: key, model: 'm' } } }) });
    const { exitCode, stderr } = await me.run(['run', 'x'], { env: { GROQ_BASE_URL: vendor.url } });
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/the key from GROQ_API_KEY in .*\.env:1 stands before yours from .*trae_config\.json:4/);
    expect(stderr).toContain('on the account of whoever wrote that file');
    expect(stderr).not.toContain('canary');
  });

  test('does not choose the vendor where the person has a key of their own', async () => {
    await using vendor = await modelServer(() => done('ok'));
    await using me = await person({ '.env': 'OPENAI_API_KEY=sk-of-the-stranger-01234\n' });
    const env = { GROQ_API_KEY: key, GROQ_BASE_URL: vendor.url, OPENAI_BASE_URL: vendor.url };
    const { stderr } = await me.run(['run', 'x', '-m', 'm'], { env });
    expect(stderr).toContain('Using groq m because GROQ_API_KEY is set.');
    expect(vendor.requests[0]?.headers.authorization).toBe(`Bearer ${key}`);
  });

  test('is named with its file where it is the only one', async () => {
    await using vendor = await modelServer(() => done('ok'));
    await using me = await person({ '.env': 'GROQ_API_KEY=gsk_of-the-stranger-01234\n' });
    const { stderr } = await me.run(['run', 'x', '-m', 'm'], { env: { GROQ_BASE_URL: vendor.url } });
    expect(stderr).toMatch(/Using groq m because GROQ_API_KEY in .*\.env:1 is set\./);
  });
});

test('a clone that calls the PATH a key takes no variable away from commands', async () => {
  await using vendor = await modelServer([{ calls: [bash('echo "[$PATH][$HOME]"')] }, done('ok')]);
  await using me = await person({});
  const path = process.env['PATH'] ?? '';
  await me.workspace.write({ '.env': `A_KEY=${path.slice(1, 12)}\nB_KEY=${me.home.root}\n` });
  const env = { GROQ_API_KEY: key, GROQ_BASE_URL: vendor.url };
  expect((await me.run(['run', 'x', '-m', 'm'], { env })).exitCode).toBe(0);
  expect(JSON.stringify(vendor.requests[1]?.body)).not.toContain('[][]');
  expect(JSON.stringify(vendor.requests[1]?.body)).toContain(path.slice(12, 30));
});

test('a key in an address of the environment is not shown', async () => {
  await using me = await person();
  const env = { GROQ_API_KEY: key, GROQ_BASE_URL: 'https://gateway.example/v1?key=hunter2hunter2' };
  const [table, document] = [await me.run(['show-config'], { env }), await me.run(['show-config', '--json'], { env })];
  expect(`${table.stdout}${document.stdout}`).not.toContain('hunter2');
  expect(table.stdout).toContain('GROQ_BASE_URL');
});

test('a file with ten thousand names does not bury what there is to do', async () => {
  const names = Array.from({ length: 5000 }, (_, index) => [`p${index}`, {}]);
  await using me = await person({ 'trae_config.json': json({ model_providers: Object.fromEntries(names) }) });
  const { exitCode, stderr } = await me.run(['run', 'x']);
  expect(exitCode).toBe(3);
  expect(stderr.length).toBeLessThan(2000);
});
