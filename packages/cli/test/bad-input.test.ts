import { modelServer } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { at, done, person } from './cli.js';

type Case = {
  readonly name: string;
  readonly args: readonly string[];
  readonly exitCode: number;
  readonly says: readonly (string | RegExp)[];
};

const local = ['--model-base-url', 'http://127.0.0.1:9/v1', '--model', 'm'];

const cases: readonly Case[] = [
  { name: 'an unknown flag', args: ['run', 'x', '--provder', 'groq'], exitCode: 2, says: ['--provder', '--provider'] },
  { name: 'an unknown command', args: ['rnu', 'x'], exitCode: 2, says: ['rnu', 'run'] },
  { name: 'an unknown provider', args: ['run', 'x', '-p', 'grok'], exitCode: 2, says: ['grok', 'groq'] },
  {
    name: 'no key at all',
    args: ['run', 'x'],
    exitCode: 3,
    says: ['OPENAI_API_KEY', 'GROQ_API_KEY', '--model-base-url', 'demo'],
  },
  { name: 'a missing key', args: ['run', 'x', '-p', 'groq'], exitCode: 3, says: ['groq', 'GROQ_API_KEY'] },
  { name: 'an empty key', args: ['run', 'x', '-p', 'groq', '-k', ''], exitCode: 2, says: ['--api-key is empty'] },
  {
    name: 'no address',
    args: ['run', 'x', '-p', 'openai_compatible', '-m', 'm'],
    exitCode: 2,
    says: ['base_url is required for OpenAI-compatible services', '--model-base-url', 'OPENAI_COMPATIBLE_BASE_URL'],
  },
  {
    name: 'an address without a scheme',
    args: ['run', 'x', '--model-base-url', 'localhost:8000/v1', '-m', 'm'],
    exitCode: 2,
    says: ['http://'],
  },
  { name: 'no task', args: ['run', ...local], exitCode: 2, says: ['no task', '--file'] },
  { name: 'an empty task', args: ['run', '  ', ...local], exitCode: 2, says: ['task is empty'] },
  { name: 'a task and a file', args: ['run', 'x', '-f', 'task.md', ...local], exitCode: 2, says: ['both'] },
  {
    name: 'a task file that is not there',
    args: ['run', '-f', 'nope.md', ...local],
    exitCode: 2,
    says: ['nope.md', 'no such file', '--file'],
  },
  { name: 'a directory as task file', args: ['run', '-f', '.', ...local], exitCode: 2, says: ['is a directory'] },
  {
    name: 'a task that was not quoted',
    args: ['run', 'fix', 'the', 'bug', ...local],
    exitCode: 2,
    says: ['Too many arguments', 'quotes'],
  },
  {
    name: 'a working directory that is not there',
    args: ['run', 'x', '-w', 'nope dir', ...local],
    exitCode: 2,
    says: ['nope dir', '--working-dir'],
  },
  {
    name: 'a file as working directory',
    args: ['run', 'x', '-w', 'file.txt', ...local],
    exitCode: 2,
    says: ['not a directory'],
  },
  {
    name: 'an allowed path that is not there',
    args: ['run', 'x', '--allow-path', 'nope', ...local],
    exitCode: 2,
    says: ['--allow-path'],
  },
  { name: 'no steps', args: ['run', 'x', '--max-steps', '0', ...local], exitCode: 2, says: ['--max-steps', '"0"'] },
  {
    name: 'steps that are no number',
    args: ['run', 'x', '--max-steps', 'abc', ...local],
    exitCode: 2,
    says: ['--max-steps', '"abc"'],
  },
  {
    name: 'a timeout that is no time',
    args: ['run', 'x', '--timeout', 'soon', ...local],
    exitCode: 2,
    says: ['--timeout', '"soon"'],
  },
  {
    name: 'an unknown output format',
    args: ['run', 'x', '--output-format', 'xml', ...local],
    exitCode: 2,
    says: ['xml', 'stream-json'],
  },
  {
    name: 'a trajectory in a folder that cannot be made',
    args: ['run', 'x', '-t', 'file.txt/run.jsonl', ...local],
    exitCode: 2,
    says: ['file.txt', '--trajectory-file'],
  },
  {
    name: 'a file that is no trajectory',
    args: ['run', 'x', '-t', 'file.txt', ...local],
    exitCode: 2,
    says: ['file.txt', 'not a trajectory'],
  },
  {
    name: 'a patch path that cannot be written',
    args: ['run', 'x', '-pp', 'nope/fix.patch', ...local],
    exitCode: 2,
    says: ['--patch-path'],
  },
  {
    name: 'must-patch outside a repository',
    args: ['run', 'x', '--must-patch', ...local],
    exitCode: 2,
    says: ['git repository', 'git init'],
  },
  {
    name: 'patch-path outside a repository',
    args: ['run', 'x', '-pp', 'fix.patch', ...local],
    exitCode: 2,
    says: ['git repository'],
  },
  { name: 'replay without a model', args: ['run', 'x', '-p', 'replay'], exitCode: 2, says: ['--model'] },
  {
    name: 'replay of a file that is not there',
    args: ['run', 'x', '-p', 'replay', '-m', 'nope.jsonl'],
    exitCode: 2,
    says: ['nope.jsonl'],
  },
  {
    name: 'a trajectory to show that is not there',
    args: ['trajectory', 'show', 'nope.jsonl'],
    exitCode: 2,
    says: ['nope.jsonl'],
  },
  {
    name: 'a trajectory to show that is none',
    args: ['trajectory', 'show', 'file.txt'],
    exitCode: 2,
    says: ['file.txt'],
  },
];

describe('bad input gets one clear message, its exit status and no stack trace', () => {
  test.each(cases)('$name', async ({ args, exitCode, says }) => {
    await using me = await person({ 'file.txt': 'mine\n' });
    const result = await me.run(args);
    for (const words of says) expect(result.stderr).toMatch(typeof words === 'string' ? literal(words) : words);
    expect(result.stderr).not.toMatch(/\n\s+at .*:\d+/);
    expect(result).toMatchObject({ exitCode, stdout: '' });
    expect(await me.workspace.read('file.txt')).toBe('mine\n');
  });
});

const literal = (words: string): RegExp => new RegExp(words.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));

type Failing = {
  readonly name: string;
  readonly answer: Parameters<typeof modelServer>[0];
  readonly exitCode: number;
  readonly says: readonly string[];
};

const failing: readonly Failing[] = [
  {
    name: 'a rejected key',
    answer: () => ({ status: 401, json: { error: { message: 'Incorrect API key provided' } } }),
    exitCode: 3,
    says: ['Incorrect API key'],
  },
  {
    name: 'an unknown model',
    answer: () => ({ status: 404, json: { error: { message: 'The model does not exist', code: 'model_not_found' } } }),
    exitCode: 2,
    says: ['scripted'],
  },
  {
    name: 'a plain 404',
    answer: () => ({ status: 404, headers: { 'content-type': 'text/plain' }, body: '404 page not found' }),
    exitCode: 2,
    says: ['404'],
  },
  {
    name: 'an HTML page',
    answer: () => ({
      status: 200,
      headers: { 'content-type': 'text/html' },
      body: '<html><body>Sign in</body></html>',
    }),
    exitCode: 4,
    says: ['text/html'],
  },
  {
    name: 'no money',
    answer: () => ({ status: 402, json: { error: { message: 'Insufficient Balance' } } }),
    exitCode: 4,
    says: ['Insufficient Balance'],
  },
];

describe('a service that refuses ends the run at once, with what it said', () => {
  test.each(failing)('$name', async ({ answer, exitCode, says }) => {
    await using server = await modelServer(answer);
    await using me = await person();
    const result = await me.run(['run', 'x', ...at(server)]);
    for (const words of says) expect(result.stderr).toContain(words);
    expect(result).toMatchObject({ exitCode, stdout: '' });
    expect(result.stderr).not.toMatch(/\n\s+at .*:\d+/);
  });

  test('a refused connection', async () => {
    await using me = await person();
    const { exitCode, stderr } = await me.run(['run', 'x', ...local]);
    expect({ exitCode, says: stderr.includes('127.0.0.1:9') }).toEqual({ exitCode: 4, says: true });
  });

  test('an unknown host', async () => {
    await using me = await person();
    const { exitCode, stderr } = await me.run(['run', 'x', '--model-base-url', 'http://nowhere.invalid/v1', '-m', 'm']);
    expect({ exitCode, says: stderr.includes('nowhere.invalid') }).toEqual({ exitCode: 4, says: true });
  });
});

test('the record of a failed run is whole, and standard output stays empty', async () => {
  await using server = await modelServer(() => ({ status: 401, json: { error: { message: 'no' } } }));
  await using me = await person();
  await me.run(['run', 'x', '-t', 'run.json', ...at(server)]);
  expect(JSON.parse(await me.workspace.read('run.json'))).toMatchObject({ task: 'x', success: false });
  expect(await me.workspace.read('run.jsonl')).toContain('credentials_rejected');
});

test('spaces, newlines and Unicode in paths and tasks are nothing special', async () => {
  await using server = await modelServer([
    { calls: [{ name: 'bash', arguments: { command: 'pwd; ls' } }] },
    done('fertig ✓'),
  ]);
  await using me = await person({ 'a\nb é/ü 1.txt': 'x' });
  const { exitCode, stdout } = await me.run([
    'run',
    'Größe\nändern "now" $HOME',
    '-w',
    'a\nb é',
    '-t',
    'läuf 1.jsonl',
    ...at(server),
  ]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'fertig ✓\n' });
  expect(JSON.stringify(server.requests[1]?.body)).toContain('ü 1.txt');
});

test('the variable that the missing address asks for gives it, and is no redirection', async () => {
  await using server = await modelServer([done('ok')]);
  await using me = await person();
  const env = { OPENAI_COMPATIBLE_BASE_URL: server.url };
  const { exitCode, stderr } = await me.run(['run', 'x', '-p', 'openai_compatible', '-m', 'm'], { env });
  expect(exitCode).toBe(0);
  expect(stderr).not.toContain('another address');
});
