import { describe, expect, test } from 'vitest';
import { catalog } from '../../src/catalog/catalog.js';
import { customEntry } from '../../src/custom-entry.js';
import type { CatalogEntry, ProviderSettings } from '../../src/entry.js';
import { priceOf } from '../../src/knowledge/price-of.js';
import { plain } from '../entries.js';

const vendor = (id: string): CatalogEntry => {
  const entry = catalog.find((candidate) => candidate.id === id);
  if (entry === undefined) throw new Error(`No entry ${id}.`);
  return entry;
};

const atHome: CatalogEntry = {
  ...plain,
  baseUrl: 'http://localhost:11434',
  models: [{ pattern: /./, price: { input: 0, output: 0 } }],
};

const inputOf = async (entry: CatalogEntry, id: string, settings: ProviderSettings = {}) =>
  (await priceOf(id, { entry, settings }))?.input;

describe('the price of a model', () => {
  const settings = { models: { 'qwen-turbo': { price: { input: 1, output: 1 } } } };
  const listed = { id: 'qwen-turbo', price: { input: 3, output: 3 } };

  test('is what the person says, before what the service says, before what the table says', async () => {
    const entry = vendor('alibaba');
    expect(await priceOf('qwen-turbo', { entry, settings, listed })).toMatchObject({ input: 1 });
    expect(await priceOf('qwen-turbo', { entry, settings: {}, listed })).toMatchObject({ input: 3 });
    expect(await priceOf('qwen-turbo', { entry, settings: {} })).toMatchObject({ input: 0.05 });
  });

  test('that the table does not have comes from the package, with the tiers it has there', async () => {
    const gpt = await priceOf('gpt-6-sol', { entry: { ...vendor('openai'), models: [] }, settings: {} });
    expect(gpt).toMatchObject({ input: 2, output: 10, cacheRead: 0.2 });
    expect(gpt?.tiers).toEqual([{ above: 272_000, input: 4, output: 15, cacheRead: 0.4, cacheWrite: 5 }]);
  });

  test('is known of another account of a vendor, and of a deployment that is called like its model', async () => {
    expect(await inputOf(customEntry('work', { vendor: vendor('groq') }), 'qwen/qwen3-32b')).toBe(0.29);
    const baseUrl = 'https://me.openai.azure.com/openai/v1';
    expect(await inputOf({ ...vendor('azure'), models: [] }, 'gpt-4.1', { baseUrl })).toBe(2);
  });

  test.each([
    ['a model nobody knows', vendor('openai'), 'gpt-6-solaris', {}],
    ['a deployment of any name', vendor('azure'), 'my-o4-mini-test', { baseUrl: 'https://me.openai.azure.com' }],
    ['a model whose name begins like another', vendor('google'), 'gemini-2.5-pro-secret', {}],
    ['a model that is free in the package because nobody wrote a price', vendor('openrouter'), 'qwen/qwq-32b:free', {}],
    ['a model that only reads', vendor('openai'), 'text-embedding-3-small', {}],
    ['a server of one’s own', customEntry('house'), 'gpt-4.1', { baseUrl: 'https://models.example/v1' }],
    [
      'a server at home under the name of a vendor',
      vendor('groq'),
      'openai/gpt-oss-120b',
      { baseUrl: 'http://localhost:1/v1' },
    ],
    ['what is free at home, elsewhere', atHome, 'm', { baseUrl: 'https://models.example' }],
    ['an address that is none', plain, 'm', { baseUrl: 'not an address' }],
    ['a name with signs in it', vendor('openai'), '__proto__', {}],
  ])('of %s is not known', async (_what, entry, id, settings) => {
    expect(await priceOf(id, { entry, settings })).toBeUndefined();
  });

  test('of a server at home that never costs anything is nothing, and that is known', async () => {
    expect(await priceOf('m', { entry: atHome, settings: {} })).toEqual({ input: 0, output: 0 });
    expect(await inputOf(atHome, 'm', { baseUrl: 'http://192.168.1.5:11434' })).toBe(0);
  });

  test('may change on a day that is known: that of the day of the table counts', async () => {
    expect(await inputOf({ ...vendor('google'), models: [] }, 'gemini-3.8-flash')).toBe(0.75);
    expect(await inputOf({ ...vendor('openai'), models: [] }, 'gpt-5.6-sol')).toBe(4);
  });
});
