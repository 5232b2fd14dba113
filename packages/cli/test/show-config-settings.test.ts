import { loadConfig, type ProviderConfig } from '@trae-cli/config';
import { tempWorkspace } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import type { ModelFlags } from '../src/flags/flags.js';
import { providerSettings } from '../src/model/provider-settings.js';
import { person } from './cli.js';

async function configOf(entry: object): Promise<ProviderConfig> {
  await using place = await tempWorkspace({
    'project/trae_config.json': JSON.stringify({ model_providers: { house: entry } }),
  });
  const config = await loadConfig({
    workspace: place.path('project'),
    homeDirectory: place.path('home'),
    userDirectory: place.path('config'),
    trustFile: place.path('trust.json'),
    environment: {},
    trust: true,
  });
  return config.provider('house', []);
}

async function settingsFor(entry: object, flags: ModelFlags = {}) {
  const config = await configOf(entry);
  return providerSettings(config, flags, { key: undefined, address: config.baseUrl, headers: {} });
}

describe('what show-config shows is what a provider is handed', () => {
  test('every key of an entry', async () => {
    const compatibility = { omit: ['top_p'], rename: { a: 'b' }, set: { stream: false }, adapt: ['system_role'] };
    const settings = await settingsFor({
      api_format: 'anthropic',
      auth: 'bearer',
      tier: 'free',
      requests_per_minute: 30,
      keep_alive: -1,
      tool_mode: 'prompted',
      compatibility,
      models: {
        'org/a.1': {
          context_window: { input: 100, output: 10 },
          multimodal: true,
          reasoning: false,
          tool_mode: 'auto',
        },
        b: { price: { input: 1, output: 2, cache_read: 0 }, compatibility: { omit: ['x'] } },
      },
    });
    expect(settings).toEqual({
      headers: {},
      apiFormat: 'anthropic',
      auth: 'bearer',
      tier: 'free',
      pace: { requestsPerMinute: 30 },
      keepAlive: -1,
      toolMode: 'prompted',
      compatibility,
      models: {
        'org/a.1': { contextWindow: 100, maxOutput: 10, multimodal: true, reasoning: false, toolMode: 'auto' },
        b: { price: { input: 1, output: 2, cacheRead: 0 }, compatibility: { omit: ['x'] } },
      },
    });
  });

  test('nothing where nobody said anything', async () => {
    expect(await settingsFor({})).toEqual({ headers: {} });
  });

  test('the price of an entry stands beside that of one of its models', async () => {
    const price = { input: 1, output: 2 };
    const own = { input: 3, output: 4 };
    const models = { a: { price: own } };
    expect(await settingsFor({ model: 'a', price, models })).toMatchObject({ price, models });
  });

  test('a flag ranks above what is said of the model that is asked', async () => {
    const models = { a: { context_window: 5, reasoning: true }, b: { context_window: 6 } };
    const settings = await settingsFor({ model: 'a', context_window: 4, models }, { contextWindow: 9 });
    expect([settings.contextWindow, settings.models]).toEqual([9, { a: { reasoning: true }, b: { contextWindow: 6 } }]);
  });
});

test('a proxy of the environment is shown as the setting that it is, without its password', async () => {
  await using me = await person();
  const env = { HTTPS_PROXY: 'http://me:canary0123@proxy.example:3128', NO_PROXY: 'a.example' };
  const { stdout } = await me.run(['show-config'], { env });
  expect(stdout).toMatch(/ {2}proxy +set, from HTTPS_PROXY\n {2}no_proxy +a\.example +NO_PROXY\n/);
  expect(stdout).not.toContain('canary');
});
