import { expect, test } from 'vitest';
import { isAlive, processesOf } from '../processes.js';
import { never, toolbox } from '../toolbox.js';

/** Lets a background process that waits for `gate` go on, and waits for what it writes to `done`. */
const passGate = ['sh', ['-c', 'echo > gate; read x < done']] as const;

test('background processes live on, and what they print comes with the next call', async () => {
  await using box = await toolbox();
  expect(await box.bash('mkfifo gate done; { read x; echo late words; echo > done; } < gate & echo started')).toBe(
    'started\n[exit code 0]',
  );
  await box.workspace.exec(...passGate, { signal: never });
  await box.workspace.exec('true', [], { signal: never });
  expect(await box.bash('echo now')).toBe(
    '[from background processes, since the last command]\nlate words\n[from this command]\nnow\n[exit code 0]',
  );
  expect(await box.bash('echo again')).toBe('again\n[exit code 0]');
});

test('what a background process prints survives the exit of its shell', async () => {
  await using box = await toolbox();
  await box.bash('mkfifo gate done; { read x; echo late words; echo > done; } < gate & exit 1');
  await box.workspace.exec(...passGate, { signal: never });
  expect(await box.bash('echo now')).toContain('late words\n');
});

test('job control works from call to call', async () => {
  await using box = await toolbox();
  await box.bash('sleep 60 &');
  expect(await box.bash('kill %1; wait %1; echo $?')).toMatch(/143\n\[exit code 0\]$/);
});

test('a background process that floods the pipe neither blocks commands nor fills memory', async () => {
  await using box = await toolbox();
  await box.bash('yes flood & echo $! > pid');
  expect(await box.bash('kill $(cat pid); wait; echo through')).toContain('through\n');
  expect(await box.bash('echo quiet')).toContain('quiet\n');
  expect(process.memoryUsage().rss).toBeLessThan(400 * 1024 ** 2);
});

test('nothing is left when the workspace is disposed', async () => {
  const box = await toolbox();
  const mark = (await box.bash('echo ${TRAE_CLI_RUN%.*}')).split('\n')[0] ?? '';
  const started = await box.bash(
    `stubborn='trap "" TERM HUP; while :; do sleep 1; done'
    sleep 600 & setsid sleep 600 & nohup sleep 600 > /dev/null 2>&1 & (sleep 600 &)
    bash -c "$stubborn" & (env -i sleep 600 & echo cleared $!)`,
  );
  await box.bash('exit 1');
  await box.bash('sleep 600 &');
  expect(processesOf(mark).length).toBeGreaterThanOrEqual(6);
  await box[Symbol.asyncDispose]();
  expect(processesOf(mark)).toEqual([]);
  expect(isAlive(Number(/cleared (\d+)/.exec(started)?.[1]))).toBe(false);
});

test('nothing is left although a command has killed the watcher', async () => {
  const box = await toolbox();
  const mark = (await box.bash('echo ${TRAE_CLI_RUN%.*}')).split('\n')[0] ?? '';
  const watcher = await box.workspace.exec('pgrep', ['-f', `trae-cli-watcher ${mark} `], { signal: never });
  const pid = Number(watcher.stdout.toString().split('\n')[0]);
  expect(isAlive(pid)).toBe(true);
  await box.bash(`sleep 600 & kill -9 ${pid}`);
  await box[Symbol.asyncDispose]();
  expect(processesOf(mark)).toEqual([]);
});

test('disposing a workspace that was never used starts nothing', async () => {
  const box = await toolbox();
  await box[Symbol.asyncDispose]();
  expect(await box.workspace.shell.run('echo no', { signal: never, timeoutMs: 1000 })).toMatchObject({
    end: 'cancelled',
  });
});
