import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, symlink } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { modelServer, runProcess } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { firstHome } from '../src/host/home-directory.js';
import { at, bash, done, edit, type Person, person, program } from './cli.js';

const stackTrace = /\n\s+at .*:\d+/;

/** A directory in the workspace from which only these programs can be started. */
async function pathWithOnly(me: Person, names: readonly string[]): Promise<string> {
  const directory = me.home.path('bin');
  await mkdir(directory);
  const places = (process.env['PATH'] ?? '').split(delimiter);
  for (const name of names) {
    const found = places.map((place) => join(place, name)).find((path) => existsSync(path));
    await symlink(found ?? `/missing/${name}`, join(directory, name));
  }
  return directory;
}

test('a home that is empty, relative or unknown never puts our files into the workspace', () => {
  const unknown = (): string => {
    throw new Error('ENOENT: no such user');
  };
  expect(firstHome([() => '', () => '/home/me'])).toBe('/home/me');
  expect(firstHome([() => 'home/me', unknown])).toBe('/');
  expect(firstHome([() => '/home/me', unknown])).toBe('/home/me');
});

test('in a deleted directory a run says so, and goes on where every path is absolute', async () => {
  await using server = await modelServer([done('ok')]);
  await using me = await person();
  const there = (command: string) => me.shell(`mkdir gone; cd gone; rmdir ../gone; trae ${command}`);
  const flags = at(server).join(' ');
  const lost = await there(`run x ${flags}`);
  expect(lost).toMatchObject({ exitCode: 2, stdout: '' });
  expect(lost.stderr).toContain('The current directory no longer exists.');
  expect(lost.stderr).not.toMatch(stackTrace);
  expect(await there(`run x -w ${me.workspace.root} ${flags}`)).toMatchObject({ exitCode: 0, stdout: 'ok\n' });
  expect((await there(`tools -w ${me.workspace.root}`)).exitCode).toBe(0);
});

test('without bash a run is refused before it starts', async () => {
  await using server = await modelServer([done('never')]);
  await using me = await person();
  const { exitCode, stderr } = await me.run(['run', 'x', ...at(server)], {
    env: { PATH: await pathWithOnly(me, ['git']) },
  });
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^Error: There is no bash on the PATH.*\nInstall bash/);
  expect(server.requests).toHaveLength(0);
});

test('without git a run goes on, and flags that need it say so', async () => {
  await using server = await modelServer([{ calls: [bash('echo works')] }, done('ok')]);
  await using me = await person();
  const env = { PATH: await pathWithOnly(me, ['bash', 'sh', 'mkfifo', 'cat', 'rm']) };
  expect(await me.run(['run', 'x', ...at(server)], { env })).toMatchObject({ exitCode: 0, stdout: 'ok\n' });
  expect(JSON.stringify(server.requests[1]?.body)).toContain('works');
  const refused = await me.run(['run', 'x', '--must-patch', ...at(server)], { env });
  expect(refused.exitCode).toBe(2);
  expect(refused.stderr).toContain('need git, and there is none on the PATH.\nInstall git');
});

test('a git that does not answer costs seconds, and the model is not told that there is no repository', async () => {
  await using server = await modelServer([done('ok')]);
  await using me = await person({}, { git: true });
  await me.home.write({ 'slow/git': '#!/bin/sh\nexec sleep 60\n' });
  await chmod(me.home.path('slow/git'), 0o755);
  const PATH = `${me.home.path('slow')}${delimiter}${process.env['PATH'] ?? ''}`;
  expect((await me.run(['run', 'x', ...at(server)], { env: { PATH } })).exitCode).toBe(0);
  expect(JSON.stringify(server.requests[0]?.body)).toContain('git status took longer than');
});

test('without a temporary directory a run is refused, and the variable named', async () => {
  await using me = await person();
  const { exitCode, stderr } = await me.run(['run', 'x', '--model-base-url', 'http://127.0.0.1:9/v1', '-m', 'm'], {
    env: { TMPDIR: me.workspace.path('nope') },
  });
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^Error: The temporary directory .*nope cannot be written: there is no such file.*\n.*TMPDIR/);
});

test.skipIf(!existsSync('/proc/self'))('a state directory that can never be made is an error, not a hang', async () => {
  await using me = await person();
  const { exitCode, stderr } = await me.run(['run', 'x', '--model-base-url', 'http://127.0.0.1:9/v1', '-m', 'm'], {
    env: { XDG_STATE_HOME: '/proc/nope' },
  });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('XDG_STATE_HOME');
});

test('a state directory that cannot be written leaves nothing behind where the record has a place', async () => {
  await using server = await modelServer([done('ok')]);
  await using me = await person({ 'file.txt': '' });
  await me.home.write({ 'tmp/.keep': '' });
  const env = { XDG_STATE_HOME: me.workspace.path('file.txt'), TMPDIR: me.home.path('tmp') };
  expect((await me.run(['run', 'x', '-t', 'run.jsonl', ...at(server)], { env })).exitCode).toBe(0);
  expect(await readdir(me.home.path('tmp'))).toEqual(['.keep']);
});

test('a trajectory named like a directory is refused', async () => {
  await using me = await person();
  const flags = ['--model-base-url', 'http://127.0.0.1:9/v1', '-m', 'm'];
  const { exitCode, stderr } = await me.run(['run', 'x', '-t', 'runs/', ...flags]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('--trajectory-file');
  expect(existsSync(me.workspace.path('runs'))).toBe(false);
});

describe('closed and full streams', () => {
  test.each(['>&-', '2>&-', '<&-', '>&- 2>&- <&-'])('%s does not change how a run ends', async (redirection) => {
    await using server = await modelServer([{ calls: [bash('touch made')] }, done('ok')]);
    await using me = await person();
    expect((await me.shell(`trae run x ${at(server).join(' ')} ${redirection}`)).exitCode).toBe(0);
    expect(await me.workspace.read('made')).toBe('');
  });

  test.each(['--help', 'run --help', 'tools', 'tools --json'])('%s | head ends quietly', async (command) => {
    await using me = await person();
    expect(await me.shell(`trae ${command} | head -1 >/dev/null; exit $PIPESTATUS`)).toMatchObject({
      exitCode: 0,
      stderr: '',
    });
  });

  test.skipIf(!existsSync('/dev/full')).each(['--version', '--help', 'tools', 'run x'])(
    '%s > /dev/full is a failure, in one sentence',
    async (command) => {
      await using server = await modelServer([done('ok')]);
      await using me = await person();
      const flags = command === 'run x' ? at(server).join(' ') : '';
      const { exitCode, stderr } = await me.shell(`trae ${command} ${flags} >/dev/full`);
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(/Error: Standard output could not be written: .*no space left/);
      expect(stderr).not.toMatch(stackTrace);
    },
  );
});

/** Root may do everything; without two of its rights it is a user like any other. */
const asUser =
  process.getuid?.() === 0 ? ['setpriv', '--bounding-set', '-dac_override,-dac_read_search', '--'] : ['env'];
const canBeUser = await runProcess(asUser[0] ?? '', [...asUser.slice(1), 'true']).then(
  ({ exitCode }) => exitCode === 0,
  () => false,
);

describe.skipIf(!canBeUser)('permissions', () => {
  const runAsUser = (me: Person, args: readonly string[]) =>
    runProcess('env', [...asUser, process.execPath, program, ...args], {
      cwd: me.workspace.root,
      env: { PATH: process.env['PATH'], HOME: me.home.root, TMPDIR: process.env['TMPDIR'] },
    });

  test('a read-only workspace is said at the start, and what cannot be done to the model', async () => {
    await using server = await modelServer([
      { calls: [edit({ command: 'create', path: 'new.txt', file_text: 'x\n' })] },
      done('could not'),
    ]);
    await using me = await person();
    await chmod(me.workspace.root, 0o555);
    const { exitCode, stderr } = await runAsUser(me, ['run', 'x', ...at(server)]);
    await chmod(me.workspace.root, 0o755);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('is read-only for you');
    expect(JSON.stringify(server.requests[1]?.body)).toContain('permission denied');
  });

  test.each([
    ['an unreadable workspace', ['x', '-w', 'closed'], 'closed may not be read by you'],
    ['an unreadable task file', ['-f', 'closed.md'], 'closed.md cannot be read: permission denied'],
    ['an unwritable place for the record', ['x', '-t', 'fixed/run.jsonl'], 'run.jsonl: permission denied'],
    ['an unwritable place for the patch', ['x', '-pp', 'fixed/fix.patch'], 'fix.patch: permission denied'],
  ])('%s is refused before the start', async (_name, args, says) => {
    await using me = await person({ 'closed/a.txt': '', 'closed.md': 'x', 'fixed/a.txt': '' }, { git: true });
    await chmod(me.workspace.path('closed'), 0o000);
    await chmod(me.workspace.path('closed.md'), 0o000);
    await chmod(me.workspace.path('fixed'), 0o555);
    const local = ['--model-base-url', 'http://127.0.0.1:9/v1', '-m', 'm'];
    const { exitCode, stdout, stderr } = await runAsUser(me, ['run', ...args, ...local]);
    await chmod(me.workspace.path('closed'), 0o755);
    await chmod(me.workspace.path('fixed'), 0o755);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(says);
    expect(stderr).not.toMatch(stackTrace);
  });
});
