import { expect, test } from 'vitest';
import { configurationReference } from '../src/index.js';
import { load } from './load.js';

const reference = configurationReference();

test('every key has its words, and no key is told twice', () => {
  for (const { key, type, description } of reference) {
    expect([key, type]).toEqual([expect.stringMatching(/^[\w.]+$/), expect.stringMatching(/\w/)]);
    expect(description, key).toMatch(/^[A-Z"].*[.]$/);
  }
  expect(new Set(reference.map(({ key }) => key)).size).toBe(reference.length);
  expect(reference.map(({ key }) => key)).toEqual(
    expect.arrayContaining([
      'default_provider',
      'model_providers',
      'model_providers.NAME.api_key',
      'model_providers.NAME.timeout',
    ]),
  );
});

/** A file that says one thing, in the place of its key. */
const fileSaying = (key: string, value: unknown): unknown =>
  key.split('.').reduceRight<unknown>((inner, part) => ({ [part]: inner }), value);

test.each(reference.map(({ key, example }) => [key, example]))(
  'the example of %s is taken: %s',
  async (key, example) => {
    const content = fileSaying(key, JSON.parse(example));
    const config = await load({ project: { 'trae_config.json': content }, environment: { GROQ_API_KEY: 'k' } });
    expect([config.findings, config.leaves.length > 0]).toEqual([[], true]);
  },
);
