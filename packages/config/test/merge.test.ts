import { expect, test } from 'vitest';
import { load } from './load.js';

const entry = (values: object) => ({ model_providers: { groq: values } });

const project = (content: object) => ({ 'trae_config.json': content });

test("the project's file ranks above the person's, leaf by leaf", async () => {
  const config = await load({
    project: project({ max_steps: 5, ...entry({ model: 'small', timeout: 5 }) }),
    user: { max_steps: 9, default_provider: 'groq', ...entry({ model: 'big', temperature: 1 }) },
  });
  const { model, temperature, timeoutMs } = config.provider('groq', []);
  expect([config.general.maxSteps?.value, config.general.defaultProvider?.value]).toEqual([5, 'groq']);
  expect([model?.value, temperature?.value, timeoutMs?.value]).toEqual(['small', 1, 5000]);
  expect(config.files.map(({ scope }) => scope)).toEqual(['project', 'user']);
  expect(temperature?.source).toMatchObject({ file: { scope: 'user' }, line: 7 });
});

test('objects are merged key by key, lists are replaced as a whole', async () => {
  const config = await load({
    project: project({
      tools: ['bash'],
      ...entry({ context_window: 1000, headers: { 'x-title': 'ours', 'X-Two': '2' } }),
    }),
    user: {
      tools: ['bash', 'task_done'],
      ...entry({ context_window: { input: 5000, output: 50 }, headers: { 'X-Title': 'mine', 'X-One': '1' } }),
    },
  });
  const { contextWindow, headers } = config.provider('groq', []);
  expect([config.general.tools?.value, contextWindow?.value]).toEqual([['bash'], { input: 1000, output: 50 }]);
  expect(Object.entries(headers).map(([name, { value }]) => [name, value])).toEqual([
    ['x-title', 'ours'],
    ['X-Two', '2'],
    ['X-One', '1'],
  ]);
});

test('every effective value is listed in the order of the schema, with what it shadows', async () => {
  const config = await load({
    project: project({ ...entry({ temperature: 1, model: 'small' }), max_steps: 5, default_provider: 'groq' }),
    user: {
      default_provider: 'groq',
      model_providers: { mine: { model: 'm' }, groq: { model: 'big', provider: 'groq' } },
    },
  });
  expect(
    config.leaves.map(({ key, shadows }) => [key, shadows.map((source) => (source.kind === 'file' ? source.line : 0))]),
  ).toEqual([
    ['default_provider', []],
    ['max_steps', []],
    ['model_providers.groq.provider', []],
    ['model_providers.groq.model', [8]],
    ['model_providers.groq.temperature', []],
    ['model_providers.mine.model', []],
  ]);
  expect(config.providerNames).toEqual(['groq', 'mine']);
});

test('a placeholder that was committed hides nothing of what the person set', async () => {
  const config = await load({
    project: project(entry({ api_key: 'your-groq-api-key', base_url: '' })),
    user: entry({ api_key: 'gsk_0123456789abcdef01', base_url: 'https://mine.example' }),
  });
  const { apiKey, baseUrl } = config.provider('groq', []);
  expect([apiKey?.value.reveal(), baseUrl?.value]).toEqual(['gsk_0123456789abcdef01', 'https://mine.example']);
});

test('a key whose variable is not set gives way to the one below', async () => {
  const config = await load({
    project: project(entry({ api_key: '${TEAM_KEY}' })),
    user: entry({ api_key: 'gsk_0123456789abcdef01' }),
  });
  expect(config.provider('groq', []).apiKey?.source).toMatchObject({ kind: 'file', file: { scope: 'user' } });
});

test.each([
  ['tools', ['bash', 'sneaky'], ['bash', 'task_done'], ['bash']],
  ['disallowed_tools', [], ['bash'], ['bash']],
  ['disallowed_tools', ['task_done'], ['bash'], ['bash', 'task_done']],
])('a file that is not trusted takes tools away and gives none back: %s %j', async (key, theirs, mine, effective) => {
  const config = await load({ project: project({ [key]: theirs }), user: { [key]: mine }, isTrusted: false });
  const { disallowedTools, tools } = config.general;
  expect((tools ?? disallowedTools)?.value).toEqual(effective);
});

test('what is said of models is merged value by value, a price as a whole, and large letters make another model', async () => {
  const models = (values: object) => entry({ models: { 'Org/Model.1': values } });
  const config = await load({
    project: project(
      models({
        context_window: 1000,
        price: { input: 1, output: 2 },
        compatibility: { omit: ['a'], rename: { x: 'y' } },
      }),
    ),
    user: {
      model_providers: {
        groq: {
          models: {
            'org/model.1': { reasoning: true },
            'Org/Model.1': {
              context_window: { input: 9, output: 50 },
              price: { input: 3, output: 4, cache_read: 1 },
              compatibility: { omit: ['b'], rename: { z: 'w' }, set: { top: 1 } },
            },
          },
        },
      },
    },
  });
  const found = config.provider('groq', []).models ?? {};
  expect(Object.keys(found)).toEqual(['Org/Model.1', 'org/model.1']);
  const { compatibility, contextWindow, price, reasoning } = found['Org/Model.1'] ?? {};
  expect([contextWindow?.value, price?.value, reasoning]).toEqual([
    { input: 1000, output: 50 },
    { input: 1, output: 2 },
    undefined,
  ]);
  expect(compatibility?.value).toEqual({ omit: ['a'], rename: { x: 'y', z: 'w' }, set: { top: 1 } });
});

test.each([
  ['max_cost', 100, 1, 1],
  ['max_cost', 0.5, 1, 0.5],
  ['max_total_tokens', 100, 1, 1],
])('a file that is not trusted lowers a budget and does not raise it: %s %d, %d', async (key, theirs, mine, holds) => {
  const config = await load({ project: project({ [key]: theirs }), user: { [key]: mine }, isTrusted: false });
  const { maxCost, maxTotalTokens } = config.general;
  const budget = maxCost ?? maxTotalTokens;
  expect([budget?.value, budget?.source]).toMatchObject([
    holds,
    { file: { scope: holds === mine ? 'user' : 'project' } },
  ]);
  const trusted = await load({ project: project({ [key]: theirs }), user: { [key]: mine } });
  expect((trusted.general.maxCost ?? trusted.general.maxTotalTokens)?.value).toBe(theirs);
});
