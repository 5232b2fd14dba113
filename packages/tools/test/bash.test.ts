import { readFile } from 'node:fs/promises';
import { Secret } from '@trae-cli/protocol';
import { expect, test } from 'vitest';
import { bashTool } from '../src/bash.js';
import type { Shell, ShellResult, Workspace } from '../src/index.js';
import { never, textOfResult, toolbox } from './toolbox.js';

const nothing: ShellResult = { end: 'exited', exitCode: 0, durationMs: 1, output: '', lateOutput: '', notes: [] };

async function answerTo(workspace: Workspace, result: Partial<ShellResult>): Promise<string> {
  const shell: Shell = {
    warm: () => undefined,
    restart: async () => undefined,
    run: async () => ({ ...nothing, ...result }),
  };
  const tool = bashTool({ ...workspace, shell });
  return textOfResult(await tool.invoke('{"command":"x"}', { signal: never, report: () => undefined }));
}

test('the duration of a long command is told, that of a quick one is not', async () => {
  await using box = await toolbox();
  expect(await answerTo(box.workspace, { output: 'x\n', durationMs: 12_345 })).toBe('x\n[exit code 0, after 12.3 s]');
  expect(await answerTo(box.workspace, { output: 'x', durationMs: 999 })).toBe('x\n[exit code 0]');
});

test('late output, notes and the reason of an end each have their place', async () => {
  await using box = await toolbox();
  expect(
    await answerTo(box.workspace, {
      end: 'timed_out',
      lateOutput: 'server up\n',
      output: 'half',
      notes: ['Something.'],
    }),
  ).toBe(
    '[from background processes, since the last command]\nserver up\n[from this command]\nhalf\n[Something.]\n' +
      '[timed out after 120 s and was killed. Give a longer timeout, or run it in the background with & and its output in a file.]',
  );
});

test('the exit code is also a detail, and so are duration and file', async () => {
  await using box = await toolbox();
  expect(await box.call('bash', { command: 'seq 100000; exit 5' })).toMatchObject({
    kind: 'output',
    details: { exitCode: 5, durationMs: expect.any(Number), outputFile: expect.stringMatching(/command-1\.txt$/) },
  });
});

test.each([
  [{}, /^command is missing/],
  [{ command: '  ' }, /^command is missing/],
  [{ command: 'echo a\0b' }, /NUL character/],
  [{ command: 'true', timeout: 100_000 }, /timeout: Too big/],
  [{ command: 'true', timeout: 0 }, /timeout: Too small/],
  [{ command: 7 }, /command: .*string/],
])('wrong arguments are answered in words: %j', async (input, words) => {
  await using box = await toolbox();
  const result = await box.call('bash', input);
  expect(result.kind).toBe('failure');
  expect(textOfResult(result)).toMatch(words);
});

test('a secret leaves neither in the answer, nor in the report, nor in the spilled file', async () => {
  const canary = 'canary-0123456789-secret';
  await using box = await toolbox({ secrets: [new Secret(canary, 'SOME_KEY')] });
  await box.files.write({
    'part.sh':
      'printf "%s" canary-0123; sleep 0.15; echo 456789-secret; seq 20000; echo canary-0123456789-secret; sleep 0.15',
  });
  const reports: string[] = [];
  const result = await box.call('bash', { command: 'bash part.sh' }, { onReport: (text) => reports.push(text) });
  const { outputFile } = (result as unknown as { details: { outputFile: string } }).details;
  const everything = [textOfResult(result), ...reports, await readFile(outputFile, 'utf8')];
  for (const text of everything) expect(text).not.toContain(canary);
  expect(textOfResult(result)).toMatch(/^\[redacted: SOME_KEY\]\n/);
  expect(everything.at(-1)).toMatch(/\[redacted: SOME_KEY\]\n$/);
  expect(reports.length).toBeGreaterThan(0);
});

test('a machine without bash gets sh, and is told so', async () => {
  await using box = await toolbox({ files: { 'bin/x': '', 'sub/y': '' } });
  for (const program of ['sh', 'cat', 'mkfifo', 'grep', 'rm', 'sleep', 'ls']) {
    await box.workspace.exec('sh', ['-c', `ln -s "$(command -v ${program})" bin/`], { signal: never });
  }
  await using bare = await toolbox({ files: { 'sub/y': '' }, environment: { PATH: box.files.path('bin') } });
  expect(await bare.bash('cd sub; export KEPT="a b"; f() { echo "function $1"; }; ls')).toMatch(
    /^y\n\[There is no bash on this machine: commands run in sh.*\]\n\[exit code 0\]$/,
  );
  expect(await bare.bash('f x; echo "$KEPT"; cat')).toBe('function x\na b\n[exit code 0]');
  expect(await bare.bash('exit 3')).toMatch(/replaced or killed[^]*\[exit code 3\]$/);
  expect(await bare.bash('echo "unterminated')).toMatch(/Unterminated[^]*\[exit code 2\]$/);
  expect(await bare.bash('echo "$KEPT"')).toBe('a b\n[exit code 0]');
  expect(await bare.bash('sleep 60', { timeout: 0.3 })).toMatch(/timed out after 0\.3 s/);
  expect(await bare.bash('pwd')).toBe(`${bare.root}/sub\n[exit code 0]`);
});
