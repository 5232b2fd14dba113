import { existsSync } from 'node:fs';
import { symlink } from 'node:fs/promises';
import { modelServer } from '@trae-cli/testkit';
import { expect, test } from 'vitest';
import { isTestPath } from '../src/patch/test-path.js';
import { at, bash, done, edit, person } from './cli.js';

const create = (path: string, text = 'x\n') => ({ calls: [edit({ command: 'create', path, file_text: text })] });

test.each([
  'test/a.js',
  'src/tests/b.py',
  'src/__tests__/c.ts',
  'spec/d.rb',
  'test_x.py',
  'lib/x_test.go',
  'a.test.ts',
  'b.spec.js',
])('%s is a test', (path) => expect(isTestPath(path)).toBe(true));

test.each(['src/testing.js', 'contest.py', 'latest/a.ts', 'src/spectrum.ts', 'attest_x.py'])(
  '%s is not a test',
  (path) => expect(isTestPath(path)).toBe(false),
);

test('a completion without a patch is refused as the answer to that very task_done, and accepted after one', async () => {
  await using server = await modelServer([
    done('nothing to do'),
    create('test/new.test.js'),
    done('a test'),
    create('src/new.js'),
    done('fixed'),
  ]);
  await using me = await person({ 'a.txt': 'a\n' }, { git: true });
  const { exitCode, stdout } = await me.run(['run', 'x', '--must-patch', ...at(server)]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'fixed\n' });
  const second = JSON.stringify(server.requests[1]?.body);
  expect(second).toMatch(/"role":"tool".*no file other than tests has changed/);
  expect(server.requests).toHaveLength(5);
});

test('a text ending without a patch is refused by a user message', async () => {
  await using server = await modelServer([{ text: 'All good.' }, create('src/new.js'), { text: 'Now really.' }]);
  await using me = await person({ 'a.txt': 'a\n' }, { git: true });
  const { exitCode, stdout } = await me.run(['run', 'x', '--must-patch', ...at(server)]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'Now really.\n' });
  expect(JSON.stringify(server.requests[1]?.body)).toMatch(/"role":"user","content":"Not accepted/);
});

test('commits by the agent count, and what was dirty before does not', async () => {
  await using server = await modelServer([
    done('nothing'),
    { calls: [bash('echo more >> a.txt && git -c user.name=T -c user.email=t@e.invalid commit -qam change')] },
    done('committed'),
  ]);
  await using me = await person({ 'a.txt': 'a\n' }, { git: true });
  await me.workspace.write({ 'a.txt': 'dirty\n', 'untracked.txt': 'mine\n' });
  const { exitCode, stderr } = await me.run(['run', 'x', '--must-patch', '--patch-path', 'fix.patch', ...at(server)]);
  expect(exitCode).toBe(0);
  expect(stderr).toContain(`Patch: ${me.workspace.path('fix.patch')}`);
  expect(server.requests).toHaveLength(3);
  const patch = await me.workspace.read('fix.patch');
  expect(patch).toContain('+more');
  expect(patch).not.toMatch(/[+-]dirty|-a|untracked/);
});

test('our own files in the workspace are no patch', async () => {
  await using server = await modelServer(() => done('nothing'));
  await using me = await person({ 'a.txt': 'a\n' }, { git: true });
  const { exitCode } = await me.run([
    'run',
    'x',
    '-mp',
    '-pp',
    'fix.patch',
    '-t',
    'run.json',
    '--max-steps',
    '2',
    ...at(server),
  ]);
  expect(exitCode).toBe(1);
  expect(await me.workspace.read('fix.patch')).toBe('');
});

test('the patch holds new files, tests and binary files, is written when the run fails, and applies', async () => {
  await using server = await modelServer([
    {
      calls: [
        edit({ command: 'create', path: 'test/ü.test.js', file_text: 'x\n' }),
        bash("printf '\\0\\1\\2' > b.bin; rm a.txt"),
      ],
    },
    { status: 401, json: { error: { message: 'no' } } },
  ]);
  await using me = await person({ 'a.txt': 'a\n' }, { git: true });
  const { exitCode } = await me.run(['run', 'x', '--patch-path', '../fix.patch', ...at(server)], {
    cwd: me.workspace.path('.git'),
  });
  expect(exitCode).toBe(2);
  const again = await me.run(['run', 'x', '--patch-path', 'fix.patch', ...at(server)]);
  expect(again.exitCode).toBe(3);
  await me.workspace.git('checkout', '--', '.');
  await me.workspace.git('clean', '-fdq', '-e', 'fix.patch');
  await me.workspace.git('apply', 'fix.patch');
  expect(await me.workspace.git('status', '--short')).toMatch(/ D a\.txt/);
  expect(await me.workspace.read('b.bin')).toBe('\u0000\u0001\u0002');
});

test("the user's index, branch and objects stay as they are", async () => {
  await using server = await modelServer([create('src/new.js'), done('ok')]);
  await using me = await person({ 'a.txt': 'a\n' }, { git: true });
  await me.workspace.write({ 'staged.txt': 's\n' });
  await me.workspace.git('add', 'staged.txt');
  const look = async () => [
    await me.workspace.git('status', '--short', '--', 'a.txt', 'staged.txt'),
    await me.workspace.git('count-objects', '-v'),
    await me.workspace.git('log', '--oneline'),
  ];
  const before = await look();
  await me.run(['run', 'x', '-mp', '-pp', 'fix.patch', ...at(server)]);
  expect(await look()).toEqual(before);
});

test('a repository without a commit is one', async () => {
  await using server = await modelServer([create('src/new.js'), done('ok')]);
  await using me = await person();
  await me.workspace.git('init', '--quiet');
  const { exitCode } = await me.run(['run', 'x', '-mp', '-pp', 'fix.patch', ...at(server)]);
  expect(exitCode).toBe(0);
  expect(await me.workspace.read('fix.patch')).toContain('src/new.js');
});

test.each(['--timeout', 'SIGINT'])('the patch of a run that %s stopped is written all the same', async (end) => {
  await using server = await modelServer([create('src/new.js'), { calls: [bash('echo begun; sleep 60')] }]);
  await using me = await person({ 'a.txt': 'a\n' }, { git: true });
  const limit = end === 'SIGINT' ? [] : [end, '4'];
  const args = ['run', 'x', '-pp', 'fix.patch', '-t', 'run.json', '--output-format', 'json', ...limit, ...at(server)];
  await using running = me.start(args);
  await running.untilOutput('sleep 60');
  if (end === 'SIGINT') running.kill(end);
  const { exitCode, stdout } = await running.ended;
  expect(exitCode).toBe(end === 'SIGINT' ? 130 : 1);
  expect(JSON.parse(stdout)).toMatchObject({ status: 'stopped', steps: 2 });
  expect(await me.workspace.read('fix.patch')).toContain('src/new.js');
  expect(JSON.parse(await me.workspace.read('run.json'))).toMatchObject({ success: false });
});

test.skipIf(!existsSync('/dev/full'))('a patch that cannot be written costs the status, and nothing else', async () => {
  await using server = await modelServer([create('src/new.js'), done('made')]);
  await using me = await person({ 'a.txt': 'a\n' }, { git: true });
  await symlink('/dev/full', me.home.path('fix.patch'));
  const { exitCode, stdout, stderr } = await me.run(['run', 'x', '-pp', me.home.path('fix.patch'), ...at(server)]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: 'made\n' });
  expect(stderr).toMatch(/Done\.\n[^]*The patch is not written: there is no space left on the disk\n$/);
});

test('a repository that the agent destroys costs the patch, and nothing else', async () => {
  await using server = await modelServer([{ calls: [bash('rm -rf .git')] }, done('gone')]);
  await using me = await person({ 'a.txt': 'a\n' }, { git: true });
  const { exitCode, stdout, stderr } = await me.run(['run', 'x', '-pp', 'fix.patch', ...at(server)]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: 'gone\n' });
  expect(stderr).toContain('The patch is not written: git could not');
});
