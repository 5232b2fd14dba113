import { access, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import {
  hasTerminal,
  modelServer,
  onLoopback,
  openTerminal,
  type Terminal,
  type TerminalOptions,
} from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { at, type CliOptions, done, type Person, person, program } from './cli.js';
import { fakeKeychain } from './login/fake-keychain.js';

const key = 'gsk_canary0123456789';
const file = '.config/trae-cli/credentials.json';

/** Without programs there is no keychain, whatever system this is. */
const noPrograms = { PATH: '/nowhere' } as const;

const login = (me: Person, args: readonly string[], { env, ...options }: CliOptions = {}) =>
  me.run(['login', ...args], { ...options, env: { ...noPrograms, ...env } });

const hasStored = (me: Person): Promise<boolean> =>
  access(me.home.path(file)).then(
    () => true,
    () => false,
  );

const stored = async (me: Person): Promise<unknown> => JSON.parse(await me.home.read(file));

const withKey = (text: string) => ({ version: 1, providers: { groq: { place: 'file', key: text } } });

/** An address at which nobody listens. */
async function closedAddress(): Promise<string> {
  await using server = await onLoopback(createServer());
  return `http://${server.host}/v1`;
}

describe('a provider of one’s own', () => {
  const configured = (url: string) => `model_providers: { house: { base_url: "${url}", model: m } }\n`;

  test('is checked where the person’s own file says it is', async () => {
    await using server = await modelServer([], { models: ['m'] });
    await using me = await person();
    await me.home.write({ '.config/trae-cli/trae_config.yaml': configured(server.url) });
    const { exitCode, stderr } = await login(me, ['house', '--stdin'], { input: key });
    expect(exitCode).toBe(0);
    expect(stderr).toContain(`Checking the key at ${new URL(server.url).host} (`);
    expect(stderr).not.toContain('Note:');
    expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${key}`);
  });

  test('is never checked where a file of the project says it is', async () => {
    await using server = await modelServer([], { models: ['m'] });
    await using me = await person({ 'trae_config.yaml': configured(server.url) });
    const { exitCode } = await login(me, ['house', '--stdin'], { input: key });
    expect([exitCode, server.requests.length]).toEqual([0, 0]);
  });
});

describe('a key on standard input', () => {
  test('is checked with one request, stored, and not shown', async () => {
    await using server = await modelServer([], { models: ['scripted'] });
    await using me = await person();
    const { exitCode, stdout, stderr } = await login(me, ['groq', '--stdin'], {
      input: `${key}\n`,
      env: { GROQ_BASE_URL: server.url },
    });
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 0,
      stdout: `Stored the key for Groq in ${me.home.path(file)}, which only you can read.\n`,
      stderr: `Checking the key at ${new URL(server.url).host} (GROQ_BASE_URL)…\n`,
    });
    expect(server.requests.map(({ method, headers }) => [method, headers.authorization])).toEqual([
      ['GET', `Bearer ${key}`],
    ]);
    expect(await stored(me)).toMatchObject(withKey(key));
    const modes = await Promise.all(['.config/trae-cli', file].map((path) => stat(me.home.path(path))));
    expect(modes.map(({ mode }) => (mode & 0o777).toString(8))).toEqual(['700', '600']);
  });

  test('is what a run sends from then on', async () => {
    await using server = await modelServer(() => done('ok'), { models: ['scripted'] });
    await using me = await person();
    const address = ['--model-base-url', server.url];
    await login(me, ['openai_compatible', '--stdin', ...address], { input: key });
    const { exitCode, stderr } = await me.run(['run', 'x', ...at(server)]);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${key}`, `Bearer ${key}`]);
  });

  test.each([401, 403])('that the service answers with %i is not stored', async (status) => {
    await using server = await modelServer(() => ({ status, json: { error: { message: `Invalid API Key ${key}` } } }));
    await using me = await person();
    const { exitCode, stdout, stderr } = await login(me, ['groq', '--stdin', '--model-base-url', server.url], {
      input: key,
    });
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
    expect(stderr).toMatch(/Error: HTTP 40[13] from 127[^]*Nothing was stored\. .*console\.groq\.com\/keys/);
    expect(stderr).not.toContain('canary');
    expect(await hasStored(me)).toBe(false);
  });

  test('that nobody can check is not stored, unless that is asked for', async () => {
    await using me = await person();
    const args = ['groq', '--stdin', '--model-base-url', await closedAddress()];
    const { exitCode, stderr } = await login(me, args, { input: key });
    expect(exitCode).toBe(4);
    expect(stderr).toMatch(
      /Error: The key could not be checked\. .* refused the connection[^]*Nothing was stored\. .*--no-check/,
    );
    expect(await hasStored(me)).toBe(false);
    expect(await login(me, [...args, '--no-check'], { input: key })).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await stored(me)).toMatchObject(withKey(key));
  });

  test('of an account without money is stored, and that is said', async () => {
    await using server = await modelServer(() => ({
      status: 402,
      json: { error: { message: 'Insufficient Balance' } },
    }));
    await using me = await person();
    const { exitCode, stderr } = await login(me, ['groq', '--stdin', '--model-base-url', server.url], {
      input: key,
    });
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: expect.stringMatching(/Note: the key was not checked: .*Insufficient Balance/) as string,
    });
  });

  test('that the environment outranks is stored, and that is said', async () => {
    await using me = await person();
    const env = { GROQ_API_KEY: 'gsk_another0123456' };
    const { stderr } = await login(me, ['groq', '--stdin', '--no-check'], { input: key, env });
    expect(stderr).toBe('Note: GROQ_API_KEY is set and outranks the stored key; unset it to use this one.\n');
  });

  test('for a provider of one’s own is stored unchecked where nobody said where that is', async () => {
    await using me = await person();
    const { exitCode, stdout, stderr } = await login(me, ['my-server', '--stdin'], { input: key });
    expect({ exitCode, stdout }).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('for my-server') as string,
    });
    expect(stderr).toBe(
      'Note: the key was not checked: nobody said where my-server is.\n' +
        'Note: my-server is no built-in provider: give its base_url under model_providers in trae_config.json.\n',
    );
  });

  test.each([
    ['white space and quotes', `  "${key}"\r\n\n`],
    ['the name of its variable', `export GROQ_API_KEY='${key}'\n`],
  ])('is stored without %s around it', async (_name, input) => {
    await using me = await person();
    await login(me, ['groq', '--stdin', '--no-check'], { input });
    expect(await stored(me)).toMatchObject(withKey(key));
  });
});

type Refusal = {
  readonly name: string;
  readonly args?: readonly string[];
  readonly input: string;
  readonly exit: number;
  readonly says: RegExp;
};

const refusals: readonly Refusal[] = [
  { name: 'nothing', input: '', exit: 3, says: /There is no key on standard input/ },
  { name: 'an empty pair of quotes', input: '""\n', exit: 3, says: /There is no key on standard input/ },
  { name: 'a placeholder', input: 'gsk_your-groq-api-key', exit: 3, says: /is a placeholder, and no key/ },
  { name: 'two words', input: 'gsk_canary 0123456789', exit: 3, says: /has a space in it/ },
  { name: 'two lines', input: 'gsk_canary0123\n456789\n', exit: 3, says: /has a line break in it/ },
  {
    name: 'a key of another vendor',
    input: 'sk-or-v1-canary0123456789',
    exit: 3,
    says: /looks like a key of OpenRouter/,
  },
  { name: 'a book', input: 'canary'.repeat(1000), exit: 3, says: /longer than any key/ },
  { name: 'no end', input: 'canary'.repeat(20_000), exit: 2, says: /Standard input has more on it than a key/ },
  { name: 'a provider that is nearly one', args: ['gorq'], input: key, exit: 2, says: /Did you mean groq\?/ },
  { name: 'the key in the place of the provider', args: [key], input: key, exit: 2, says: /looks like a key/ },
  { name: 'no name at all', args: ['a b'], input: key, exit: 2, says: /"a b" is no name for a provider/ },
  { name: 'no provider', args: [], input: key, exit: 2, says: /nobody said whose it is/ },
  {
    name: 'an address that is none',
    args: ['groq', '--model-base-url', `https://user:${key}@host.example`],
    input: key,
    exit: 2,
    says: /has credentials in it/,
  },
];

describe('what cannot be meant is refused before anything is sent or stored', () => {
  test.each(refusals)('$name', async ({ args = ['groq'], input, exit, says }) => {
    await using me = await person();
    const { exitCode, stdout, stderr } = await login(me, [...args, '--stdin'], { input });
    expect({ exitCode, stdout }).toEqual({ exitCode: exit, stdout: '' });
    expect(stderr).toMatch(says);
    expect(stderr).not.toContain('canary');
    expect(stderr).not.toContain('Checking');
    expect(await hasStored(me)).toBe(false);
  });

  test.each([[['login', 'groq']], [['login']], [['logout', '--all', 'groq']]])(
    '%j without a terminal ends at once',
    async (args) => {
      await using me = await person();
      await using running = me.start(args, { keepInputOpen: true });
      const { exitCode, stderr } = await running.ended;
      expect(exitCode).toBe(2);
      expect(stderr).toMatch(/There is no terminal|Leave one of them out/);
    },
  );
});

test('two logins at the same time both count', async () => {
  await using me = await person();
  const names = ['groq', 'openai', 'novita', 'doubao'];
  const ends = await Promise.all(
    names.map((name) => login(me, [name, '--stdin', '--no-check'], { input: `key-of-${name}-0123` })),
  );
  expect(ends.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0]);
  const { providers } = (await stored(me)) as { readonly providers: object };
  expect(Object.keys(providers).toSorted()).toEqual(names.toSorted());
});

test.runIf(process.platform === 'linux')(
  'the keyring gets the key by its standard input, and the file only says so',
  async () => {
    await using me = await person();
    await using programs = await fakeKeychain('secretTool');
    const env = { PATH: `${programs.root}:${process.env['PATH']}`, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere' };
    const { exitCode, stdout } = await login(me, ['groq', '--stdin', '--no-check'], { input: key, env });
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'Stored the key for Groq in the keyring.\n' });
    expect(await programs.read('key-of-groq')).toBe(key);
    expect(await programs.read('calls')).not.toContain('canary');
    expect(await me.home.read(file)).not.toContain('canary');
    expect(await me.run(['logout', 'groq'], { env })).toMatchObject({
      exitCode: 0,
      stdout: 'Removed the key for Groq from the keyring.\n',
    });
  },
);

describe('logout', () => {
  const store = (me: Person, name: string) =>
    login(me, [name, '--stdin', '--no-check'], { input: `key-of-${name}-canary` });

  test('removes one key, and says what still holds', async () => {
    await using me = await person();
    await store(me, 'groq');
    await store(me, 'alibaba');
    expect(await me.run(['logout', 'dashscope'], { env: { DASHSCOPE_API_KEY: 'sk-0123456789' } })).toEqual({
      exitCode: 0,
      signal: null,
      stdout: `Removed the key for Alibaba Cloud (DashScope) from ${me.home.path(file)}.\n`,
      stderr: 'Note: DASHSCOPE_API_KEY is still set, and is used.\n',
    });
    expect(await me.run(['logout', 'alibaba'])).toMatchObject({
      exitCode: 2,
      stderr: 'Error: No key is stored for "alibaba".\nThere are keys for groq.\n',
    });
  });

  test('--all removes every key', async () => {
    await using me = await person();
    await store(me, 'groq');
    await store(me, 'my-server');
    const { exitCode, stdout } = await me.run(['logout', '--all']);
    expect({ exitCode, lines: stdout.split('\n').length }).toEqual({ exitCode: 0, lines: 3 });
    expect(await me.home.read(file)).not.toContain('canary');
    expect(await me.run(['logout', '--all'])).toMatchObject({ exitCode: 0, stderr: 'No key is stored.\n' });
  });
});

const isRequired = (process.env['TRAE_REQUIRE_SYSTEM_PROGRAMS'] ?? '') !== '';
const canRun = isRequired || (await hasTerminal());
if (!canRun) process.stderr.write('\n*** tmux is missing: no question is tested in a real terminal. ***\n');

/** Says how the program left, and how it left the terminal. */
const watching = `trap : INT; "$@"; echo "left with $?"; stty -a | tr ' ;' '\\n\\n' | grep -x -e '-*echo' -e '-*icanon' | sort`;

const open = (me: Person, args: readonly string[], { env, ...options }: TerminalOptions = {}): Promise<Terminal> =>
  openTerminal(
    [
      'sh',
      '-c',
      watching,
      'sh',
      'env',
      `PATH=${noPrograms.PATH}`,
      `TERM=${env?.['TERM'] ?? 'screen'}`,
      process.execPath,
      program,
      ...args,
    ],
    {
      cwd: me.workspace.root,
      ...options,
      env: { PATH: process.env['PATH'], HOME: me.home.root, TMPDIR: process.env['TMPDIR'], ...env },
    },
  );

const restored = (exit: number): string => `left with ${exit}\necho\nicanon`;

describe.skipIf(!canRun)('at a terminal', () => {
  test('the provider and the key are asked for, and what is typed of the key is not to be seen', async () => {
    await using server = await modelServer([], { models: ['scripted'] });
    await using me = await person();
    const env = { GROQ_BASE_URL: server.url, OPENAI_API_KEY: 'sk-0123456789' };
    await using terminal = await open(me, ['login'], { env });
    expect(await terminal.untilShown('another')).toMatch(
      /❯ openai +OPENAI_API_KEY is set\n {2}anthropic\n {2}openrouter\n/,
    );
    await terminal.press('gro', 'Enter');
    await terminal.untilShown('what you type or paste is not shown');
    await terminal.press('gsk_canary012', '3456789', 'x', 'BSpace');
    await terminal.untilShown('> 20 characters');
    await terminal.press('Enter');
    const screen = await terminal.untilShown(restored(0));
    expect(screen).toContain('Keys are made at https://console.groq.com/keys');
    expect(screen).toContain('Stored the key for Groq in');
    expect(screen).not.toMatch(/canary|3456789/);
    expect(await stored(me)).toMatchObject(withKey(key));
  });

  test('a paste with line breaks is one answer, and nothing of it is left for the shell', async () => {
    await using me = await person();
    await using terminal = await open(me, ['login', 'groq', '--no-check']);
    await terminal.untilShown('not shown');
    await terminal.press('Escape', `[200~ "${key}"`, 'Enter', 'Escape', '[201~');
    await terminal.untilShown('characters');
    await terminal.press('Enter');
    expect(await terminal.untilShown(restored(0))).not.toContain('canary');
    expect(await stored(me)).toMatchObject(withKey(key));
  });

  test('what is pasted behind the key, where pastes are not told, does not reach the shell', async () => {
    await using me = await person();
    await using terminal = await open(me, ['login', 'groq', '--no-check'], { env: { TERM: 'dumb' } });
    await terminal.untilShown('not shown');
    await terminal.press(key, 'Enter', 'rm -rf canary', 'Enter');
    expect(await terminal.untilShown(restored(0))).not.toContain('canary');
    expect(await terminal.untilEnded()).toBe(0);
    expect(await stored(me)).toMatchObject(withKey(key));
  });

  test.each(['which provider', 'the key'])(
    'Ctrl-C at the question for %s leaves everything as it was',
    async (question) => {
      await using me = await person();
      await using terminal = await open(me, question === 'the key' ? ['login', 'groq'] : ['login']);
      await terminal.untilShown(question === 'the key' ? 'not shown' : 'another');
      await terminal.press('gsk_', 'C-c');
      const screen = await terminal.untilShown(restored(130));
      expect(screen).toContain('\nCancelled. Nothing was stored.\n');
      expect(await hasStored(me)).toBe(false);
    },
  );

  test('SIGTERM at a question gives the terminal back', async () => {
    await using me = await person();
    const script = 'echo "pid $$."; exec env PATH=/nowhere "$0" "$@"';
    await using terminal = await openTerminal(
      ['sh', '-c', watching, 'sh', 'bash', '-c', script, process.execPath, program, 'login', 'groq'],
      { cwd: me.workspace.root, env: { PATH: process.env['PATH'], HOME: me.home.root } },
    );
    const [, pid] = /pid (\d+)\./.exec(await terminal.untilShown('not shown')) ?? [];
    process.kill(Number(pid), 'SIGTERM');
    expect(await terminal.untilShown(restored(143))).toContain('Cancelled. Nothing was stored.');
  });

  test('there are no colours with NO_COLOR, and a list with numbers on a dumb terminal', async () => {
    await using me = await person();
    await using plain = await open(me, ['login'], { env: { NO_COLOR: '1' }, columns: 40 });
    await plain.untilShown('another');
    expect(await plain.colouredScreen()).not.toContain('\u001b[');
    await using dumb = await open(me, ['login', '--no-check'], { env: { TERM: 'dumb' } });
    await dumb.untilShown('Its number or name:');
    await dumb.press('6', 'BSpace', '5', 'Enter');
    await dumb.untilShown('not shown');
    await dumb.press(key, 'Enter');
    expect(await dumb.untilShown(restored(0))).toMatch(/ {2}5 {2}groq\n[^]*\n> 5\n[^]*for Groq[^]*\n>\nStored/);
  });

  test('logout asks whose key, and before it removes all of them', async () => {
    await using me = await person();
    for (const name of ['groq', 'openai', 'novita'])
      await login(me, [name, '--stdin', '--no-check'], { input: `key-of-${name}-0123` });
    await using one = await open(me, ['logout']);
    await one.untilShown('novita');
    await one.press('Down', 'Enter');
    expect(await one.untilShown(restored(0))).toContain('Removed the key for OpenAI from');
    await using kept = await open(me, ['logout', '--all']);
    await kept.untilShown('Remove the stored keys for groq, novita? (y/n) [n]');
    await kept.press('Enter');
    expect(await kept.untilShown(restored(0))).not.toContain('Removed');
    await using all = await open(me, ['logout', '--all']);
    await all.untilShown('(y/n) [n]');
    await all.press('yes', 'Enter');
    expect(await all.untilShown(restored(0))).toContain('Removed the key for Novita AI from');
    expect(await stored(me)).toEqual({ version: 1, providers: {} });
  });

  test('--stdin is for pipes', async () => {
    await using me = await person();
    await using terminal = await open(me, ['login', 'groq', '--stdin']);
    expect(await terminal.untilShown(restored(2))).toContain('standard input is a terminal');
  });
});
