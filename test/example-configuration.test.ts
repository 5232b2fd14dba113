import { readFile } from 'node:fs/promises';
import { catalog } from '@trae-cli/providers';
import { expect, test } from 'vitest';
import { z } from 'zod';

const schema = z.object({
  default_provider: z.string(),
  max_steps: z.number().int().positive(),
  model_providers: z.record(z.string(), z.object({ api_key: z.string(), base_url: z.url(), model: z.string() })),
});

const configuration = schema.parse(JSON.parse(await readFile(new URL('../trae_config.json', import.meta.url), 'utf8')));

test('the example configuration names providers of the catalog, at their addresses, with their default models', () => {
  for (const [id, { base_url, model, api_key }] of Object.entries(configuration.model_providers)) {
    const entry = catalog.find((candidate) => candidate.id === id);
    expect({ base_url: entry?.baseUrl, model: entry?.defaultModel }).toEqual({ base_url, model });
    expect(api_key).toBe(`\${${entry?.keyVariables[0]}}`);
  }
});

test('the default provider of the example configuration is one of its own', () => {
  expect(Object.keys(configuration.model_providers)).toContain(configuration.default_provider);
});
