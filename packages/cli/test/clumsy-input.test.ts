import { modelServer } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { at, done, person } from './cli.js';

describe('what was pasted along is taken off', () => {
  test('the name of the variable before a key, which is said', async () => {
    await using server = await modelServer([done('ok')]);
    await using me = await person();
    const key = 'gsk_canary0123456789abcdef';
    const { exitCode, stderr } = await me.run(['run', 'x', '-p', 'groq', '-k', `GROQ_API_KEY=${key}`, ...at(server)]);
    expect(exitCode).toBe(0);
    expect(server.turns[0]?.headers.authorization).toBe(`Bearer ${key}`);
    expect(stderr).toContain('--api-key has the name of a variable before the key');
    expect(stderr).not.toContain(key);
  });

  test('the quotes around an address, from a flag and from a variable', async () => {
    await using server = await modelServer(() => done('ok'));
    await using me = await person();
    const flag = await me.run(['run', 'x', '-m', 'm', '--model-base-url', `'${server.url}'`]);
    const env = { OPENAI_COMPATIBLE_BASE_URL: `"${server.url}"` };
    const variable = await me.run(['run', 'x', '-p', 'openai_compatible', '-m', 'm'], { env });
    expect([flag.exitCode, variable.exitCode]).toEqual([0, 0]);
  });

  test('the spaces around the name of a model', async () => {
    await using server = await modelServer([done('ok')]);
    await using me = await person();
    const { stderr } = await me.run(['run', 'x', '-m', ' vendor/my model:8b\n', '--model-base-url', server.url]);
    expect(server.turns[0]?.body).toMatchObject({ model: 'vendor/my model:8b' });
    expect(stderr).toContain('Using openai_compatible vendor/my model:8b because');
  });
});

test('a model with a line break in its name is refused', async () => {
  await using me = await person();
  const { exitCode, stderr } = await me.run(['run', 'x', '-m', 'a\nb', '--model-base-url', 'http://127.0.0.1:9/v1']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('--model has a line break in it.');
});

test('a vendor without a list of models says once how to name one', async () => {
  await using me = await person();
  const address = ['--model-base-url', 'https://house.openai.azure.com'];
  const { exitCode, stderr } = await me.run(['run', 'x', '-p', 'azure', '-k', 'abc', ...address]);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^Error: No model was named for azure\. Azure OpenAI cannot be asked to list its models/);
  expect(stderr.match(/--model,/g)).toHaveLength(1);
});

test('an address without a scheme is one: where requests go is named, and what is free at home is free', async () => {
  await using server = await modelServer([done('ok')]);
  await using me = await person();
  const env = { OLLAMA_HOST: new URL(server.origin).host };
  const { exitCode, stderr } = await me.run(['run', 'x', '-p', 'ollama', '--max-cost', '1'], { env });
  expect(stderr).toContain(`OLLAMA_HOST sends the requests for ollama to another address, ${env.OLLAMA_HOST}.`);
  expect(stderr).toContain('· free\n');
  expect(exitCode).toBe(0);
});
