import { modelServer } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { done, person } from './cli.js';

const house = (url: string): string =>
  `default_provider: house\nmodel_providers: { house: { base_url: "${url}", model: m, context_window: 9000 } }\n`;

describe('what was found in the configuration is said', () => {
  test('also where the run ends before it starts, since it may be why', async () => {
    await using me = await person({ 'trae_config.yaml': 'default_providr: groq\n' });
    const { exitCode, stdout, stderr } = await me.run(['run', 'x']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
    expect(stderr).toMatch(
      /^Note: "default_providr" .*did you mean "default_provider"\?\nError: No provider was named/,
    );
  });

  test('a placeholder that was left in the file explains the missing key', async () => {
    await using me = await person({
      '.traerc': 'default_provider: groq\nmodel_providers: { groq: { api_key: your-groq-api-key } }\n',
    });
    const { exitCode, stderr } = await me.run(['run', 'x']);
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/Note: .*api_key.*placeholder.*\nError: There is no API key for Groq/);
  });

  test('a tool of the original that is not built yet is no tool the model is given', async () => {
    await using server = await modelServer(() => done('ok'));
    await using me = await person({ '.traerc': `${house(server.url)}tools: [bash, ckg, task_done]\n` });
    const { exitCode, stderr } = await me.run(['run', 'x']);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('Note: "tools" (.traerc:3) asks for ckg, a tool that is not built yet.\n');
    const { findings } = JSON.parse((await me.run(['show-config', '--json'])).stdout) as { findings: unknown };
    expect(findings).toEqual([expect.objectContaining({ kind: 'not_built', key: 'tools' })]);
  });

  test('so much and no more that the beginning of the run is still on the screen', async () => {
    await using server = await modelServer(() => done('ok'));
    const unknown = Array.from({ length: 50 }, (_, index) => `no_such_key_${index}: 1\n`).join('');
    await using me = await person({ '.traerc': `${house(server.url)}${unknown}` });
    const { stderr } = await me.run(['run', 'x']);
    const notes = stderr.split('\n').filter((line) => line.startsWith('Note: '));
    expect(notes).toHaveLength(8);
    expect(notes.at(-1)).toContain('`trae-cli show-config`');
    expect((await me.run(['show-config'])).stdout).toContain('no_such_key_12');
  });
});

describe('what contradicts itself is said before anybody asks for a key:', () => {
  test.each([
    ['a tool allowed and forbidden', ['--allowed-tools', 'bash', '--disallowed-tools', 'bash'], /bash is both/],
    ['a tool that there is not', ['--allowed-tools', 'bsh'], /no tool "bsh" .*Did you mean bash\?/],
    ['a system prompt that is not there', ['--system-prompt-file', 'nope.md'], /nope\.md cannot be read/],
    [
      'a patch over the journal',
      ['-pp', 'out', '-t', './out'],
      /overwrite .*out, which is the file of --trajectory-file/,
    ],
    ['a patch over the journal beside a document', ['-pp', 'r.jsonl', '-t', 'r.json'], /of --trajectory-file/],
    ['a patch over the configuration', ['-pp', 'c.json', '--config-file', 'c.json'], /of --config-file/],
  ])('%s', async (_name, args, says) => {
    await using me = await person({ 'c.json': '{}' }, { git: true });
    const { exitCode, stderr } = await me.run(['run', 'x', ...args]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(says);
    expect(await me.workspace.read('c.json')).toBe('{}');
  });

  test('a patch over its own task', async () => {
    await using me = await person({ 'task.md': 'Mend it.' }, { git: true });
    const { exitCode, stderr } = await me.run(['run', '-f', 'task.md', '-pp', 'task.md']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('which is the file of --file');
  });
});
