import { loadConfig } from '@trae-cli/config';
import { catalog, customEntry } from '@trae-cli/providers';
import { tempWorkspace } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { type Starter, starterFile } from '../../src/init/starter.js';
import { starterJson, starterYaml } from '../../src/init/starter-text.js';

const address = 'http://localhost:8000/v1';

const starters: readonly (Starter & { readonly name: string })[] = [
  ...catalog.map((entry) => ({
    name: entry.id,
    entry,
    model: entry.defaultModel,
    baseUrl: entry.baseUrl === undefined ? address : undefined,
    needsTrust: false,
  })),
  ...['my-server', 'null', '8', 'a:b', "o'brien"].map((name) => ({
    name,
    entry: customEntry(name),
    model: 'yes: "a" # b',
    baseUrl: address,
    needsTrust: true,
  })),
];

async function loaded(file: string, text: string) {
  await using workspace = await tempWorkspace({ [file]: text });
  const { root } = workspace;
  return await loadConfig({
    workspace: root,
    homeDirectory: root,
    userDirectory: workspace.path('none'),
    trustFile: workspace.path('none/trust.json'),
    environment: {},
    trust: false,
  });
}

/** The file as it is when every comment that holds a setting is taken out of it. */
const uncommented = (text: string, mark: '#' | '//'): string =>
  text.replaceAll(new RegExp(`^( *)${mark} (?="?[a-z_]+"?: )`, 'gm'), '$1');

describe.each([
  ['trae_config.yaml', '#', starterYaml],
  ['trae_config.json', '//', starterJson],
] as const)('%s', (file, mark, write) => {
  test.each(starters)('says for $name what was chosen, and loads without findings', async (starter) => {
    const config = await loaded(file, write(starterFile(starter)));
    expect(config.findings).toEqual([]);
    expect(config.general.defaultProvider?.value).toBe(starter.name);
    expect(config.providerNames).toEqual([starter.name]);
    const provider = config.provider(starter.name, []);
    expect([provider.model?.value, provider.baseUrl?.value]).toEqual([starter.model, starter.baseUrl]);
    expect(config.secrets).toEqual([]);
  });

  test.each(starters)('for $name goes on loading when every comment is taken away', async (starter) => {
    const text = uncommented(write(starterFile(starter)), mark);
    const config = await loaded(file, text);
    expect(config.findings.filter(({ kind }) => kind !== 'placeholder')).toEqual([]);
    expect(config.general.maxSteps?.value).toBe(200);
    expect(config.provider(starter.name, [])).toMatchObject({
      maxTokens: { value: 4096 },
      timeoutMs: { value: 600_000 },
    });
  });
});
