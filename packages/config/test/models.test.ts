import { expect, test } from 'vitest';
import { load, loadFile } from './load.js';

const entry = (values: object) => ({ model_providers: { groq: values } });

test('what is said of a model has its own line, whatever its name is', async () => {
  const names = ['openai/gpt-oss-120b', 'qwen3:8b', 'claude 4.5', 'constructor', 'a"b\\c'];
  const models = Object.fromEntries(names.map((name) => [name, { context_window: 1000, reasoning: true }]));
  const config = await loadFile(entry({ models }));
  const found = Object.entries(config.provider('groq', []).models ?? {});
  expect(
    found.map(([name, { contextWindow, reasoning }]) => [name, contextWindow?.value, reasoning?.source]),
  ).toMatchObject(names.map((name, index) => [name, { input: 1000 }, { line: 7 + index * 4 }]));
  expect(config.leaves.map(({ key }) => key).filter((key) => key.endsWith('reasoning'))).toEqual([
    "model_providers.groq.models.'openai/gpt-oss-120b'.reasoning",
    "model_providers.groq.models.'qwen3:8b'.reasoning",
    "model_providers.groq.models.'claude 4.5'.reasoning",
    'model_providers.groq.models.constructor.reasoning',
    String.raw`model_providers.groq.models.'a"b\c'.reasoning`,
  ]);
});

test.each([30, 0, -1, 0.5, '30m', '1h30m', '1.5h', '250ms'])('%j is a time to keep a model loaded', async (time) => {
  expect((await loadFile(entry({ keep_alive: time }))).provider('groq', []).keepAlive?.value).toBe(time);
});

test('a key in a parameter is kept secret, however deep it stands', async () => {
  const key = 'sk-or-v1-0123456789abcdef0123456789abcdef';
  const set = { user: { note: [key] }, session_token: 'short', reasoning_effort: 'none' };
  const config = await load({ project: { 'trae_config.json': entry({ compatibility: { set } }) } });
  expect(config.leaves.map(({ key: at, value, isSecret }) => [at.split('.').at(-1), value, isSecret])).toEqual([
    ['user', null, true],
    ['session_token', null, true],
    ['reasoning_effort', 'none', false],
  ]);
  expect(config.secrets.map((secret) => secret.reveal())).toEqual([key, 'short']);
});
