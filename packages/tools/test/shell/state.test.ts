import { mkdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { tempWorkspace } from '@trae-cli/testkit';
import { toolbox } from '../toolbox.js';

const ok = (output: string): string => `${output}[exit code 0]`;

test('a second command sees the directory the first one changed to', async () => {
  await using box = await toolbox({ files: { 'src/a.txt': '' } });
  await box.bash('cd src');
  expect(await box.bash('pwd; ls')).toBe(ok(`${box.root}/src\na.txt\n`));
});

test('variables, arrays, functions, aliases and options stay', async () => {
  await using box = await toolbox();
  await box.bash(`plain='a b'; list=(1 'two words'); declare -A map=([key]=value); export EXPORTED=yes`);
  await box.bash('greet() { echo "hello $1"; }; alias shout="echo LOUD"; shopt -s nullglob; set -o pipefail');
  expect(
    await box.bash('echo "$plain/${list[1]}/${map[key]}"; env | grep ^EXPORTED; greet you; shout; echo *.none.*'),
  ).toBe(ok('a b/two words/value\nEXPORTED=yes\nhello you\nLOUD\n\n'));
  expect(await box.bash('false | true')).toBe('[exit code 1]');
});

test('directories with spaces, line breaks and any script are entered and kept', async () => {
  const name = 'mit Leerzeichen\nund Zeilenumbruch – 日本語 "quoted" $HOME';
  await using files = await tempWorkspace();
  mkdirSync(files.path(name));
  await using box = await toolbox({ files: { [`${name}/inside.txt`]: '' } });
  await box.bash(`cd ./mit*`);
  expect(await box.bash('ls')).toBe(ok('inside.txt\n'));
  await box.bash('exit 3');
  expect(await box.bash('ls')).toBe(ok('inside.txt\n'));
  await box.bash('kill -9 $$');
  expect(await box.bash('ls')).toBe(ok('inside.txt\n'));
});

test('a workspace whose own path has spaces and line breaks works', async () => {
  await using box = await toolbox({ files: { 'a b\nc/x.txt': '' }, directory: 'a b\nc' });
  expect(await box.bash('ls; pwd')).toBe(ok(`x.txt\n${box.root}\n`));
});

test('heredocs, multi-line commands and comments run as written', async () => {
  await using box = await toolbox();
  expect(await box.bash("# a comment\ncat <<'END'\nline $one\n  two\nEND\nfor i in 1 2; do\n  echo $i\ndone")).toBe(
    ok('line $one\n  two\n1\n2\n'),
  );
});

test('a heredoc of a megabyte arrives whole', async () => {
  await using box = await toolbox();
  const line = 'ü'.repeat(63);
  const body = `${line}\n`.repeat(8192);
  expect(await box.bash(`cat > big.txt <<'END'\n${body}END\nwc -c < big.txt`)).toBe(ok(`${Buffer.byteLength(body)}\n`));
  expect(await box.files.read('big.txt')).toBe(body);
});

test('commands of every length around the limit for short ones run unchanged', async () => {
  await using box = await toolbox();
  for (const length of [1, 990, 999, 1000, 1001, 1010, 5000]) {
    const text = 'é'.repeat(length);
    expect(await box.bash(`x='${text}'; echo \${#x}`)).toBe(ok(`${length}\n`));
  }
});

test('syntax errors and unterminated quotes are answered, and the session goes on', async () => {
  await using box = await toolbox();
  await box.bash('kept=yes');
  expect(await box.bash('if true; then')).toMatch(/syntax error: unexpected end of file.*\n\[exit code 2\]$/);
  expect(await box.bash('echo "open')).toMatch(/unexpected EOF while looking for matching .*\n\[exit code 2\]$/);
  expect(await box.bash('echo $kept')).toBe(ok('yes\n'));
});

test('error messages count the lines of the command', async () => {
  await using box = await toolbox();
  expect(await box.bash('true\nno_such_program_here')).toBe(
    'bash: line 2: no_such_program_here: command not found\n[exit code 127]',
  );
});

test('break and continue outside a loop do not confuse the session', async () => {
  await using box = await toolbox();
  await box.bash('kept=yes');
  expect(await box.bash('echo one; continue; echo two')).toBe(ok('one\n'));
  expect(await box.bash('echo one; break 7')).toBe(ok('one\n'));
  expect(await box.bash('echo $kept; return 3')).toMatch(/^yes\n/);
});

test('standard input is empty: cat and read return at once', async () => {
  await using box = await toolbox();
  expect(await box.bash('cat; read line; echo "read: $?"')).toBe(ok('read: 1\n'));
});

test('set -x, set -u and set -v trace the command and nothing else', async () => {
  await using box = await toolbox();
  expect(await box.bash('set -x; echo a')).toBe(ok('++ echo a\na\n'));
  expect(await box.bash('echo b')).toBe(ok('++ echo b\nb\n'));
  await box.bash('set +x');
  expect(await box.bash('echo c')).toBe(ok('c\n'));
  expect(await box.bash('set -u; echo d; echo $undefined_name; echo e')).toMatch(
    /^d\nbash: .*undefined_name: unbound variable\n\[exit code 1/,
  );
});

test('the environment is quiet and says nothing of the loop', async () => {
  await using box = await toolbox();
  expect(await box.bash('echo $TERM $PAGER $GIT_PAGER $GIT_TERMINAL_PROMPT $0 $#')).toBe(ok('dumb cat cat 0 bash 0\n'));
});

test('redirections by exec end with their command', async () => {
  await using box = await toolbox();
  expect(await box.bash('exec > out.txt 2>&1; echo hidden')).toBe(ok(''));
  expect(await box.bash('echo shown; cat out.txt')).toBe(ok('shown\nhidden\n'));
  await box.bash('exec 5> five.txt');
  expect(await box.bash('echo kept >&5; cat five.txt')).toBe(ok('kept\n'));
});

test('no descriptor of the loop is open in a command', async () => {
  await using box = await toolbox();
  expect(await box.bash("find /proc/self/fd -lname 'socket:*' -o -name '6[123]'")).toBe(ok(''));
  expect(await box.bash('cat <&62; echo x >&63; echo y >&61')).toMatch(/62: Bad file descriptor[^]*63: Bad[^]*61: Bad/);
});

test('restart begins in the root with nothing kept', async () => {
  await using box = await toolbox({ files: { 'src/a.txt': '' } });
  await box.bash('cd src; x=1');
  expect(await box.call('bash', { restart: true })).toMatchObject({ kind: 'output' });
  expect(await box.bash('pwd; echo "[$x]"')).toBe(ok(`${box.root}\n[]\n`));
  const result = await box.call('bash', { restart: true, command: 'pwd' });
  expect(result).toMatchObject({ kind: 'output', details: { exitCode: 0 } });
});

test('a shell that was warmed up is the one that runs the first command', async () => {
  await using box = await toolbox();
  box.workspace.shell.warm();
  box.workspace.shell.warm();
  expect(await box.bash('echo ready')).toBe(ok('ready\n'));
});

test('commands given at the same time run one after the other', async () => {
  await using box = await toolbox();
  const answers = await Promise.all([
    box.bash('x=1; sleep 0.05; echo $x'),
    box.bash('x=2; echo $x'),
    box.bash('echo $x'),
  ]);
  expect(answers).toEqual([ok('1\n'), ok('2\n'), ok('2\n')]);
});
