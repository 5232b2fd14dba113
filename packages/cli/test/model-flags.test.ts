import { modelServer } from '@trae-cli/testkit';
import { expect, test } from 'vitest';
import { at, done, person } from './cli.js';

const sent = async (args: readonly string[], file = ''): Promise<Readonly<Record<string, unknown>>> => {
  await using server = await modelServer(() => done('ok'));
  await using me = await person(file === '' ? {} : { '.traerc': file });
  const { exitCode, stderr } = await me.run(['run', 'x', ...args, ...at(server)]);
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
  return server.requests[0]?.body as Readonly<Record<string, unknown>>;
};

test('--reasoning-effort reaches the request, and outranks the file', async () => {
  const file = 'model_providers: { openai_compatible: { reasoning_effort: low, temperature: 0.3 } }\n';
  expect(await sent([], file)).toMatchObject({ reasoning_effort: 'low', temperature: 0.3 });
  expect(await sent(['--reasoning-effort', 'high'], file)).toMatchObject({
    reasoning_effort: 'high',
    temperature: 0.3,
  });
});

test('an effort that there is not is an error that lists those there are', async () => {
  await using me = await person();
  const { exitCode, stderr } = await me.run(['run', 'x', '--reasoning-effort', 'hihg']);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/none, minimal, low, medium, high, xhigh, max/);
});

test('flags of the original whose part is not built yet are said to be that', async () => {
  await using me = await person();
  for (const flag of ['--docker-image', '--docker-container-id', '--dockerfile-path', '--docker-keep']) {
    const { exitCode, stderr } = await me.run(['run', 'x', flag, 'y']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`${flag} is not built yet`);
  }
});

test('a placeholder that was exported is said, where no key is found', async () => {
  await using me = await person();
  const { exitCode, stderr } = await me.run(['run', 'x'], { env: { GROQ_API_KEY: 'gsk_your-groq-api-key' } });
  expect(exitCode).toBe(3);
  expect(stderr).toContain('GROQ_API_KEY holds the placeholder of an example, and no key.');
});
