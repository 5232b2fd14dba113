import { readdir } from 'node:fs/promises';
import { tempWorkspace } from '@trae-cli/testkit';
import { afterEach, expect, test, vi } from 'vitest';
import { never, toolbox } from '../toolbox.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

const lost = /\[The shell itself was replaced or killed\. A new one is in .* with the exported environment/;

test('exit ends the command with its status, and the state survives', async () => {
  await using box = await toolbox({ files: { 'src/a.txt': '' } });
  await box.bash(`cd src; plain="it's"; list=(a 'b c'); declare -A map=([k]='v w'); readonly fixed=1; export OUT=side`);
  await box.bash(
    'greet() { echo "hello $1"; }; alias shout="echo LOUD"; set -o pipefail; shopt -s globstar; umask 027',
  );
  expect(await box.bash('late=set; echo before; exit 3; echo after')).toBe('before\n[exit code 3]');
  expect(
    await box.bash(
      'echo "$PWD|$plain|${list[1]}|${map[k]}|$fixed|$OUT|$late"; greet you; shout; shopt -q globstar; echo $?; [[ -o pipefail ]]; echo $?; umask',
    ),
  ).toBe(`${box.root}/src|it's|b c|v w|1|side|set\nhello you\nLOUD\n0\n0\n0027\n[exit code 0]`);
});

test('what was unset stays unset after exit', async () => {
  await using box = await toolbox({ environment: { PATH: process.env['PATH'] ?? '', INHERITED: 'yes' } });
  expect(await box.bash('echo $INHERITED; unset INHERITED; exit 1')).toBe('yes\n[exit code 1]');
  expect(await box.bash('echo "[${INHERITED-unset}]"')).toBe('[unset]\n[exit code 0]');
});

test('cd - and the positional parameters survive exit', async () => {
  await using box = await toolbox({ files: { 'a/x': '', 'b/x': '' } });
  await box.bash('cd a; cd ../b; set -- one "two three"');
  await box.bash('exit');
  expect(await box.bash('echo "$2"; cd -')).toBe(`two three\n${box.root}/a\n[exit code 0]`);
});

test('set -e ends the command that fails, stays in force, and can be taken back', async () => {
  await using box = await toolbox();
  expect(await box.bash('set -e; x=kept; echo one; false; echo two')).toBe('one\n[exit code 1]');
  expect(await box.bash('echo $x; (exit 7); echo two')).toBe('kept\n[exit code 7]');
  await box.bash('set +e');
  expect(await box.bash('false; echo "still $x"')).toBe('still kept\n[exit code 0]');
});

test.each([
  ['a parameter that must be set', ': ${missing:?says so}; echo no', /says so/],
  ['a write to a readonly variable', 'readonly r=1; r=2; echo no', /readonly variable/],
  ['a division by zero', 'echo $((1/0)); echo no', /division by 0/],
  ['a bad substitution', 'echo ${x!y}; echo no', /bad substitution/],
])('%s ends the command and nothing more', async (_, command, message) => {
  await using box = await toolbox();
  await box.bash('kept=yes');
  const answer = await box.bash(command);
  expect(answer).toMatch(message);
  expect(answer).not.toMatch(/^no$/m);
  expect(answer).toMatch(/\[exit code [1-9]\d*\]$/);
  expect(await box.bash('echo $kept')).toBe('yes\n[exit code 0]');
});

test('exec runs the program in place of the shell, and the answer says what is lost', async () => {
  await using box = await toolbox({ files: { 'src/a.txt': '' } });
  await box.bash('cd src; export KEPT=1; gone=1');
  const answer = await box.bash('exec ls');
  expect(answer).toMatch(/^a\.txt\n/);
  expect(answer).toMatch(lost);
  expect(answer).toMatch(/\[exit code 0\]$/);
  expect(await box.bash('echo "$PWD|$KEPT|$gone"')).toBe(`${box.root}/src|1|\n[exit code 0]`);
});

test('a shell that kills itself is replaced, and the answer says so', async () => {
  await using box = await toolbox();
  await box.bash('export KEPT=1');
  const answer = await box.bash('echo last words; kill -9 $$; echo no');
  expect(answer).toMatch(/^last words\n/);
  expect(answer).toMatch(lost);
  expect(answer).toMatch(/\[exit code 137\]$/);
  expect(await box.bash('echo $KEPT')).toBe('1\n[exit code 0]');
});

test("the user's own EXIT trap runs at exit, and the session goes on", async () => {
  await using box = await toolbox();
  await box.bash('export KEPT=1; trap "echo goodbye" EXIT');
  const answer = await box.bash('exit 4');
  expect(answer).toMatch(/^goodbye\n/);
  expect(answer).toMatch(lost);
  expect(answer).toMatch(/\[exit code 4\]$/);
  expect(await box.bash('echo $KEPT')).toBe('1\n[exit code 0]');
});

test('other traps survive exit', async () => {
  await using box = await toolbox();
  await box.bash('trap "echo caught" USR1; false; exit 1');
  expect(await box.bash('kill -USR1 $$')).toBe('caught\n[exit code 0]');
});

test('a shell that is killed between two commands is replaced before the next', async () => {
  await using box = await toolbox();
  await box.bash('export KEPT=1; mkfifo gate done; { read x; kill -9 $$; echo > done; } < gate &');
  await box.workspace.exec('sh', ['-c', 'echo > gate; read x < done'], { signal: AbortSignal.timeout(20_000) });
  const answer = await box.bash('echo $KEPT');
  expect(answer).toMatch(/^1\n/);
  expect(answer).toMatch(lost);
});

test('a directory that was deleted under the shell leads back to the root', async () => {
  await using box = await toolbox({ files: { 'gone/x': '' } });
  await box.bash('cd gone; rm -rf ../gone; exit 1');
  expect(await box.bash('pwd')).toMatch(new RegExp(`${box.root}\\n\\[exit code 0\\]$`));
});

test('deleting every temporary file of the session does not end it', async () => {
  await using box = await toolbox();
  await box.bash('x=1');
  await box.bash('rm -rf "$(dirname "$(readlink /proc/$$/fd/1)")"');
  expect(await box.bash('echo $x')).toBe('1\n[exit code 0]');
  expect(await box.bash(`y='${'long '.repeat(500)}'; echo \${#y}`)).toBe('2500\n[exit code 0]');
  await box.bash('exit 1');
  expect(await box.bash('echo $x')).toBe('1\n[exit code 0]');
});

test('a command that closes every descriptor, as daemons do, ends only itself', async () => {
  await using box = await toolbox();
  await box.bash('kept=yes');
  await box.bash('for fd in {3..250}; do eval "exec $fd>&-"; done');
  expect(await box.bash('echo $kept')).toBe('yes\n[exit code 0]');
});

test('a workspace that was deleted is named as the reason', async () => {
  await using box = await toolbox({ files: { 'sub/x': '' }, directory: 'sub' });
  await box.workspace.exec('rm', ['-r', box.root], { signal: never });
  expect(await box.bash('echo no')).toBe(
    `${box.root}, the workspace, is gone\n[the shell could not be started, so the command was not run]`,
  );
});

test('a shell that cannot be started leaves nothing in the temporary directory', async () => {
  await using box = await toolbox({ environment: { PATH: '/nowhere' } });
  await using temporary = await tempWorkspace();
  vi.stubEnv('TMPDIR', temporary.root);
  for (const command of ['one', 'two']) expect(await box.bash(command)).toMatch(/no pipe could be made.*not run\]$/s);
  expect(await readdir(temporary.root)).toEqual([]);
});
