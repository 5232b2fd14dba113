import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { modelServer } from '@trae-cli/testkit';
import { expect, test } from 'vitest';
import { at, bash, done, person } from './cli.js';

const canary = 'sk-canary-0123456789abcdef\\back/slash';

async function everythingBelow(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const texts = await Promise.all(
    names.filter((entry) => entry.isFile()).map((entry) => readFile(join(entry.parentPath, entry.name), 'latin1')),
  );
  return texts.join('\n');
}

test('a key goes through a whole run and appears nowhere but in the header', async () => {
  await using server = await modelServer([
    { text: `Your key is ${canary}.`, calls: [bash('env; cat leaked; for i in $(seq 1 3000); do cat leaked; done')] },
    { calls: [{ name: 'str_replace_based_edit_tool', arguments: { command: 'view', path: 'leaked' } }] },
    done(`The key: ${canary}`),
  ]);
  await using me = await person({ leaked: `secret=${canary}\n` });
  const env = { OPENAI_COMPATIBLE_API_KEY: canary };
  const { stdout, stderr } = await me.run(['run', 'x', '--verbose', '-t', me.home.path('run.json'), ...at(server)], {
    env,
  });
  expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${canary}`);
  const bodies = server.requests.slice(1).map(({ raw }) => raw.toString('utf8').replace(/^.*?"role":"tool"/s, ''));
  for (const text of [stdout, stderr, ...bodies, await everythingBelow(me.home.root)]) {
    expect(text).not.toContain('sk-canary-0123456789');
  }
});

test('commands do not see the keys of model services', async () => {
  await using server = await modelServer([
    { calls: [bash('echo "[$GROQ_API_KEY][$ANTHROPIC_API_KEY][$KEPT]"')] },
    done('ok'),
  ]);
  await using me = await person();
  const env = { GROQ_API_KEY: 'gsk_0123456789', ANTHROPIC_API_KEY: 'sk-ant-0123456789', KEPT: 'yes' };
  await me.run(['run', 'x', ...at(server)], { env });
  expect(JSON.stringify(server.requests[1]?.body)).toContain('[][][yes]');
});

test('the first provider with a key is chosen, and its reason printed', async () => {
  await using server = await modelServer(() => done('ok'));
  await using me = await person();
  const env = { GROQ_API_KEY: 'gsk_0123456789', OPENAI_API_KEY: 'sk-0123456789abc', OPENAI_BASE_URL: server.url };
  const { stderr } = await me.run(['run', 'x'], { env });
  expect(stderr).toContain('openai gpt-6-sol because OPENAI_API_KEY is set');
  expect(stderr).toContain('OPENAI_BASE_URL sends the requests for openai to another address');
  expect(server.requests[0]?.headers.authorization).toBe('Bearer sk-0123456789abc');
});

test('a key that is piped in, or that names a file, does not reach the model', async () => {
  const key = 'gsk_canary0123456789';
  await using server = await modelServer([
    { calls: [{ name: 'str_replace_based_edit_tool', arguments: { command: 'view', path: '.' } }] },
    done('ok'),
  ]);
  await using me = await person({ [`${key}.txt`]: 'x\n' });
  const env = { GROQ_API_KEY: key, OPENAI_COMPATIBLE_API_KEY: 'another-key-0123' };
  const { exitCode } = await me.run(['run', 'Explain', '--stdin', ...at(server)], {
    env,
    input: `auth failed: ${key}\n`,
  });
  expect(exitCode).toBe(0);
  expect(server.requests.map(({ raw }) => raw.toString('utf8').includes(key))).toEqual([false, false]);
  expect(JSON.stringify(server.requests[0]?.body)).toContain('auth failed: [redacted: GROQ_API_KEY]');
});

test('commands do not see a key under another name either', async () => {
  await using server = await modelServer([{ calls: [bash('echo "[$COPY][$HEADER]"')] }, done('ok')]);
  await using me = await person();
  const key = 'gsk_canary0123456789';
  const env = { GROQ_API_KEY: key, COPY: key, HEADER: `Authorization: Bearer ${key}` };
  await me.run(['run', 'x', ...at(server)], { env });
  expect(JSON.stringify(server.requests[1]?.body)).toContain('[][]');
});

test('a key given to a misspelt flag, or in the wrong place, is not repeated', async () => {
  await using me = await person();
  const key = 'gsk_canary0123456789';
  const misspelt = await me.run(['run', 'x', `--api-kee=${key}`]);
  const misplaced = await me.run(['run', 'x', '--provider', key, '--output-format', 'json'], {
    env: { GROQ_API_KEY: key },
  });
  expect([misspelt.exitCode, misplaced.exitCode]).toEqual([2, 2]);
  expect(misspelt.stderr).toContain('--api-key');
  expect(`${misspelt.stdout}${misspelt.stderr}${misplaced.stdout}${misplaced.stderr}`).not.toContain('canary');
});

test.each(['trajectory', 'durationMs'])('a key that is called %s does not rename what programs read', async (word) => {
  await using server = await modelServer([done('ok')]);
  await using me = await person();
  const { stdout } = await me.run(['run', 'x', '-k', word, '--output-format', 'json', ...at(server)]);
  expect(Object.keys(JSON.parse(stdout) as object)).toContain(word);
  const shown = await me.run(['show-config', '--json'], { env: { GROQ_API_KEY: 'conflicts' } });
  expect(Object.keys(JSON.parse(shown.stdout) as object)).toContain('conflicts');
});

test('a key that looks like a word of the result does not break the result', async () => {
  await using server = await modelServer([done('all completed')]);
  await using me = await person();
  const { stdout } = await me.run(['run', 'x', '-k', 'completed', '--output-format', 'json', ...at(server)]);
  expect(JSON.parse(stdout)).toMatchObject({ status: 'completed', summary: 'all [redacted: --api-key]' });
});
