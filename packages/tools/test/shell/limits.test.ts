import { createGate } from '@trae-cli/testkit';
import { expect, test } from 'vitest';
import { isAlive } from '../processes.js';
import { toolbox, type Toolbox } from '../toolbox.js';

const timedOut = /\[timed out after 0\.3 s and was killed\./;

/** The numbers that the command printed, as processes. */
const pidsIn = (text: string): readonly number[] =>
  [...text.matchAll(/^pid (\d+)$/gm)].map((match) => Number(match[1]));

async function timeOut(box: Toolbox, command: string): Promise<string> {
  const answer = await box.bash(command, { timeout: 0.3 });
  expect(answer).toMatch(timedOut);
  return answer;
}

test.each([
  ['a program', 'echo started; sleep 60; echo no'],
  ['a busy loop of the shell', 'echo started; while :; do :; done; echo no'],
  ['a program that ignores SIGTERM', `echo started; bash -c 'trap "" TERM; while :; do sleep 1; done'; echo no`],
  ['a pipeline', 'echo started; sleep 60 | cat | cat; echo no'],
  ['a subshell in a loop', 'echo started; (while :; do sleep 0.01; done); echo no'],
  ['a command substitution', 'echo started; x=$(sleep 60); echo no'],
  ['read from a pipe that nobody writes', 'echo started; mkfifo silent; read x < silent; echo no'],
  ['read from an open pipe', 'echo started; mkfifo silent; exec 7<> silent; read x <&7; echo no'],
  ['wait for a process of its own', 'echo started; sleep 60 & wait; echo no'],
  ['a shell that ignores signals itself', `echo started; trap '' TERM INT HUP; sleep 60; echo no`],
])('%s is ended at the timeout, its output is kept, and the state survives', async (_, command) => {
  await using box = await toolbox();
  await box.bash('kept=yes; f() { echo function; }');
  const answer = await timeOut(box, command);
  expect(answer).toMatch(/^started\n/);
  expect(answer).not.toMatch(/^no$/m);
  expect(await box.bash('echo $kept; f')).toBe('yes\nfunction\n[exit code 0]');
});

test('a shell that cannot be interrupted is replaced at the timeout, and the answer says what is lost', async () => {
  await using box = await toolbox();
  await box.bash('export KEPT=1');
  const answer = await timeOut(box, `trap '' VTALRM; echo started; while :; do :; done`);
  expect(answer).toMatch(/\[The shell itself was replaced or killed\./);
  expect(await box.bash('echo $KEPT')).toBe('1\n[exit code 0]');
});

test('nothing that the command started survives its timeout', async () => {
  await using box = await toolbox();
  const answer = await timeOut(
    box,
    `stubborn='trap "" TERM HUP; echo pid $$; while :; do sleep 1; done'
    bash -c "$stubborn" & (bash -c "$stubborn" &) ; setsid bash -c "$stubborn" & bash -c "$stubborn" | cat`,
  );
  expect(pidsIn(answer)).toHaveLength(4);
  expect(pidsIn(answer).filter(isAlive)).toEqual([]);
});

test('background processes of earlier commands survive a timeout', async () => {
  await using box = await toolbox();
  const first = await box.bash('sleep 60 & echo pid $!');
  const second = await box.bash('(while :; do sleep 0.1; done) & echo pid $!; disown');
  const third = await box.bash('sleep 60 | (while read x; do :; done) & echo pid $!; (sleep 60 & echo pid $!)');
  const earlier = [first, second, third].flatMap(pidsIn);
  await timeOut(box, 'sleep 60');
  expect(earlier).toHaveLength(4);
  expect(earlier.filter(isAlive)).toEqual(earlier);
});

test('a cancelled command is ended like one that timed out', async () => {
  await using box = await toolbox();
  const scope = new AbortController();
  await box.bash('kept=yes');
  const started = createGate();
  const running = box.call(
    'bash',
    { command: 'echo pid $$; echo started; sleep 60' },
    {
      signal: scope.signal,
      onReport: (text) => text.includes('started') && started.open(),
    },
  );
  await started.opened;
  scope.abort();
  const result = await running;
  expect(result).toMatchObject({ kind: 'failure', details: { end: 'cancelled' } });
  expect(await box.bash('echo $kept')).toBe('yes\n[exit code 0]');
});

test('a command that is cancelled before it begins does not run', async () => {
  await using box = await toolbox();
  const result = await box.call('bash', { command: 'echo x > made' }, { signal: AbortSignal.abort() });
  expect(result).toMatchObject({ kind: 'failure', details: { end: 'cancelled' } });
  expect(await box.bash('ls')).toBe('[exit code 0]');
});

test('disposing in the middle of a command ends it', async () => {
  const box = await toolbox();
  const started = createGate();
  const running = box.call('bash', { command: 'echo started; sleep 60' }, { onReport: () => started.open() });
  await started.opened;
  await box[Symbol.asyncDispose]();
  expect(await running).toMatchObject({ kind: 'failure', details: { end: 'cancelled' } });
});

test('a timeout in a directory that was just entered stays there', async () => {
  await using box = await toolbox({ files: { 'src/a.txt': '' } });
  await timeOut(box, 'cd src; x=new; sleep 60');
  expect(await box.bash('echo $x; ls')).toBe('new\na.txt\n[exit code 0]');
});
