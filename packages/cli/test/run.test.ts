import { readFile } from 'node:fs/promises';
import { modelServer } from '@trae-cli/testkit';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { at, bash, done, edit, person } from './cli.js';

const recordSchema = z.object({
  v: z.literal(1),
  seq: z.number(),
  at: z.iso.datetime(),
  event: z.looseObject({ type: z.string() }),
});
const recordsOf = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => recordSchema.parse(JSON.parse(line)));

const fixing = [
  { text: 'I look first.', calls: [bash('cat sum.js; node test.js')] },
  {
    calls: [
      edit({ command: 'str_replace', path: 'sum.js', old_str: 'a - b', new_str: 'a + b' }),
      bash('node test.js && echo passed'),
    ],
  },
  done('Fixed the sign.'),
];

const project = {
  'sum.js': 'exports.sum = (a, b) => a - b;\n',
  'test.js': "require('node:assert').equal(require('./sum.js').sum(1, 2), 3);\n",
};

test('a run fixes a failing test and puts only the result on standard output', async () => {
  await using server = await modelServer(fixing);
  await using me = await person(project);
  const { exitCode, stdout, stderr } = await me.run(['run', 'Fix the test', ...at(server)]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'Fixed the sign.\n' });
  expect(await me.workspace.read('sum.js')).toContain('a + b');
  expect(stderr).toContain('I look first.');
  expect(stderr).toContain('$ node test.js && echo passed');
  expect(stderr).toContain('Done.');
  expect(stderr).not.toContain('\u001b[');
});

test('the model is told the task, the method and facts about the workspace', async () => {
  await using server = await modelServer([done('ok')]);
  await using me = await person({ ...project, 'AGENTS.md': 'Always say please.\n' }, { git: true });
  await me.run(['run', 'Fix the test', ...at(server)]);
  const { messages } = z
    .object({ messages: z.array(z.object({ role: z.string(), content: z.string() })) })
    .parse(server.requests[0]?.body);
  expect(messages[1]).toEqual({ role: 'user', content: 'Fix the test' });
  for (const fact of [me.workspace.root, 'sum.js', 'Always say please.', 'main', process.versions.node])
    expect(messages[0]?.content).toContain(fact);
});

test('the prompt and the tool texts stay under 8 kB without the facts', async () => {
  await using server = await modelServer([done('ok')]);
  await using me = await person();
  await me.run(['run', 'x', ...at(server)]);
  const body = z
    .looseObject({ tools: z.array(z.unknown()), messages: z.array(z.looseObject({ content: z.string() })) })
    .parse(server.requests[0]?.body);
  expect(JSON.stringify(body.tools).length + (body.messages[0]?.content.length ?? 0)).toBeLessThan(8192);
});

test('--output-format json prints one object at the end', async () => {
  await using server = await modelServer(fixing);
  await using me = await person(project);
  const { stdout, exitCode } = await me.run(['run', 'Fix the test', '--output-format', 'json', ...at(server)]);
  expect(exitCode).toBe(0);
  const result = JSON.parse(stdout) as Record<string, unknown>;
  expect(result).toMatchObject({
    version: 1,
    status: 'completed',
    reason: null,
    summary: 'Fixed the sign.',
    steps: 3,
    cost: null,
    error: null,
  });
  expect(await readFile(String(result['trajectory']), 'utf8')).toContain('run_finished');
});

test('--output-format json prints an object also for a run that could not start', async () => {
  await using me = await person();
  const { stdout, exitCode } = await me.run(['run', 'x', '--output-format', 'json', '--provider', 'groq']);
  expect(exitCode).toBe(3);
  expect(JSON.parse(stdout)).toMatchObject({
    status: 'failed',
    reason: 'credentials_missing',
    error: { code: 'credentials_missing' },
  });
});

test('--output-format stream-json prints the journal and nothing else', async () => {
  await using server = await modelServer(fixing);
  await using me = await person(project);
  const { stdout } = await me.run([
    'run',
    'Fix the test',
    '--output-format',
    'stream-json',
    '-t',
    'run.jsonl',
    ...at(server),
  ]);
  expect(stdout).toBe(await me.workspace.read('run.jsonl'));
  const records = recordsOf(stdout);
  expect(records.map(({ seq }) => seq)).toEqual(records.map((_, index) => index + (records[0]?.seq ?? 0)));
  expect(records.filter(({ event }) => event.type === 'run_finished')).toHaveLength(1);
});

test('--quiet prints the result only, and who was chosen when nobody was named', async () => {
  await using server = await modelServer([{ text: 'Hello.' }]);
  await using me = await person();
  const { stdout, stderr } = await me.run(['run', 'Say hello', '--quiet', ...at(server)]);
  expect(stdout).toBe('Hello.\n');
  expect(stderr).toContain('openai_compatible scripted because --model-base-url was given');
  expect(stderr.trim().split('\n')).toHaveLength(1 + Number(stderr.includes('Note:')));
});

test('colours are for terminals, FORCE_COLOR decides otherwise, NO_COLOR wins over a terminal only', async () => {
  await using server = await modelServer(() => done('ok'));
  await using me = await person();
  const forced = await me.run(['run', 'x', ...at(server)], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } });
  const refused = await me.run(['run', 'x', ...at(server)], { env: { FORCE_COLOR: '0' } });
  expect([forced.stderr.includes('\u001b['), refused.stderr.includes('\u001b[')]).toEqual([true, false]);
});

test('control sequences of the model and of commands never reach the terminal', async () => {
  await using server = await modelServer([
    { text: 'a\u001b]0;owned\u0007b', calls: [bash("printf 'c\\033[2Jd\\n'")] },
    done('\u001b[31mred'),
  ]);
  await using me = await person();
  const { stderr } = await me.run(['run', 'x', ...at(server)]);
  expect(stderr).not.toContain('\u001b');
});

test("the original's two-letter flags are understood", async () => {
  await using server = await modelServer([
    { calls: [edit({ command: 'create', path: 'new.txt', file_text: 'x\n' })] },
    done('ok'),
  ]);
  await using me = await person({ 'a.txt': 'a\n' }, { git: true });
  const { exitCode } = await me.run([
    'run',
    'x',
    '-mp',
    '-pp',
    'fix.patch',
    '-ct',
    'simple',
    '-at',
    'trae_agent',
    ...at(server),
  ]);
  expect(exitCode).toBe(0);
  expect(await me.workspace.read('fix.patch')).toContain('new.txt');
});

test('-ct rich prints plainly, with a note', async () => {
  await using server = await modelServer([done('ok')]);
  await using me = await person();
  const { exitCode, stderr } = await me.run(['run', 'x', '-ct', 'rich', ...at(server)]);
  expect(exitCode).toBe(0);
  expect(stderr).toContain('rich console is not built yet');
});

test('a server that offers one model needs no --model', async () => {
  await using server = await modelServer([done('ok')], { models: ['only-one'] });
  await using me = await person();
  const { exitCode, stderr } = await me.run(['run', 'x', '--model-base-url', server.url]);
  expect(stderr).toContain('only-one');
  expect(exitCode).toBe(0);
});

test('the task may come from a file, from standard input, or from both an argument and --stdin', async () => {
  await using server = await modelServer(() => done('ok'));
  await using me = await person({ 'a task.md': 'From a file é\n' });
  await me.run(['run', '-f', 'a task.md', ...at(server)]);
  await me.run(['run', '-', ...at(server)], { input: 'From stdin\n' });
  await me.run(['run', 'Explain', '--stdin', ...at(server)], { input: 'the log\n' });
  const tasks = server.requests.map(
    ({ body }) => z.object({ messages: z.array(z.object({ content: z.string() })) }).parse(body).messages[1]?.content,
  );
  expect(tasks).toEqual(['From a file é\n', 'From stdin\n', 'Explain\n\nthe log\n']);
});

test('an open, idle standard input does not hang a run', async () => {
  await using server = await modelServer([done('ok')]);
  await using me = await person();
  const { exitCode } = await me.run(['run', 'x', ...at(server)], { keepInputOpen: true });
  expect(exitCode).toBe(0);
});

test('with a reader that leaves, the run goes on and its outcome decides', async () => {
  await using server = await modelServer([{ calls: [bash('touch made')] }, done('ok')]);
  await using me = await person();
  await using running = me.start(['run', 'x', '--output-format', 'stream-json', ...at(server)]);
  running.closeOutput();
  expect((await running.ended).exitCode).toBe(0);
  expect(await me.workspace.read('made')).toBe('');
});
