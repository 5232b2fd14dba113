import { type LLMProvider, Secret } from '@trae-cli/protocol';
import { testClock } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { isPrivate } from '../../src/base-url.js';
import { catalog } from '../../src/catalog/catalog.js';
import { headersFromEnvironment } from '../../src/environment-headers.js';
import { errorKinds } from '../../src/error-kinds.js';
import { createRegistry } from '../../src/registry.js';

const never = new AbortController().signal;
const key = new Secret('sk-0123456789', 'GROQ_API_KEY');
const registry = createRegistry(catalog, { clock: testClock(), random: () => 0.5 });

const entryOf = (id: string) => {
  const entry = registry.entry(id);
  if (entry === undefined) throw new Error(`No entry ${id}.`);
  return entry;
};

describe('the registry', () => {
  test('names the providers in the order in which they are preferred', () => {
    expect(registry.names).toEqual([
      'openai',
      'anthropic',
      'openrouter',
      'together',
      'groq',
      'deepseek',
      'alibaba',
      'novita',
      'google',
      'azure',
      'doubao',
      'ollama',
      'openai_compatible',
    ]);
  });

  test.each([
    ['gorq', 'groq'],
    ['OpenAI', 'openai'],
    ['openai-compatible', 'openai_compatible'],
    ['open_router', 'openrouter'],
  ])('%s is taken for a misspelt %s', (name, nearest) => {
    expect(() => registry.provider(name, {})).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringContaining(`Did you mean ${nearest}?`) }),
    );
  });

  test('suggests nothing where nothing is near', () => {
    expect(() => registry.provider('watson', {})).toThrow('There is no provider "watson".');
    expect(() => registry.provider('watson', {})).not.toThrow('Did you mean');
  });

  test('a missing key names the variable and where keys are made', () => {
    expect(() => registry.provider('groq', {})).toThrow(
      expect.objectContaining({
        code: 'credentials_missing',
        hint: expect.stringMatching(/GROQ_API_KEY.*console\.groq\.com/),
      }),
    );
  });

  test.each(['sk-01\n23', 'sk-01 23', 'sk-“0123”'])('the key %j is refused before it is sent', (value) => {
    const apiKey = new Secret(value, 'GROQ_API_KEY');
    expect(() => registry.provider('groq', { apiKey })).toThrow(
      expect.objectContaining({ code: 'credentials_rejected', message: expect.not.stringContaining(value) }),
    );
  });

  test('a header that cannot be sent is refused by its name', () => {
    expect(() => registry.provider('groq', { apiKey: key, headers: { 'X-A': 'a\r\nX-B: b' } })).toThrow(
      expect.objectContaining({ code: 'config_invalid', message: expect.stringContaining('"X-A"') }),
    );
  });

  test('others than vendors have a place in it', () => {
    const replay: LLMProvider = {
      id: 'replay',
      model: () => Promise.reject(new Error('none')),
      warm: () => undefined,
      listModels: () => Promise.resolve([]),
      checkKey: () => Promise.resolve(),
    };
    const extra = new Map([['replay', () => replay]]);
    const both = createRegistry(catalog, { clock: testClock(), random: () => 0.5 }, extra);
    expect(both.provider('replay', {})).toBe(replay);
    expect(both.names).toContain('replay');
    expect(both.entry('replay')).toBeUndefined();
  });
});

describe('what is known of a model', () => {
  const traitsOf = async (provider: string, model: string, settings = {}) =>
    (await registry.provider(provider, { apiKey: key, ...settings }).model(model, never)).traits;

  test('comes from the settings, else from the catalog, else it is an assumption', async () => {
    expect(await traitsOf('openai', 'gpt-4.1')).toMatchObject({ contextWindow: 1_047_576, images: true });
    expect(await traitsOf('openai', 'gpt-4.1', { contextWindow: 5000 })).toMatchObject({ contextWindow: 5000 });
    expect(await traitsOf('groq', 'unheard/of')).toMatchObject({
      contextWindow: null,
      assumedContextWindow: 128_000,
      images: false,
    });
  });

  test('is assumed to be less at home', async () => {
    const baseUrl = 'http://192.168.1.4:8000/v1';
    expect(await traitsOf('openai_compatible', 'm', { baseUrl })).toMatchObject({ assumedContextWindow: 32_768 });
  });

  test.each(catalog.flatMap(({ id, models }) => models.map(({ pattern }) => ({ id, pattern }))))(
    'the rule $pattern of $id speaks of whole names',
    ({ pattern }) => {
      expect(pattern.source).toMatch(/^\^.*\$$/);
    },
  );

  test.each(catalog.filter(({ defaultModel }) => defaultModel !== undefined))(
    'the default model of $id is one whose window is known',
    ({ defaultModel = '', models }) => {
      const rule = models.find(({ pattern }) => pattern.test(defaultModel));
      expect(rule).toMatchObject({ contextWindow: expect.any(Number) });
      expect(rule?.notice).toBeUndefined();
    },
  );
});

test('the environment gives the headers that a vendor takes from it', () => {
  const environment = { OPENROUTER_SITE_NAME: ' trae ', OPENROUTER_SITE_URL: ' ' };
  expect(headersFromEnvironment(entryOf('openrouter'), environment)).toEqual({ 'X-Title': 'trae' });
  expect(headersFromEnvironment(entryOf('groq'), environment)).toEqual({});
});

test.each([
  ['http://localhost:8000/v1', true],
  ['http://127.0.0.1:1234', true],
  ['http://[::1]:8080/v1', true],
  ['http://10.1.2.3/v1', true],
  ['http://172.20.0.1/v1', true],
  ['http://box:11434', true],
  ['http://nas.local/v1', true],
  ['https://api.groq.com/openai/v1', false],
  ['https://172.64.1.1/v1', false],
  ['https://100.example', false],
])('%s is at home: %s', (address, expected) => {
  expect(isPrivate(address)).toBe(expected);
});

test('every kind of error says what it means', () => {
  for (const { means } of Object.values(errorKinds)) expect(means).toMatch(/^[A-Z].*\.$/);
});
