import { existsSync, watch } from 'node:fs';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startProcess, tempWorkspace } from '@trae-cli/testkit';
import { expect, test } from 'vitest';
import { processesOf } from '../processes.js';

const program = fileURLToPath(new URL('../programs/busy-run.ts', import.meta.url));

/** Resolves when the directory is gone. */
async function untilRemoved(path: string): Promise<void> {
  const watcher = watch(dirname(path));
  try {
    while (existsSync(path)) await once(watcher, 'change');
  } finally {
    watcher.close();
  }
}

test('nothing is left when our own process is killed without warning', async () => {
  await using files = await tempWorkspace();
  await using run = startProcess(process.execPath, [
    '--conditions=@trae-cli/source',
    '--import',
    'tsx',
    program,
    files.root,
  ]);
  await run.untilOutput(' \n');
  const [, mark = '', directory = ''] = /mark (\S+) directory (\S+)/.exec(run.stdout) ?? [];
  // In the moment of becoming another program a process shows no environment.
  await expect.poll(() => processesOf(mark).length, { timeout: 20_000 }).toBeGreaterThanOrEqual(5);
  run.kill('SIGKILL');
  // The watcher removes the directory last.
  await untilRemoved(directory);
  expect(processesOf(mark)).toEqual([]);
});
