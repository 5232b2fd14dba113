import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { testClock } from '@trae-cli/testkit';
import { expect, test } from 'vitest';
import { never, toolbox } from '../toolbox.js';

test('a program gets its arguments, input and environment as given, and its bytes come back as they are', async () => {
  await using box = await toolbox({ files: { 'sub/x': '' } });
  const stdin = Buffer.from([0xff, 0x00, 0xe9, 0x0a]);
  const cat = await box.workspace.exec('cat', [], { signal: never, stdin });
  expect(cat).toEqual({ end: 'exited', exitCode: 0, stdout: stdin, stderr: '' });
  const shell = await box.workspace.exec(
    'sh',
    ['-c', 'pwd; echo "$EXTRA $1 $TERM"; echo problem >&2; exit 3', 'sh', 'a  b'],
    {
      signal: never,
      directory: 'sub',
      environment: { EXTRA: 'more' },
    },
  );
  expect(shell).toMatchObject({ end: 'exited', exitCode: 3, stderr: 'problem\n' });
  expect(shell.stdout.toString()).toBe(`${box.root}/sub\nmore a  b dumb\n`);
});

test('a program that does not exist, or is none, is a result', async () => {
  await using box = await toolbox({ files: { plain: 'no program' } });
  expect(await box.workspace.exec('no-such-program', [], { signal: never })).toMatchObject({
    end: 'not_started',
    exitCode: 127,
  });
  expect(await box.workspace.exec('./plain', [], { signal: never })).toMatchObject({
    end: 'not_started',
    exitCode: 126,
  });
});

test('a timeout ends the program and its children', async () => {
  const clock = testClock({ wake: 'by hand' });
  await using box = await toolbox({ clock });
  await box.workspace.exec('mkfifo', ['held'], { signal: never });
  const args = ['-c', `trap '' TERM; sleep 600 >held & wait`];
  const running = box.workspace.exec('sh', args, { signal: never, timeoutMs: 300 });
  // Opens when the child has opened its end, and ends when the child has.
  await using held = await open(join(box.root, 'held'));
  clock.wake();
  expect(await running).toMatchObject({ end: 'timed_out', exitCode: 137 });
  expect(await held.readFile('utf8')).toBe('');
});

test('an abort ends the program', async () => {
  await using box = await toolbox();
  const result = await box.workspace.exec('sleep', ['600'], { signal: AbortSignal.timeout(100) });
  expect(result.end).toBe('cancelled');
  expect(await box.workspace.exec('true', [], { signal: AbortSignal.abort() })).toMatchObject({ end: 'cancelled' });
});

test('a program that prints without end is stopped', async () => {
  await using box = await toolbox();
  const result = await box.workspace.exec('yes', [], { signal: never, maxBytes: 100_000 });
  expect(result.end).toBe('too_much_output');
  expect(result.stdout.length).toBeLessThanOrEqual(100_000);
});

test('a child that keeps the output open does not hold up the answer', async () => {
  await using box = await toolbox();
  const result = await box.workspace.exec('sh', ['-c', 'sleep 600 & echo $!'], { signal: never, timeoutMs: 30_000 });
  expect(result.end).toBe('exited');
  process.kill(Number(result.stdout), 'SIGKILL');
});

test('a program that does not read its input is no error', async () => {
  await using box = await toolbox();
  const stdin = 'x'.repeat(1_000_000);
  expect(await box.workspace.exec('true', [], { signal: never, stdin })).toMatchObject({ end: 'exited', exitCode: 0 });
});
