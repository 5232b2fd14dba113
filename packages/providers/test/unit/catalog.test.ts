import { Secret } from '@trae-cli/protocol';
import { testClock } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { cleanBaseUrl, isOwnAddress } from '../../src/base-url.js';
import { catalog } from '../../src/catalog/catalog.js';
import { furtherKeyVariables } from '../../src/catalog/strangers.js';
import { customEntry, variableName } from '../../src/custom-entry.js';
import type { CatalogEntry } from '../../src/entry.js';
import { providerReference } from '../../src/provider-reference.js';
import { createRegistry } from '../../src/registry.js';

const never = new AbortController().signal;
const key = new Secret('sk-0123456789', 'KEY');

const registryOf = (entries: readonly CatalogEntry[]) =>
  createRegistry(entries, { clock: testClock(), random: () => 0.5 });
const registry = registryOf(catalog);

const entryOf = (id: string): CatalogEntry => {
  const entry = registry.entry(id);
  if (entry === undefined) throw new Error(`No entry ${id}.`);
  return entry;
};

/** The addresses, first key variables and models of the original's page, which its users have in their files. */
const original = [
  ['openrouter', 'https://openrouter.ai/api/v1', 'OPENROUTER_API_KEY', 'anthropic/claude-3.5-sonnet'],
  ['openrouter', 'https://openrouter.ai/api/v1', 'OPENROUTER_API_KEY', 'google/gemma-2-9b-it:free'],
  ['together', 'https://api.together.xyz/v1', 'TOGETHER_API_KEY', 'meta-llama/Meta-Llama-3.1-70B-Instruct-Turbo'],
  ['together', 'https://api.together.xyz/v1', 'TOGETHER_API_KEY', 'NousResearch/Nous-Hermes-2-Mixtral-8x7B-DPO'],
  ['groq', 'https://api.groq.com/openai/v1', 'GROQ_API_KEY', 'llama-3.1-70b-versatile'],
  ['deepseek', 'https://api.deepseek.com/v1', 'DEEPSEEK_API_KEY', 'deepseek-chat'],
  ['deepseek', 'https://api.deepseek.com/v1', 'DEEPSEEK_API_KEY', 'deepseek-coder'],
  ['alibaba', 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1', 'ALIBABA_API_KEY', 'qwen-turbo'],
  ['alibaba', 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1', 'ALIBABA_API_KEY', 'qwen-max-longcontext'],
  ['novita', 'https://api.novita.ai/v3/openai', 'NOVITA_API_KEY', 'meta-llama/llama-3.1-8b-instruct'],
  ['novita', 'https://api.novita.ai/v3/openai', 'NOVITA_API_KEY', 'microsoft/wizardlm-2-8x22b'],
] as const;

describe('a vendor of the original', () => {
  test.each(original)('%s is at %s, takes %s and knows %s', (id, baseUrl, variable, model) => {
    const entry = entryOf(id);
    expect([entry.baseUrl, entry.keyVariables[0]]).toEqual([baseUrl, variable]);
    expect(entry.popularModels).toContain(model);
    expect(entry.models.some(({ pattern }) => pattern.test(model))).toBe(true);
  });

  test.each([
    ['groq', 'llama-3.1-70b-versatile', /shut down/],
    ['deepseek', 'deepseek-chat', /retired on 24 July 2026/],
    ['alibaba', 'qwen-max-longcontext', /in no current list/],
    ['together', 'mistralai/Mixtral-8x7B-Instruct-v0.1', /calls are asked for in its text/],
    ['novita', 'meta-llama/llama-3.1-8b-instruct', /calls are asked for in its text/],
    ['groq', 'groq/compound', /calls of ours are asked for in its text/],
    ['ollama', 'codellama:latest', /calls are asked for in its text/],
  ])('%s says of %s what is wrong with it', (id, model, notice) => {
    expect(entryOf(id).models.find(({ pattern }) => pattern.test(model))?.notice).toMatch(notice);
  });
});

test.each([
  ['together', 'NousResearch/Nous-Hermes-2-Mixtral-8x7B-DPO'],
  ['novita', 'meta-llama/llama-3.1-8b-instruct'],
  ['novita', 'microsoft/wizardlm-2-8x22b'],
  ['ollama', 'codellama:latest'],
  ['openrouter', 'google/gemma-2-9b-it:free'],
])('§9.1: %s is known to have no tool calling in %s', (id, model) => {
  expect(entryOf(id).models.find(({ pattern }) => pattern.test(model))?.tools).toBe(false);
});

test.each([
  ['alibaba', 'qwen3.7-plus', 65_536],
  ['alibaba', 'qwen3.7-max', 131_072],
])('§6.6: an answer of %s’s %s has %i tokens at most', (id, model, most) => {
  expect(entryOf(id).models.find(({ pattern }) => pattern.test(model))?.maxOutput).toBe(most);
});

describe('every vendor', () => {
  test.each(catalog)('$id takes its key and its address from variables of each of its names', (entry) => {
    for (const name of [entry.id, ...(entry.aliases ?? [])]) {
      expect(entry.keyVariables, name).toContain(variableName(name, 'API_KEY'));
      expect(entry.baseUrlVariables, name).toContain(variableName(name, 'BASE_URL'));
    }
  });

  test.each(catalog)(
    '$id has an address of its own that is clean, and encrypted unless it is on this machine',
    (entry) => {
      if (entry.baseUrl === undefined) return;
      expect(entry.baseUrl).toMatch(/^https:|^http:\/\/localhost:/);
      expect(cleanBaseUrl(entry.baseUrl, entry)).toBe(entry.baseUrl);
      for (const origin of entry.otherOrigins ?? []) expect(new URL(origin).origin).toBe(origin);
    },
  );

  test.each(catalog.filter(({ id }) => id !== 'openai_compatible'))('$id is told about', (entry) => {
    for (const url of [entry.keyUrl, entry.websiteUrl, entry.docsUrl]) expect(url).toMatch(/^https:\/\//);
    expect(entry.rateLimit).toMatch(/^[A-Z].*\.$/);
    for (const note of [...(entry.notes ?? []), ...Object.values(entry.advice ?? {})])
      expect(note).toMatch(/^[A-Z].*\.$/);
    expect(entry.popularModels?.[0]).toBe(entry.defaultModel);
  });

  test('has a name, and variables, that no other has', () => {
    const names = catalog.flatMap(({ id, aliases = [] }) => [id, ...aliases]);
    const variables = catalog.flatMap((entry) => [...entry.keyVariables, ...entry.baseUrlVariables]);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(variables).size).toBe(variables.length);
    expect(furtherKeyVariables.filter((variable) => variables.includes(variable))).toEqual([]);
  });

  test('stands for an effort only by one that has fields', () => {
    for (const { id, dialect, models } of catalog) {
      for (const thinking of [dialect.thinking, ...models.map((rule) => rule.dialect?.thinking ?? {})]) {
        const steps = Object.values(thinking).filter((step) => typeof step === 'string');
        for (const step of steps) expect(thinking[step], id).toBeTypeOf('object');
      }
    }
  });
});

describe('an alias', () => {
  test.each([
    ['dashscope', 'alibaba'],
    ['gemini', 'google'],
    ['ark', 'doubao'],
  ])('%s is %s', async (alias, id) => {
    expect(registry.entry(alias)?.id).toBe(id);
    expect(registry.names).not.toContain(alias);
    const provider = registry.provider(alias, { apiKey: key });
    expect(provider.id).toBe(id);
    expect((await provider.model('m', never)).ref.provider).toBe(id);
  });

  test('is suggested like a name, and gives way to a provider that has it for a name', () => {
    expect(() => registry.provider('gemeni', {})).toThrow('Did you mean gemini?');
    expect(registryOf([...catalog, customEntry('ark')]).entry('ark')?.displayName).toBe('ark');
  });
});

describe('a vendor’s own address', () => {
  test.each([
    ['alibaba', 'https://dashscope.aliyuncs.com/compatible-mode/v1', true],
    ['together', 'https://api.together.ai/v1', true],
    ['novita', 'https://api.novita.ai/openai', true],
    ['groq', 'http://api.groq.com/openai/v1', false],
    ['groq', 'https://api.groq.com.example/openai/v1', false],
    ['groq', 'https://api.groq.com@example.org/', false],
    ['groq', 'https://api.groq.com:8443/', false],
    ['openai_compatible', 'https://api.groq.com/', false],
    ['groq', 'nonsense', false],
  ])('of %s: %s, %s', (id, address, expected) => {
    expect(isOwnAddress(entryOf(id), address)).toBe(expected);
  });
});

describe('Azure', () => {
  test.each([
    ['https://r.openai.azure.com', 'https://r.openai.azure.com/openai/v1'],
    ['https://r.openai.azure.com/', 'https://r.openai.azure.com/openai/v1'],
    ['https://r.openai.azure.com/openai', 'https://r.openai.azure.com/openai/v1'],
    ['https://r.openai.azure.com/openai/v1/', 'https://r.openai.azure.com/openai/v1'],
    ['https://r.openai.azure.com/openai/v1/chat/completions', 'https://r.openai.azure.com/openai/v1'],
    ['https://gateway.example/azure', 'https://gateway.example/azure'],
  ])('case 102: %s is asked at %s', (address, expected) => {
    expect(cleanBaseUrl(address, entryOf('azure'))).toBe(expected);
  });

  test('has no address for everybody, and says what one looks like', () => {
    expect(() => registry.provider('azure', { apiKey: key })).toThrow(
      expect.objectContaining({
        code: 'config_invalid',
        hint: expect.stringMatching(/AZURE_OPENAI_ENDPOINT: it looks like https:\/\/RESOURCE\.openai\.azure\.com\.$/),
      }),
    );
  });

  test('has no list of models: the person has named the deployments', async () => {
    const provider = registry.provider('azure', { apiKey: key, baseUrl: 'https://r.openai.azure.com' });
    await expect(provider.listModels(never)).rejects.toMatchObject({
      code: 'usage',
      message: 'Azure OpenAI cannot be asked to list its models: a model here is the name of one of your deployments.',
      hint: 'Name the model with --model, or as model_providers.azure.model in trae_config.json.',
    });
  });
});

describe('a provider of the person’s own', () => {
  test('has variables of its own name, needs no key, and gets its reasoning back as it was', () => {
    expect(customEntry('my-house.2')).toMatchObject({
      id: 'my-house.2',
      keyVariables: ['MY_HOUSE_2_API_KEY'],
      baseUrlVariables: ['MY_HOUSE_2_BASE_URL'],
      keyRequired: false,
      dialect: { replayReasoning: 'as received', maxTokensField: 'max_tokens' },
    });
  });

  test('has to have an address', () => {
    expect(() => registryOf([customEntry('house')]).provider('house', {})).toThrow(
      expect.objectContaining({
        message: 'base_url is required for OpenAI-compatible services, and "house" has none.',
        hint: 'Set model_providers.house.base_url in trae_config.json, or pass --model-base-url, or set HOUSE_BASE_URL.',
      }),
    );
  });

  test('may be another account of a vendor, with the vendor’s ways and none of its keys', () => {
    const work = customEntry('work', { vendor: entryOf('alibaba') });
    expect(work).toMatchObject({
      id: 'work',
      aliases: [],
      baseUrl: entryOf('alibaba').baseUrl,
      keyRequired: true,
      keyVariables: ['WORK_API_KEY'],
      baseUrlVariables: ['WORK_BASE_URL'],
      defaultModel: 'qwen3-coder-plus',
      dialect: { quotaIsRate: true },
    });
    expect(() => registryOf([work]).provider('work', {})).toThrow(
      expect.objectContaining({ code: 'credentials_missing', hint: expect.stringContaining('WORK_API_KEY') }),
    );
  });
});

test('a name that nobody knows may become a provider of one’s own', () => {
  expect(() => registry.provider('watson', {})).toThrow(
    expect.objectContaining({ code: 'usage', hint: expect.stringMatching(/model_providers in trae_config\.json/) }),
  );
});

test('the reference has every vendor with its models, their sizes and what is wrong with them', () => {
  const reference = providerReference();
  expect(reference.map(({ id }) => id)).toEqual(catalog.map(({ id }) => id));
  const groq = reference.find(({ id }) => id === 'groq');
  expect(groq?.models).toContainEqual({
    id: 'openai/gpt-oss-120b',
    contextWindow: 131_072,
    maxOutput: 65_536,
    images: false,
    tools: true,
    price: expect.objectContaining({ input: 0.15, output: 0.6 }),
    notice: undefined,
  });
  expect(groq?.models.find(({ id }) => id === 'mixtral-8x7b-32768')?.notice).toMatch(/^mixtral-8x7b-32768 has been/);
});
