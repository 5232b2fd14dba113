import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { callsOf, textOf } from '@trae-cli/protocol';
import { runProcess, tempWorkspace } from '@trae-cli/testkit';
import { readTrajectory } from '@trae-cli/trajectory';
import { describe, expect, test } from 'vitest';
import { demoTurns } from '../scripts/demo-turns.js';

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

test('the recording of the demo has the turns of scripts/demo-turns.ts (if not: npm run record-demo)', async () => {
  const turns = [];
  for await (const { event } of readTrajectory(`${root}examples/fix-failing-test/recording.jsonl`)) {
    if (event.type !== 'message_added' || event.message.role !== 'assistant') continue;
    const calls = callsOf(event.message).map((call) => ({ name: call.name, arguments: call.arguments }));
    turns.push({ text: textOf(event.message.content), calls });
  }
  const written = demoTurns.map(({ text = '', calls = [] }) => ({
    text,
    calls: calls.map((call) => ({ name: call.name, arguments: JSON.stringify(call.arguments) })),
  }));
  expect(turns).toEqual(written);
});

test('`pnpm trae` runs from source', async () => {
  const args = ['--conditions=@trae-cli/source', '--import', 'tsx', 'packages/cli/src/bin.ts', 'tools'];
  const { exitCode, stdout } = await runProcess(process.execPath, args, { cwd: root });
  expect(exitCode).toBe(0);
  expect(stdout).toContain('str_replace_based_edit_tool');
});
