import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { modelServer } from '@trae-cli/testkit';
import { expect, test } from 'vitest';
import { at, bash, done, person } from './cli.js';

const script = () => [{ text: 'Working.', calls: [bash('echo hi')] }, done('ok')];

test("without a flag the journal goes to the project's folder in the state directory, and its path is printed at the start", async () => {
  await using server = await modelServer(script());
  await using me = await person();
  const { stderr } = await me.run(['run', 'x', ...at(server)], { env: { XDG_STATE_HOME: me.home.path('state') } });
  const path = /Recording to (\S+)/.exec(stderr)?.[1] ?? '';
  expect(path).toContain(me.home.path('state/trae-cli/projects'));
  expect(stderr.indexOf('Recording to')).toBeLessThan(stderr.indexOf('Working.'));
  expect(await readFile(path, 'utf8')).toContain('"run_finished"');
});

test("-t run.json gives the original's document, and the journal beside it", async () => {
  await using server = await modelServer(script());
  await using me = await person();
  await me.run(['run', 'x', '-t', 'out/run.json', ...at(server)]);
  expect(JSON.parse(await me.workspace.read('out/run.json'))).toMatchObject({
    task: 'x',
    provider: 'openai_compatible',
    model: 'scripted',
    max_steps: 200,
    success: true,
    final_result: 'ok',
    llm_interactions: [{}, {}],
    agent_steps: [{}, {}],
  });
  expect(await me.workspace.read('out/run.jsonl')).toContain('"run_finished"');
});

test('a trajectory is replaced; anything else is refused and stays', async () => {
  await using server = await modelServer(() => done('ok'));
  await using me = await person({ 'mine.json': '{"important":true}\n' });
  const first = await me.run(['run', 'one', '-t', 'run.json', ...at(server)]);
  const second = await me.run(['run', 'two', '-t', 'run.json', ...at(server)]);
  const refused = await me.run(['run', 'three', '-t', 'mine.json', ...at(server)]);
  expect([first.exitCode, second.exitCode, refused.exitCode]).toEqual([0, 0, 2]);
  expect(JSON.parse(await me.workspace.read('run.json'))).toMatchObject({ task: 'two' });
  expect(await me.workspace.read('mine.json')).toBe('{"important":true}\n');
});

test('every run is indexed, wherever its journal is', async () => {
  await using server = await modelServer(() => done('ok'));
  await using me = await person();
  await me.run(['run', 'one', '-t', 'run.jsonl', ...at(server)]);
  await me.run(['run', 'two', ...at(server)]);
  const projects = me.home.path('.local/state/trae-cli/projects');
  const [project = ''] = await readdir(projects);
  const index = (await readFile(join(projects, project, 'index.jsonl'), 'utf8')).trimEnd().split('\n');
  expect(index.map((line) => (JSON.parse(line) as { task: string }).task)).toEqual(['one', 'two']);
});

test.skipIf(!existsSync('/dev/full'))('with a full disk the run goes on, says so, and ends with status 1', async () => {
  await using server = await modelServer([{ calls: [bash('touch made')] }, done('ok')]);
  await using me = await person();
  await me.workspace.write({});
  const { symlink } = await import('node:fs/promises');
  await symlink('/dev/full', me.workspace.path('run.jsonl'));
  const { exitCode, stdout, stderr } = await me.run(['run', 'x', '-t', 'run.jsonl', ...at(server)]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: 'ok\n' });
  expect(stderr).toMatch(/no longer recorded.*no space/i);
  expect(await me.workspace.read('made')).toBe('');
});

test('trajectory show prints a run readably, and only text where nobody is a terminal', async () => {
  await using server = await modelServer(script());
  await using me = await person();
  await me.run(['run', 'the task', '-t', 'run.jsonl', ...at(server)]);
  const { exitCode, stdout } = await me.run(['trajectory', 'show', 'run.jsonl']);
  expect(exitCode).toBe(0);
  for (const words of ['the task', 'scripted', 'Working.', 'echo hi', 'ok']) expect(stdout).toContain(words);
  expect(stdout).not.toContain('\u001b');
});

test('a long output is spilled to a file that the model is told of and can view', async () => {
  const spilled = (body: unknown): string => /(\/[^\s"\\]*\.output\/[^\s"\\]+)/.exec(JSON.stringify(body))?.[1] ?? '';
  await using server = await modelServer([
    { calls: [bash('seq 1 100000')] },
    ({ body }) => ({
      calls: [
        {
          name: 'str_replace_based_edit_tool',
          arguments: { command: 'view', path: spilled(body), view_range: [50_000, 50_001] },
        },
      ],
    }),
    done('ok'),
  ]);
  await using me = await person();
  await me.run(['run', 'x', ...at(server)]);
  expect(JSON.stringify(server.requests[2]?.body)).toContain('50001');
});

test('a recorded run replays without a network, with the real tools', async () => {
  const journal = 'run.jsonl';
  await using server = await modelServer([{ calls: [bash('echo $((1 + 1)) > made; cat made')] }, done('ok')]);
  await using me = await person();
  await me.run(['run', 'x', '-t', me.home.path(journal), ...at(server)]);
  await me.workspace.write({ made: '' });
  const { exitCode, stdout } = await me.run(['run', 'x', '-p', 'replay', '-m', me.home.path(journal)]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'ok\n' });
  expect(await me.workspace.read('made')).toBe('2\n');
});

test('a replay stops at the first divergence and shows the step and the difference', async () => {
  await using server = await modelServer([{ calls: [bash('cat number')] }, done('ok')]);
  await using me = await person({ number: '41\n' });
  await me.run(['run', 'x', '-t', me.home.path('run.jsonl'), ...at(server)]);
  await me.workspace.write({ number: '42\n' });
  const { exitCode, stderr, stdout } = await me.run(['run', 'x', '-p', 'replay', '-m', me.home.path('run.jsonl')]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toMatch(/step 2/i);
  expect(stderr).toContain('41');
  expect(stderr).toContain('42');
});
