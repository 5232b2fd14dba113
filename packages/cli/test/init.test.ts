import { readdir, symlink } from 'node:fs/promises';
import { catalog } from '@trae-cli/providers';
import { hasTerminal, modelServer, openTerminal } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { done, person, program } from './cli.js';

const groqKey = { GROQ_API_KEY: 'gsk_0123456789' };

describe('init', () => {
  test('writes a file for the provider that is named, and says what comes next', async () => {
    await using me = await person();
    expect(await me.run(['init', '-p', 'groq'])).toMatchObject({
      exitCode: 0,
      stdout: `Wrote ${me.workspace.path('trae_config.yaml')}.\n`,
      stderr:
        'Next:\n' +
        '  trae-cli login groq   (give the key, or: export GROQ_API_KEY=…)\n' +
        '  trae-cli run "Explain this project"\n',
    });
    expect(await me.workspace.read('trae_config.yaml')).toMatch(
      /\n {2}groq:\n[^]*\n {4}model: "openai\/gpt-oss-120b"\n/,
    );
    expect((await me.run(['show-config'], { env: groqKey })).exitCode).toBe(0);
  });

  test('asks for no key that is there already', async () => {
    await using me = await person();
    const { stderr } = await me.run(['init', '-p', 'groq'], { env: groqKey });
    expect(stderr).toBe('Next:\n  trae-cli run "Explain this project"\n');
  });

  test('what it writes for a server of one’s own is what a run uses', async () => {
    await using server = await modelServer(() => done('ok'));
    await using me = await person();
    const { stderr } = await me.run(['init', '-p', 'house', '-m', 'qwen3', '--model-base-url', server.url, '--json']);
    expect(stderr).toMatch(/trae-cli login house {3}\(if it wants a key[^]*trae-cli trust {3}\(lets your keys/);
    const { exitCode } = await me.run(['run', 'x']);
    expect({ exitCode, sent: server.requests.map(({ body }) => body) }).toMatchObject({
      exitCode: 0,
      sent: [{ model: 'qwen3' }],
    });
  });

  test('--user writes it for all projects', async () => {
    await using me = await person();
    const { exitCode, stdout } = await me.run(['init', '--user', '-p', 'groq']);
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: `Wrote ${me.home.path('.config/trae-cli/trae_config.yaml')}.\n`,
    });
    expect(await readdir(me.workspace.root)).toEqual([]);
    expect(await me.run(['init', '--user', '--json', '-p', 'groq'])).toMatchObject({ exitCode: 2, stdout: '' });
  });

  test.each([
    ['trae_config.json', '{}'],
    ['trae_config.yaml', ''],
    ['trae_config.yml', 'max_steps: 5\n'],
    ['trae_config.json', '{ broken'],
    ['.traerc', '{}'],
    ['.traerc.yml', '{}'],
    ['package.json', '{"trae":{}}'],
  ])('overwrites no %s with %j in it', async (name, text) => {
    await using me = await person({ [name]: text });
    const { exitCode, stdout, stderr } = await me.run(['init', '-p', 'groq']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^Error: There is a configuration already[^]*overwrites nothing\.\n$/);
    expect(stderr).toContain(name);
    expect(await readdir(me.workspace.root)).toEqual([name]);
    expect(await me.workspace.read(name)).toBe(text);
  });

  test('writes through no link', async () => {
    await using me = await person();
    await symlink(me.home.path('elsewhere'), me.workspace.path('trae_config.yaml'));
    expect(await me.run(['init', '-p', 'groq'])).toMatchObject({ exitCode: 2, stdout: '' });
    // Node 24 keeps its compiled code there.
    expect(await readdir(me.home.root)).not.toContain('elsewhere');
  });

  test('a package.json that says nothing of this program is no configuration', async () => {
    await using me = await person({ 'package.json': '{"name":"x"}' });
    expect(await me.run(['init', '-p', 'groq'])).toMatchObject({ exitCode: 0 });
  });

  test('a configuration above is not in the way, even one that is broken', async () => {
    await using me = await person({ 'trae_config.json': '{ broken', 'inside/x': '' }, { git: true });
    expect(await me.run(['init', '-p', 'groq'], { cwd: me.workspace.path('inside') })).toMatchObject({ exitCode: 0 });
  });

  test.each(['groq', 'together', 'alibaba', 'openrouter'])(
    '%s: recommends no model that was withdrawn',
    async (name) => {
      await using me = await person();
      await me.run(['init', '-p', name]);
      const text = (await me.workspace.read('trae_config.yaml')).replaceAll(/\n *# (?!Others)/g, ' ');
      const [, others = ''] = /# Others: (.*?)\.\n? *model:/.exec(text.replaceAll(/\s+/g, ' ')) ?? [];
      const entry = catalog.find(({ id }) => id === name);
      const withdrawn = others
        .split(', ')
        .filter((model) => entry?.models.find(({ pattern }) => pattern.test(model))?.notice !== undefined);
      expect(others).not.toBe('');
      expect(withdrawn).toEqual([]);
    },
  );

  test.each([['trae_config.yaml'], ['trae_config.json', '--json']])(
    '%s can be read in a terminal',
    async (file, ...flags) => {
      await using me = await person();
      await me.run(['init', '-p', 'openrouter', ...flags]);
      const text = await me.workspace.read(file);
      expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
    },
  );

  test('a server of one’s own is told how to be made ready', async () => {
    await using me = await person();
    const { exitCode, stdout, stderr } = await me.run(['init', '-p', 'ollama', '-m', 'gemma4']);
    expect(exitCode).toBe(0);
    expect(stdout + stderr).toContain('  ollama pull gemma4\n');
    expect(stdout + stderr).not.toContain('login');
  });

  test.each([
    { args: [], says: 'Name the provider, as in `trae-cli init --provider groq`.' },
    { args: ['-p', 'azure'], says: 'Give its address with --model-base-url, such as https://RESOURCE' },
    {
      args: ['-p', 'azure', '--model-base-url', 'https://x.openai.azure.com'],
      says: 'Name it with --model: a model here is the name of one of your deployments.',
    },
    { args: ['-p', 'my-server'], says: 'Give its address with --model-base-url' },
    { args: ['-p', 'gorq'], says: 'Did you mean groq?' },
    { args: ['-p', 'replay'], says: '"replay" is no name for a provider' },
    { args: ['-p', 'gsk_canary0123456789'], says: 'looks like a key' },
    { args: ['-p', 'x', '--model-base-url', 'ftp://x'], says: 'begins with ftp://' },
    { args: ['-p', 'x', '--model-base-url', 'https://a:canary@x'], says: 'has credentials in it' },
  ])('$args writes nothing without a terminal', async ({ args, says }) => {
    await using me = await person();
    await using running = me.start(['init', ...args], { keepInputOpen: true });
    const { exitCode, stderr } = await running.ended;
    expect(exitCode).toBe(2);
    expect(stderr).toContain(says);
    expect(stderr).not.toContain('canary');
    expect(await readdir(me.workspace.root)).toEqual([]);
  });
});

const isRequired = (process.env['TRAE_REQUIRE_SYSTEM_PROGRAMS'] ?? '') !== '';
const canRun = isRequired || (await hasTerminal());
if (!canRun) process.stderr.write('\n*** tmux is missing: no question is tested in a real terminal. ***\n');

test.skipIf(!canRun)('init asks for what it is not told', async () => {
  await using me = await person();
  await using terminal = await openTerminal([process.execPath, program, 'init'], {
    cwd: me.workspace.root,
    columns: 60,
    env: { PATH: process.env['PATH'], HOME: me.home.root, ...groqKey },
  });
  expect(await terminal.untilShown('another')).toMatch(/groq +GROQ_API_KEY is set/);
  await terminal.press('Up', 'Enter');
  await terminal.untilShown('What do you call it?');
  await terminal.press('not a name', 'Enter');
  await terminal.untilShown('is no name for a provider');
  await terminal.press('Up', 'Enter', 'my-servex', 'BSpace', 'r', 'Enter');
  await terminal.untilShown('The address of my-server, such as');
  await terminal.press('localhost:8000', 'Enter');
  await terminal.untilShown('Write it in full');
  await terminal.press('http://localhost:8000/v1', 'Enter');
  await terminal.untilShown('The model of my-server');
  await terminal.press('Enter');
  expect(await terminal.untilEnded()).toBe(0);
  const text = await me.workspace.read('trae_config.yaml');
  expect(text).toMatch(/\n {2}my-server:\n[^]*\n {4}# model: [^]*\n {4}base_url: "http:\/\/localhost:8000\/v1"\n/);
});
