/** Starts what a run may start, says so, and waits to be killed. */
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRedactor } from '@trae-cli/protocol';
import { openLocalWorkspace } from '../../src/index.js';

const never = new AbortController().signal;
const environment = { PATH: process.env['PATH'] ?? '/usr/bin:/bin' };
const workspace = await openLocalWorkspace({
  root: process.argv[2] ?? tmpdir(),
  allowedPaths: [],
  outputDirectory: `${process.argv[2]}/outputs`,
  environment,
  redactor: createRedactor([]),
  clock: { now: () => performance.now(), sleep: (ms, signal) => sleep(ms, undefined, { signal }) },
});
const started = await workspace.shell.run(
  `sleep 600 & setsid sleep 600 & bash -c 'trap "" TERM; while :; do sleep 1; done' &
  echo "mark \${TRAE_CLI_RUN%.*} directory $(dirname "$(readlink /proc/$$/fd/1)") "`,
  { signal: never, timeoutMs: 60_000 },
);
process.stdout.write(`${started.output}\n`);
await workspace.shell.run('sleep 600', { signal: never, timeoutMs: 600_000 });
