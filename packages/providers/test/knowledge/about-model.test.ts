import { describe, expect, test } from 'vitest';
import { isPrivate } from '../../src/base-url.js';
import { catalog } from '../../src/catalog/catalog.js';
import type { CatalogEntry } from '../../src/entry.js';
import { aboutModel } from '../../src/knowledge/about-model.js';
import { pricesAsOf } from '../../src/knowledge/prices-as-of.js';
import { plain } from '../entries.js';

const entry: CatalogEntry = {
  ...plain,
  models: [{ pattern: /^known$/, contextWindow: 1000, maxOutput: 100, images: true, tools: false, notice: 'is old.' }],
};
const listed = { id: 'known', contextWindow: 2000, tools: true, reasoning: false };

describe('what is known of a model', () => {
  test('of which nobody says anything is its name', () => {
    expect(aboutModel('other', { entry, settings: {} })).toEqual({ id: 'other' });
  });

  test('is what the table says, where the service says nothing', () => {
    expect(aboutModel('known', { entry, settings: {} })).toEqual({
      id: 'known',
      contextWindow: 1000,
      maxOutput: 100,
      images: true,
      tools: false,
      notice: 'is old.',
    });
  });

  test('is what the service says before what the table says, one thing at a time', () => {
    expect(aboutModel('known', { entry, settings: {}, listed })).toMatchObject({
      contextWindow: 2000,
      maxOutput: 100,
      tools: true,
      reasoning: false,
    });
  });

  test('is what the person says of it, before what they say of all, before anything else', () => {
    const settings = {
      contextWindow: 3000,
      multimodal: false,
      toolMode: 'prompted',
      models: { known: { contextWindow: 4000, reasoning: true } },
    } as const;
    expect(aboutModel('known', { entry, settings, listed })).toMatchObject({
      contextWindow: 4000,
      images: false,
      tools: false,
      reasoning: true,
    });
    expect(aboutModel('other', { entry, settings })).toMatchObject({ contextWindow: 3000 });
  });

  test('is not what every object has', () => {
    expect(aboutModel('constructor', { entry, settings: { models: {} } })).toEqual({ id: 'constructor' });
  });
});

describe('the table', () => {
  const rules = catalog.flatMap(({ id, models }) => models.map((rule) => [id, String(rule.pattern), rule] as const));

  test('is of a day', () => {
    expect(new Date(pricesAsOf).toISOString().slice(0, 10)).toBe(pricesAsOf);
  });

  test.each(rules)('%s, %s: prices are believable, and their tiers ascend', (_vendor, _pattern, { price }) => {
    const steps = price === undefined ? [] : [price, ...(price.tiers ?? [])];
    for (const { input, output, cacheRead = 0 } of steps) {
      expect(output).toBeGreaterThanOrEqual(input);
      expect(input).toBeLessThanOrEqual(100);
      expect(cacheRead).toBeLessThanOrEqual(input);
    }
    const bounds = price?.tiers?.map(({ above }) => above) ?? [];
    expect(bounds).toEqual(bounds.toSorted((one, other) => one - other));
  });

  // What a server at home is loaded with is asked there.
  const hosted = catalog.filter(({ baseUrl }) => baseUrl !== undefined && !isPrivate(baseUrl));

  test.each(hosted.map((vendor) => [vendor.id, vendor] as const))(
    'knows the window of what %s suggests',
    (_id, vendor) => {
      expect(aboutModel(vendor.defaultModel ?? '', { entry: vendor, settings: {} }).contextWindow).toBeGreaterThan(
        100_000,
      );
    },
  );
});
