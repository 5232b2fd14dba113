import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { runProcess, tempWorkspace } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const examples = (await readdir(`${root}examples`)).filter((name) => name.endsWith('.ts'));

describe('every example does what it says', () => {
  test.each(examples)('%s', async (name) => {
    const args = ['--conditions=@trae-cli/source', '--import', 'tsx', `examples/${name}`];
    const { exitCode, stderr } = await runProcess(process.execPath, args, { cwd: root });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });
});

test('the demo fixes a failing test without a key and without a network service', { timeout: 120_000 }, async () => {
  await using home = await tempWorkspace();
  const env = { PATH: process.env['PATH'], HOME: home.root, TMPDIR: home.root };
  const { exitCode, stdout } = await runProcess(process.execPath, [`${root}scripts/demo.mjs`], { cwd: root, env });
  expect(exitCode).toBe(0);
  for (const words of ['3 passed, 4 failed', '7 passed, 0 failed', 'What changed', 'trajectory show'])
    expect(stdout).toContain(words);
});

test('`pnpm trae` runs from source', async () => {
  const args = ['--conditions=@trae-cli/source', '--import', 'tsx', 'packages/cli/src/bin.ts', 'tools'];
  const { exitCode, stdout } = await runProcess(process.execPath, args, { cwd: root });
  expect(exitCode).toBe(0);
  expect(stdout).toContain('str_replace_based_edit_tool');
});
