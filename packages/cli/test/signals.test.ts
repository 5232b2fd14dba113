import { readdir, readFile } from 'node:fs/promises';
import { modelServer, type RunningProcess } from '@trae-cli/testkit';
import { expect, test } from 'vitest';
import { at, bash, done, type Person, person } from './cli.js';

/** Whether any process of this machine has `marker` on its command line. */
async function isAlive(marker: string): Promise<boolean> {
  const commands = await Promise.all(
    (await readdir('/proc'))
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  return commands.some((command) => command.includes(marker));
}

/** A duration nobody else sleeps, so that the process is found by it. */
const marker = (): string => `${9000 + Math.floor(Math.random() * 900)}.${Math.floor(Math.random() * 1e6)}`;

const sleeping = (seconds: string) => [
  { text: 'Waiting.', calls: [bash(`sleep ${seconds} & echo started; sleep ${seconds}`)] },
  done('never'),
];

async function untilSleeping(running: RunningProcess, seconds: string): Promise<void> {
  await running.untilOutput(`sleep ${seconds}`);
  while (!(await isAlive(seconds))) await new Promise((resolve) => setImmediate(resolve));
}

const outcomeIn = async (me: Person, file: string): Promise<unknown> => {
  const lines = (await me.workspace.read(file)).trimEnd().split('\n');
  return (JSON.parse(lines.at(-1) ?? '{}') as { event?: unknown }).event;
};

test.each([
  ['SIGINT', 130, 'cancelled'],
  ['SIGTERM', 143, 'terminated'],
  ['SIGHUP', 143, 'terminated'],
] as const)('%s stops a run cleanly: children gone, trajectory closed', async (signal, exitCode, reason) => {
  const seconds = marker();
  await using server = await modelServer(sleeping(seconds));
  await using me = await person();
  await using running = me.start(['run', 'x', '-t', 'run.json', ...at(server)]);
  await untilSleeping(running, seconds);
  running.kill(signal);
  expect(await running.ended).toMatchObject({ exitCode, stdout: '' });
  expect(await isAlive(seconds)).toBe(false);
  expect(await outcomeIn(me, 'run.jsonl')).toMatchObject({
    type: 'run_finished',
    outcome: { status: 'stopped', reason },
  });
  expect(JSON.parse(await me.workspace.read('run.json'))).toMatchObject({ success: false });
});

test('a second Ctrl-C leaves at once, and still leaves no process behind', async () => {
  const seconds = marker();
  await using server = await modelServer([{ calls: [bash(`trap '' TERM INT; sleep ${seconds}`)] }]);
  await using me = await person();
  await using running = me.start(['run', 'x', ...at(server)]);
  await untilSleeping(running, seconds);
  running.kill('SIGINT');
  await running.untilOutput('once more');
  running.kill('SIGINT');
  expect((await running.ended).exitCode).toBe(130);
  while (await isAlive(seconds)) await new Promise((resolve) => setImmediate(resolve));
});

test('a killed program leaves no process behind either', async () => {
  const seconds = marker();
  await using server = await modelServer(sleeping(seconds));
  await using me = await person();
  await using running = me.start(['run', 'x', '-t', 'run.jsonl', ...at(server)]);
  await untilSleeping(running, seconds);
  running.kill('SIGKILL');
  await running.ended;
  while (await isAlive(seconds)) await new Promise((resolve) => setImmediate(resolve));
  const show = await me.run(['trajectory', 'show', 'run.jsonl']);
  expect(show).toMatchObject({ exitCode: 0 });
  expect(show.stdout).toContain('Waiting.');
});

test('Ctrl-C while the model is silent closes the connection and ends the run', async () => {
  await using server = await modelServer([{ chunks: [': thinking\n\n'], end: 'hang' }]);
  await using me = await person();
  await using running = me.start(['run', 'x', ...at(server)]);
  await server.untilRequests(1);
  running.kill('SIGINT');
  expect((await running.ended).exitCode).toBe(130);
  expect(await server.requests[0]?.ended).toBe('abandoned');
});

test('--timeout ends the whole run, with its own words and status 1', async () => {
  const seconds = marker();
  await using server = await modelServer(sleeping(seconds));
  await using me = await person();
  const { exitCode, stderr } = await me.run(['run', 'x', '--timeout', '1s', '-t', 'run.jsonl', ...at(server)]);
  expect(exitCode).toBe(1);
  expect(stderr).toContain('--timeout');
  expect(await outcomeIn(me, 'run.jsonl')).toMatchObject({ outcome: { status: 'stopped', reason: 'time_limit' } });
  expect(await isAlive(seconds)).toBe(false);
});

test('Ctrl-C while the task is read from standard input ends with 130', async () => {
  await using server = await modelServer([done('ok')]);
  await using me = await person();
  await using running = me.start(['run', '-', ...at(server)], { keepInputOpen: true });
  running.write('half a task');
  await new Promise((resolve) => setTimeout(resolve, 300));
  running.kill('SIGINT');
  expect((await running.ended).exitCode).toBe(130);
});

test('background processes of a finished run are gone', async () => {
  const seconds = marker();
  await using server = await modelServer([
    { calls: [bash(`sleep ${seconds} & (setsid sleep ${seconds} &) ; echo ok`)] },
    done('ok'),
  ]);
  await using me = await person();
  expect((await me.run(['run', 'x', ...at(server)])).exitCode).toBe(0);
  expect(await isAlive(seconds)).toBe(false);
});

test('the step limit ends with status 1 and says how to raise it', async () => {
  await using server = await modelServer(() => ({ calls: [bash('true')] }));
  await using me = await person();
  const { exitCode, stderr } = await me.run(['run', 'x', '--max-steps', '3', ...at(server)]);
  expect(exitCode).toBe(1);
  expect(stderr).toContain('--max-steps');
  expect(server.requests).toHaveLength(3);
});
