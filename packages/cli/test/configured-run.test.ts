import { chatNotation, type ModelServer, modelServer, tempWorkspace } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { bash, done, edit, type Person, person } from './cli.js';
import { fakeKeychain } from './login/fake-keychain.js';

/** The person's own file, which may say everything. */
const configure = (me: Person, settings: object): Promise<void> =>
  me.home.write({ '.config/trae-cli/trae_config.json': JSON.stringify(settings) });

const house = (server: ModelServer, settings: object = {}) => ({
  default_provider: 'house',
  model_providers: { house: { base_url: server.url, model: 'm', ...settings } },
});

/** What the model was told last. */
const told = ({ requests }: ModelServer): string => requests.at(-1)?.raw.toString('utf8') ?? '';

/** Prints a key in two halves, so that no more than its value can give it away. */
const printKey = (key: string) => ({ calls: [bash(`printf '%s%s' '${key.slice(0, 9)}' '${key.slice(9)}'`)] });

describe('a key is kept from the model and the record, whoever it is for:', () => {
  const key = 'canary-of-a-key-0123456789';

  test('of another provider in a file', async () => {
    await using server = await modelServer([printKey(key), done('ok')]);
    await using me = await person();
    const { model_providers } = house(server);
    const other = { base_url: 'https://other.example/v1', model: 'm', api_key: key };
    await configure(me, { ...house(server), model_providers: { ...model_providers, other } });
    expect((await me.run(['run', 'x'])).exitCode).toBe(0);
    expect(told(server)).toContain('[redacted: ');
    expect(told(server)).not.toContain(key);
  });

  test('of another provider that somebody is logged in to', async () => {
    await using server = await modelServer([printKey(key), done('ok')]);
    await using me = await person();
    const env = { DBUS_SESSION_BUS_ADDRESS: '' };
    await me.run(['login', 'together', '--stdin', '--no-check'], { input: key, env });
    await configure(me, house(server));
    expect((await me.run(['run', 'x'], { env })).exitCode).toBe(0);
    expect(told(server)).toContain('[redacted: the login for together]');
    expect(told(server)).not.toContain(key);
  });

  test('of the provider that answers, from the keychain', async () => {
    await using server = await modelServer([printKey(key), done('ok')]);
    await using me = await person();
    const name = process.platform === 'darwin' ? 'security' : 'secret-tool';
    await using programs = await fakeKeychain(name === 'security' ? 'security' : 'secretTool', name);
    const PATH = `${programs.root}:${process.env['PATH']}`;
    const env = { PATH, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere' };
    await configure(me, house(server));
    await me.run(['login', 'house', '--stdin', '--no-check'], { input: key, env });
    expect(await me.home.read('.config/trae-cli/credentials.json')).not.toContain(key);
    expect((await me.run(['run', 'x'], { env })).exitCode).toBe(0);
    expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${key}`);
    expect(told(server)).toContain('[redacted: the login for house]');
    expect(told(server)).not.toContain(key);
  });
});

test('max_retries is how often a request is repeated', async () => {
  await using server = await modelServer(() => ({ status: 500, json: { error: { message: 'broken' } } }));
  await using me = await person();
  await configure(me, house(server, { max_retries: 1 }));
  const { exitCode } = await me.run(['run', 'x']);
  expect([exitCode, server.requests.length]).toEqual([4, 2]);
});

describe('timeout is how long the service may stay silent', () => {
  const { C } = chatNotation;

  test.each([
    ['before it answers', { before: { until: new Promise(() => undefined) } }],
    ['in the midst of an answer', { chunks: [C({ content: 'A' })], end: 'hang' as const }],
  ])('%s', async (_name, silence) => {
    await using server = await modelServer(() => silence);
    await using me = await person();
    await configure(me, house(server, { max_retries: 0, timeout: 0.3 }));
    expect((await me.run(['run', 'x'])).exitCode).toBe(4);
  });
});

test('allow_paths of a trusted file is reached by the edit tools', async () => {
  await using beside = await tempWorkspace({ 'notes.txt': 'what stands beside\n' });
  await using server = await modelServer([
    { calls: [edit({ command: 'view', path: beside.path('notes.txt') })] },
    done('ok'),
  ]);
  await using me = await person();
  await configure(me, { ...house(server), allow_paths: [beside.root] });
  expect((await me.run(['run', 'x'])).exitCode).toBe(0);
  expect(told(server)).toContain('what stands beside');
});
