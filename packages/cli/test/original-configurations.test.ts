import { modelServer } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { done, person } from './cli.js';

/** The shape of the original's example files: an entry for everything, most of them never filled in. */
const everything = {
  default_provider: 'minimax',
  max_steps: 20,
  enable_lakeview: true,
  model_providers: {
    openai: { api_key: 'your_openai_api_key', base_url: 'https://api.openai.com/v1', model: 'gpt-4o', top_p: 1 },
    anthropic: { api_key: 'your_anthropic_api_key', base_url: 'https://api.anthropic.com', model: 'claude', top_k: 0 },
    azure: {
      api_key: 'you_azure_api_key',
      base_url: 'your_azure_base_url',
      api_version: '2024-03-01',
      model: 'model_name',
    },
    ollama: { provider: 'ollama', model: 'llama3', base_url: 'http://localhost:11434/v1', top_k: 0 },
    local: { provider: 'local_transformers', model: 'x/y', model_path: './models/y', framework: 'transformers' },
    minimax: { provider: 'minimax', api_key: 'a-real-key-0123456789', model: 'abab5.5-chat', top_p: 1 },
  },
  lakeview_config: { model_provider: null, model_name: null },
};

async function withEverything(address: string) {
  const me = await person();
  const { minimax } = everything.model_providers;
  const model_providers = { ...everything.model_providers, minimax: { ...minimax, base_url: address } };
  await me.home.write({ '.config/trae-cli/trae_config.json': JSON.stringify({ ...everything, model_providers }) });
  return me;
}

describe('an example file of the original with one entry filled in', () => {
  test('works, though the other entries are placeholders and name what there is not', async () => {
    await using server = await modelServer(() => done('ok'));
    await using me = await withEverything(server.url);
    const { exitCode } = await me.run(['run', 'x']);
    expect(exitCode).toBe(0);
    expect(server.requests[0]?.headers.authorization).toBe('Bearer a-real-key-0123456789');
    expect(server.requests[0]?.body).toMatchObject({ model: 'abab5.5-chat' });
  });

  test.each([
    ['local', 2, 'there is no such vendor'],
    ['anthropic', 3, 'There is no API key for Anthropic'],
    ['azure', 2, 'base_url is required for OpenAI-compatible services'],
    ['openai', 3, 'There is no API key for OpenAI'],
  ])('says of %s what is wrong only when it is asked for', async (name, status, says) => {
    await using me = await withEverything('http://127.0.0.1:9/v1');
    const { exitCode, stderr } = await me.run(['run', 'x', '--provider', name]);
    expect(exitCode).toBe(status);
    expect(stderr).toContain(says);
  });
});
