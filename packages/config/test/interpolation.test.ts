import { expect, test } from 'vitest';
import { failureOf, load, loadFile } from './load.js';

const entry = (values: object) => ({ model_providers: { groq: values } });

const loadEntry = (values: object, environment: Record<string, string>, dotenv = '') =>
  load({ project: { 'trae_config.json': entry(values), '.env': dotenv }, environment });

test('${NAME} is replaced in every text of an entry, from the environment first and then from .env', async () => {
  const config = await loadEntry(
    {
      api_key: '${A}',
      base_url: 'https://${HOST}:${PORT}/v1',
      model: '${A}-${A}',
      api_format: '${FORMAT}',
      timeout: '${WAIT}',
      headers: { 'X-Team': 'team ${B}' },
    },
    { A: 'one', HOST: 'host.example', PORT: '8000', FORMAT: 'ollama', WAIT: '2m' },
    'A=two\nB=three\n',
  );
  const { apiKey, baseUrl, model, apiFormat, timeoutMs, headers } = config.provider('groq', []);
  expect([apiKey?.value.reveal(), baseUrl?.value, model?.value]).toEqual([
    'one',
    'https://host.example:8000/v1',
    'one-one',
  ]);
  expect([apiFormat?.value, timeoutMs?.value, headers['X-Team']?.value]).toEqual(['ollama', 120_000, 'team three']);
});

test('it is replaced at the top too', async () => {
  const config = await load({
    project: { 'trae_config.json': { default_provider: '${P}', tools: ['${T}'], allow_paths: ['${D}/x'] } },
    environment: { P: 'groq', T: 'bash', D: '/srv' },
  });
  const { allowPaths, defaultProvider, tools } = config.general;
  expect([defaultProvider?.value, tools?.value, allowPaths?.value]).toEqual(['groq', ['bash'], ['/srv/x']]);
});

test('it is replaced in what is said of a model, in parameters however deep, and in the address of a proxy', async () => {
  const config = await load({
    project: {
      'trae_config.json': {
        proxy: 'http://me:${PROXY_PASSWORD}@proxy.example',
        ...entry({
          tool_mode: '${MODE}',
          keep_alive: '${WAIT}',
          models: { 'a.b': { tool_mode: '${MODE}' } },
          compatibility: { set: { user: { ids: ['${A}'] } } },
        }),
      },
    },
    environment: { MODE: 'native', WAIT: '5m', A: ' one ', PROXY_PASSWORD: 'canary0123' },
  });
  const { compatibility, keepAlive, models, toolMode } = config.provider('groq', []);
  expect([toolMode?.value, keepAlive?.value, models?.['a.b']?.toolMode?.value, compatibility?.value.set]).toEqual([
    'native',
    '5m',
    'native',
    { user: { ids: [' one '] } },
  ]);
  expect([config.general.proxy?.value, config.leaves[0]]).toMatchObject([
    'http://me:canary0123@proxy.example',
    { key: 'proxy', value: null, isSecret: true },
  ]);
  expect(config.secrets.map((secret) => secret.reveal())).toContain('canary0123');
  expect(config.secretVariables).toEqual(['PROXY_PASSWORD']);
});

test.each([
  ['at the top', { proxy: '${WRONG}' }, '"proxy" (trae_config.json:2) must be an address such as "http://proxy:3128"'],
  [
    'of a model',
    entry({ models: { m: { tool_mode: '${WRONG}' } } }),
    'models.m.tool_mode" (trae_config.json:6) must be',
  ],
])('what a variable holds is looked at %s too', async (_case, content, words) => {
  const environment = { WRONG: 'canary' };
  const error = await failureOf(async () => {
    const config = await load({ project: { 'trae_config.json': content }, environment });
    return config.provider('groq', []);
  });
  expect([error.code, error.message]).toEqual(['config_invalid', expect.stringContaining(words)]);
  expect(error.message).not.toContain('canary');
});

test('a key is named after its variable where it is nothing else, and after its place where it is more', async () => {
  const config = await load({
    project: {
      'trae_config.json': {
        model_providers: {
          a: { api_key: '${K}' },
          b: { api_key: '${D}' },
          c: { api_key: 'x-${K}' },
          d: { api_key: 'plain' },
        },
      },
      '.env': '\nD=dotenv-value\n',
    },
    environment: { K: 'value' },
  });
  const keys = ['a', 'b', 'c', 'd'].map((name) => config.provider(name, []).apiKey);
  expect(keys.map((key) => [key?.value.reveal(), key?.value.origin, key?.source.kind])).toEqual([
    ['value', 'K', 'environment'],
    ['dotenv-value', 'D in .env:2', 'dotenv'],
    ['x-value', 'trae_config.json:10 (model_providers.c.api_key)', 'file'],
    ['plain', 'trae_config.json:13 (model_providers.d.api_key)', 'file'],
  ]);
});

test.each([
  ['$5 and $NAME', '$5 and $NAME'],
  ['{NAME}', '{NAME}'],
  ['$${NAME}', '$value $& $1'],
  ['${NAME}${NAME}', 'value $& $1value $& $1'],
])('%j becomes %j', async (model, expected) => {
  const config = await loadEntry({ model }, { NAME: 'value $& $1' });
  expect(config.provider('groq', []).model?.value).toBe(expected);
});

test('what is put in is not looked at again', async () => {
  const config = await loadEntry({ model: '${A}' }, { A: '${B}', B: 'never' });
  expect(config.provider('groq', []).model?.value).toBe('${B}');
});

test.each(['${', '${}', '${A', '${A B}', '${A:-x}', 'a${1}', '${${A}}', '${A.b}', '${../x}'])(
  'a malformed %s is refused with key and line, whether the provider is used or not',
  async (text) => {
    for (const values of [{ model: text }, { api_key: text }, { headers: { 'X-A': text } }]) {
      const error = await failureOf(() => loadFile(entry(values)));
      expect([error.code, error.message]).toEqual([
        'config_invalid',
        expect.stringMatching(
          /^"model_providers.groq.\w+" \(trae_config.json:4\) has a "\$\{" that is not followed by a name/,
        ),
      ]);
    }
  },
);

test.each(['NOT_SET', 'BLANK', 'toString', '__proto__'])('the variable %s is not set', async (name) => {
  const config = await loadEntry({ base_url: `https://\${${name}}` }, { BLANK: ' ' });
  const error = await failureOf(() => config.provider('groq', []));
  expect([error.code, error.message]).toEqual([
    'config_invalid',
    `"model_providers.groq.base_url" (trae_config.json:4) asks for the variable ${name}, which is not set.`,
  ]);
  expect(error.hint).toContain(`Set ${name}`);
});

test('a key whose variable is not set is absent and found, and stops nothing', async () => {
  const config = await loadEntry({ api_key: '${NOT_SET}', model: 'm' }, {});
  expect(config.provider('groq', []).apiKey).toBeUndefined();
  expect(config.findings).toMatchObject([
    {
      kind: 'unset_variable',
      key: 'model_providers.groq.api_key',
      message:
        '"model_providers.groq.api_key" (trae_config.json:4) asks for the variable NOT_SET, which is not set, and counts as not set itself.',
    },
  ]);
});

test('what a variable holds is looked at like what stands in the file, and not shown', async () => {
  const environment = { FORMAT: 'secret-format', BROKEN: 'secret\r\nHost: evil', PLACEHOLDER: 'your-api-key' };
  const config = await load({
    project: {
      'trae_config.json': {
        model_providers: {
          a: { api_format: '${FORMAT}' },
          b: { headers: { 'X-A': '${BROKEN}' } },
          c: { api_key: '${BROKEN}' },
          d: { api_key: '${PLACEHOLDER}' },
        },
      },
    },
    environment,
  });
  for (const name of ['a', 'b', 'c']) {
    const error = await failureOf(() => config.provider(name, []));
    expect([error.code, `${error.message} ${error.hint}`]).toEqual([
      'config_invalid',
      expect.not.stringContaining('secret-format'),
    ]);
    expect(`${error.message} ${error.hint}`).not.toContain('secret\r');
  }
  expect(config.provider('d', []).apiKey).toBeUndefined();
});

test('quotes and white space around a key in a variable are taken off', async () => {
  const config = await loadEntry({ api_key: '${K}' }, { K: ' "gsk_0123456789abcdef01"\n' });
  expect(config.provider('groq', []).apiKey?.value.reveal()).toBe('gsk_0123456789abcdef01');
});

test('a variable is asked of the environment, then of .env, and blank is not set', async () => {
  const config = await load({ project: { '.env': 'A=x\nB=two\nC=three\n' }, environment: { A: 'one', B: ' ' } });
  expect(['A', 'B', 'C', 'D'].map((name) => config.variable(name))).toMatchObject([
    { value: 'one', source: { kind: 'environment', variable: 'A' } },
    { value: 'two', source: { kind: 'dotenv', variable: 'B', line: 2 } },
    { value: 'three', source: { kind: 'dotenv', variable: 'C', line: 3 } },
    undefined,
  ]);
});
