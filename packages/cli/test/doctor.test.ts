import { readFile } from 'node:fs/promises';
import { hasTerminal, modelServer, type ModelServerOptions, openTerminal, type Respond } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Person, person, program } from './cli.js';
import { capable } from './doctor-server.js';

const document = z.object({
  version: z.literal(1),
  exitStatus: z.int(),
  providers: z.array(
    z.object({
      provider: z.string().nullable(),
      model: z.string().nullable(),
      exitStatus: z.int(),
      checks: z.array(
        z.object({
          id: z.string(),
          status: z.enum(['ok', 'warning', 'failed', 'skipped']),
          says: z.string(),
          advice: z.array(z.string()),
          code: z.string().nullable(),
        }),
      ),
      card: z.looseObject({ model: z.string() }).nullable(),
    }),
  ),
});

type Shown = z.infer<typeof document>['providers'][number];

/** The report on a provider that is a server of the test. */
async function examined(me: Person, respond: Respond, { args = [], ...options }: Examining = {}) {
  await using server = await modelServer(respond, { models: ['scripted'], ...options });
  const flags = ['--model-base-url', server.url, '-m', 'scripted', '--json', ...args];
  const { exitCode, stdout, stderr } = await me.run(['doctor', ...flags]);
  const [report] = document.parse(JSON.parse(stdout)).providers;
  if (report === undefined) throw new Error(stderr);
  return { exitCode, report, stderr, requests: server.requests };
}

const certificate = (name: string): Promise<string> =>
  readFile(new URL(`../../providers/test/network/fixtures/${name}.pem`, import.meta.url), 'utf8');

type Examining = ModelServerOptions & { readonly args?: readonly string[] };

const checkIn = ({ checks }: Shown, id: string) => checks.find((check) => check.id === id);
const failuresIn = ({ checks }: Shown) => checks.filter(({ status }) => status === 'failed').map(({ id }) => id);

describe('doctor, of a service where all is well,', () => {
  test('says so check by check, ends with a card, and leaves with 0', async () => {
    await using me = await person();
    await using server = await modelServer((request) => capable(request), { models: ['scripted'] });
    const flags = ['--model-base-url', server.url, '-m', 'scripted'];
    const { exitCode, stdout, stderr } = await me.run(['doctor', ...flags]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^ok +connection +127\.0\.0\.1:\d+ takes connections$/m);
    expect(stdout).toMatch(/^ok +tool calls +2 calls at once, native, answers read, in 2 turns$/m);
    expect(stdout).toMatch(/^scripted at openai_compatible\n {2}model +scripted\n/m);
    expect(stdout).toMatch(/nothing failed, 1 warning, 1 skipped\.\n$/);
    expect(stdout).not.toContain('\u001b');
    expect(stderr).toContain('--offline makes none');
  });

  test.each([
    ['anthropic', '/v1/messages'],
    ['openai-responses', '/v1/responses'],
    ['openai-chat', '/v1/chat/completions'],
    ['ollama', '/api/chat'],
  ])('in %s makes a real answer and a real call with its answer', async (format, path) => {
    await using me = await person();
    await using server = await modelServer((request) => capable(request), { models: ['scripted'] });
    const own = { api_format: format, model: 'scripted', base_url: format === 'ollama' ? server.origin : server.url };
    await me.home.write({
      '.config/trae-cli/trae_config.json': JSON.stringify({ model_providers: { mine: own } }),
    });
    const { exitCode, stdout } = await me.run(['doctor', 'mine', '--json']);
    expect(exitCode, stdout).toBe(0);
    expect(server.turns.map((turn) => turn.path)).toEqual([path, path, path]);
    const [report] = document.parse(JSON.parse(stdout)).providers;
    expect(report?.card).toMatchObject({ tools: 'native', parallelCalls: 2, streams: true, reportsUsage: true });
  });

  test('with --offline sends nothing at all', async () => {
    await using me = await person();
    const { exitCode, report, requests, stderr } = await examined(me, capable, { args: ['--offline'] });
    expect({ exitCode, requests, stderr }).toEqual({ exitCode: 0, requests: [], stderr: '' });
    expect(checkIn(report, 'address')?.says).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1, not looked up/);
    expect(checkIn(report, 'answer')?.status).toBe('skipped');
  });
});

describe('doctor names what is broken:', () => {
  test.each([
    ['http://127.0.0.1:1/v1', 4, { id: 'connection', says: /refused the connection/, advice: /Start the server/ }],
    [
      'http://nobody.invalid/v1',
      4,
      { id: 'address', says: /not a host|cannot be looked up/, advice: /spelling|network/ },
    ],
    ['http://a b', 2, { id: 'address', says: /is not an address/, advice: /Write it like/ }],
  ])('the address %s', async (url, status, { id, says, advice }) => {
    await using me = await person();
    const { exitCode, stdout } = await me.run(['doctor', '--model-base-url', url, '-m', 'x', '--json']);
    const [report] = document.parse(JSON.parse(stdout)).providers;
    expect({ exitCode, failures: report && failuresIn(report) }).toEqual({ exitCode: status, failures: [id] });
    const failure = report && checkIn(report, id);
    expect(failure?.says).toMatch(says);
    expect(failure?.advice.join(' ')).toMatch(advice);
    expect(report && checkIn(report, 'answer')).toMatchObject({
      status: 'skipped',
      says: expect.stringContaining('needs'),
    });
  });

  test('a certificate that nobody has signed, until its authority is named', async () => {
    const [cert = '', key = ''] = await Promise.all(['service-certificate', 'service-key'].map(certificate));
    await using server = await modelServer((request) => capable(request), { models: ['scripted'], tls: { cert, key } });
    await using me = await person({ 'authority.pem': await certificate('authority') });
    const flags = ['doctor', '--model-base-url', server.url, '-m', 'scripted'];
    const { exitCode, stdout } = await me.run(flags);
    expect(exitCode).toBe(4);
    expect(stdout).toMatch(/^failed +TLS .*not trusted .*\n +-> Set ca_file/m);
    expect(stdout).toMatch(/^skipped +key accepted +needs what failed before: TLS$/m);
    const named = await me.run(flags, { env: { SSL_CERT_FILE: 'authority.pem' } });
    expect(named.stdout).toMatch(/^ok +TLS +TLSv1\.3, certificate by .*, good until 2126-10-27$/m);
    expect(named.exitCode).toBe(0);
  });

  test('a local server that is not running, with the commands that start it', async () => {
    await using me = await person();
    const { exitCode, stdout } = await me.run(['doctor', 'ollama', '--model-base-url', 'http://127.0.0.1:1']);
    expect(exitCode).toBe(4);
    for (const command of ['`ollama serve`', '`ollama list`', '`ollama pull']) expect(stdout).toContain(command);
  });

  test('a model that a local server does not have, with the command that fetches it', async () => {
    await using me = await person();
    await using server = await modelServer(capable, { ollama: { models: { 'qwen3.5': {} } } });
    const flags = ['--model-base-url', server.origin, '-m', 'gemma4'];
    const { exitCode, stdout } = await me.run(['doctor', 'ollama', ...flags]);
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(/^failed +model /m);
    expect(stdout).toContain('`ollama pull gemma4`');
  });

  test('a key that is refused, without showing it', async () => {
    await using me = await person();
    await using server = await modelServer(() => ({
      status: 401,
      json: { error: { message: 'bad key sk-canary-99' } },
    }));
    const env = { OPENAI_COMPATIBLE_API_KEY: 'sk-canary-99', OPENAI_COMPATIBLE_BASE_URL: server.url };
    const { exitCode, stdout, stderr } = await me.run(['doctor', 'openai_compatible', '-m', 'x'], { env });
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/^ok +key +set, from OPENAI_COMPATIBLE_API_KEY$/m);
    expect(stdout).toMatch(/^failed +key accepted /m);
    expect(stdout).toMatch(/^skipped +answer +needs what failed before: key accepted$/m);
    expect(`${stdout}${stderr}`).not.toContain('sk-canary-99');
  });

  test('a key that is missing', async () => {
    await using me = await person();
    const { exitCode, stdout } = await me.run(['doctor', 'groq', '--offline']);
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/^failed +key .*\n +-> Set GROQ_API_KEY, run trae-cli login groq/m);
  });

  test('a configuration that cannot be read, and a proxy without a scheme', async () => {
    await using me = await person({ 'trae_config.json': '{ "model_providers": [' });
    expect(await me.run(['doctor'])).toMatchObject({
      exitCode: 2,
      stdout: expect.stringMatching(/^failed +configuration /),
    });
    await me.workspace.write({ 'trae_config.json': '{}' });
    const { exitCode, stdout } = await me.run(['doctor'], { env: { HTTP_PROXY: 'proxy.example:3128' } });
    expect(exitCode).toBe(2);
    expect(stdout).toContain('The address of the proxy in HTTP_PROXY');
    await me.workspace.write({ 'trae_config.json': '{"default_provider": "mine", "model_provider": {}}' });
    const misspelt = await me.run(['doctor']);
    expect(misspelt.stdout).toMatch(
      /^warning +configuration +trae_config\.json \(not trusted\); .*\n +-> .*model_provider/,
    );
  });

  test('a model that nobody has', async () => {
    await using me = await person();
    const { exitCode, report } = await examined(
      me,
      () => ({
        status: 404,
        json: { error: { message: 'The model `scripted` does not exist', code: 'model_not_found' } },
      }),
      { models: ['scripted-2'] },
    );
    expect({ exitCode, failures: failuresIn(report) }).toEqual({ exitCode: 2, failures: ['answer'] });
    expect(checkIn(report, 'model')).toMatchObject({
      status: 'warning',
      says: expect.stringContaining('Did you mean scripted-2?'),
    });
  });

  test('a service that does not stream, and one that does not count', async () => {
    await using me = await person();
    const message = { role: 'assistant', content: 'thirty' };
    const json = { object: 'chat.completion', choices: [{ index: 0, message, finish_reason: 'stop' }] };
    const { exitCode, report } = await examined(me, () => ({ json }));
    expect(checkIn(report, 'answer')).toMatchObject({ status: 'warning', says: expect.stringContaining('one piece') });
    expect({ exitCode, failures: failuresIn(report) }).toEqual({ exitCode: 4, failures: ['tools'] });
    const { report: uncounted } = await examined(me, (request) => ({ ...capable(request), usage: null }));
    expect(checkIn(uncounted, 'usage')).toMatchObject({ status: 'warning', says: 'not reported' });
  });

  test('a window that is smaller than what every request has, whoever says it', async () => {
    await using me = await person();
    await me.home.write({
      '.config/trae-cli/trae_config.json': JSON.stringify({
        model_providers: { mine: { base_url: 'http://127.0.0.1:9/v1', model: 'm', context_window: 500 } },
      }),
    });
    const { exitCode, stdout } = await me.run(['doctor', 'mine', '--offline']);
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(/^failed +window +The window of 500 tokens \(.*trae_config\.json:1\) is too small/m);
  });

  test.each([[['nobody']], [['replay']], [['groq', '--all']], [['--all', '-m', 'x']], [['--offline', '--fix']]])(
    'a command line that cannot be meant: %j',
    async (args) => {
      await using me = await person();
      expect(await me.run(['doctor', ...args])).toMatchObject({ exitCode: 2, stdout: '' });
    },
  );
});

test('doctor tells what in the environment redirects, competes or is hidden', async () => {
  await using me = await person({ '.env': 'OPENAI_API_KEY=sk-other-1\n' });
  const env = {
    OPENAI_API_KEY: 'sk-canary-1',
    OPENAI_ORG_ID: 'org-1',
    OPENAI_BASE_URL: 'http://127.0.0.1:9/v1',
    NODE_TLS_REJECT_UNAUTHORIZED: '0',
  };
  const { stdout } = await me.run(['doctor', 'openai', '--offline', '--json'], { env });
  const [report] = document.parse(JSON.parse(stdout)).providers;
  const told = report && checkIn(report, 'environment')?.advice.join('\n');
  expect(told).toMatch(/OPENAI_BASE_URL sends the requests for openai to another address, 127\.0\.0\.1:9\./);
  expect(told).toContain('OPENAI_API_KEY in .env is hidden');
  expect(told).toContain('OPENAI_ORG_ID is set, and nothing here reads it');
  expect(told).toContain('NODE_TLS_REJECT_UNAUTHORIZED is 0');
  expect(stdout).not.toMatch(/sk-(?:canary|other)-1/);
});

test('doctor is left at once with Ctrl-C', async () => {
  await using me = await person();
  await using server = await modelServer(() => ({ text: 'one', breaksOff: 'hang' }), { models: ['scripted'] });
  await using running = me.start(['doctor', '--model-base-url', server.url, '-m', 'scripted']);
  await server.untilRequests(3);
  running.kill('SIGINT');
  expect(await running.ended).toMatchObject({ exitCode: 130, stderr: expect.stringContaining('Cancelled.') });
});

test.skipIf(!hasTerminal)('doctor fits a terminal of 80 columns', async () => {
  await using me = await person();
  await using server = await modelServer((request) => capable(request), { models: ['scripted'] });
  const flags = ['doctor', '--model-base-url', server.url, '-m', 'scripted'];
  await using terminal = await openTerminal([process.execPath, program, ...flags], {
    cwd: me.workspace.root,
    env: { PATH: process.env['PATH'], HOME: me.home.root },
  });
  expect(await terminal.untilEnded()).toBe(0);
  const rows = (await terminal.screen()).split('\n');
  expect(rows.some((row) => /^ok +answer +first token after/.test(row))).toBe(true);
  // What the terminal had to break would go on in its first column.
  const begins = /^(?:This makes|makes none\.|(?:ok|warning|skipped) |scripted at|openai_compatible: )/;
  expect(rows.filter((row) => /^\S/.test(row) && !begins.test(row))).toEqual([]);
});
