import { copyFile, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type LoadedConfig, loadConfig } from '@trae-cli/config';
import { catalog } from '@trae-cli/providers';
import { tempWorkspace } from '@trae-cli/testkit';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Loads a file as the project's of an empty machine, in a folder that nobody trusts unless that is said. */
async function load(prepare: (path: string) => Promise<void>, trust = false): Promise<LoadedConfig> {
  await using workspace = await tempWorkspace();
  await using home = await tempWorkspace();
  await prepare(workspace.path('trae_config.json'));
  return await loadConfig({
    workspace: workspace.root,
    homeDirectory: home.root,
    userDirectory: home.path('config'),
    trustFile: home.path('trust.json'),
    environment: {
      ANTHROPIC_API_KEY: 'sk-ant-0123456789',
      GROQ_API_KEY: 'gsk_0123456789',
      OPENAI_API_KEY: 'sk-0123456789',
      OPENROUTER_API_KEY: 'sk-or-v1-0123',
    },
    trust,
  });
}

const example = await load((path) => copyFile(`${root}trae_config.json`, path));

test('the example configuration loads without findings', () => {
  expect(example.findings).toEqual([]);
});

test('the example configuration names vendors of the catalog, at their addresses, with their default models', () => {
  expect(example.providerNames.length).toBeGreaterThan(2);
  for (const name of example.providerNames) {
    const entry = catalog.find(({ id }) => id === name);
    const { apiKey, baseUrl, model } = example.provider(name, entry?.keyVariables ?? []);
    expect({ baseUrl: baseUrl?.value, model: model?.value }).toEqual({
      baseUrl: entry?.baseUrl,
      model: entry?.defaultModel,
    });
    expect(apiKey, 'the own variable of a vendor needs no trust').toBeUndefined();
  }
});

test('the default provider of the example configuration is one of its own', () => {
  expect(example.providerNames).toContain(example.general.defaultProvider?.value);
});

test('the example of every key in docs/configuration.md loads without findings', async () => {
  const page = await readFile(`${root}docs/configuration.md`, 'utf8');
  const [, block = ''] = /^```json\n([^]*?)^```/m.exec(page) ?? [];
  expect(Object.keys(JSON.parse(block) as object)).toEqual(['model_providers']);
  await using workspace = await tempWorkspace({ 'example.json': block });
  const loaded = await load((path) => copyFile(workspace.path('example.json'), path), true);
  expect(loaded.findings).toEqual([]);
});
