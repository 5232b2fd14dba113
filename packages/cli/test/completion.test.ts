import { describe, expect, test } from 'vitest';
import { person } from './cli.js';

/** What bash offers after these words. */
async function offered(line: string): Promise<readonly string[]> {
  await using me = await person();
  const script = `
    source <(trae completion bash)
    COMP_WORDS=(${line}) COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
    _trae_cli; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = await me.shell(script);
  expect(stderr).toBe('');
  return stdout.split('\n').filter((word) => word !== '');
}

describe('bash completes', () => {
  test.each<readonly [string, string, readonly string[]]>([
    ['commands', 'trae-cli show', ['show-config']],
    ['commands of a group', 'trae-cli trajectory sh', ['show']],
    ['flags', 'trae-cli run --must', ['--must-patch']],
    ['names of providers', 'trae-cli run -p gro', ['groq']],
    ['values that are known', 'trae-cli run x --output-format str', ['stream-json']],
    ['flags after other flags', 'trae-cli run --provider groq --model m --api', ['--api-key']],
    ['nothing of its own where a file is wanted', 'trae-cli run --file REA', []],
    ['the provider to log in to', 'trae-cli login gro', ['groq']],
    ['the provider to log out of', 'trae-cli logout --all deep', ['deepseek']],
    ['the shells there is a script for', 'trae-cli completion fi', ['fish']],
    ['names of tools', 'trae-cli run --allowed-tools ba', ['bash']],
    ['a value after an equals sign', "trae-cli run --provider '=' gro", ['groq']],
    ['every value after an equals sign', "trae-cli trajectory export --format '='", ['trae-json']],
    ['commands to have the help of', 'trae-cli help trus', ['trust']],
    ['nothing of its own for a task', 'trae-cli run fi', []],
  ])('%s', async (_name, line, words) => {
    expect(await offered(line)).toEqual(words);
  });

  test('every command at the beginning', async () => {
    expect(await offered("trae-cli ''")).toEqual(expect.arrayContaining(['run', 'show-config', 'trust', 'tools']));
  });
});

test('the script for fish quotes what it says', async () => {
  await using me = await person();
  const { stdout } = await me.run(['completion', 'fish']);
  const lines = stdout.trimEnd().split('\n');
  expect(lines.length).toBeGreaterThan(30);
  for (const line of lines) expect(line).toMatch(/^complete -c trae-cli -n '[^']*' .*-[da] '([^'\\]|\\.)*'$/);
  expect(stdout).toContain("-l output-format -x -a 'text json stream-json'");
});

test('a shell that is not known is an error', async () => {
  await using me = await person();
  const { exitCode, stderr } = await me.run(['completion', 'tcsh']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('bash, zsh, fish');
});
