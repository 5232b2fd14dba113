import { catalog } from '@trae-cli/providers';
import { modelServer } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { vendorOf, vendors } from './vendor.js';

const nobody = 'http://127.0.0.1:1';

describe('a service is asked', () => {
  test.each(catalog.filter(({ baseUrl, defaultModel }) => baseUrl !== undefined && defaultModel !== undefined))(
    'where its key or its server is there, and not elsewhere: $id',
    async (entry) => {
      await using server = await modelServer([], { ollama: { models: { 'qwen3:8b': {} } } });
      const [keyVariable = ''] = entry.keyVariables;
      const [addressVariable = ''] = entry.baseUrlVariables;
      const reached = entry.keyRequired
        ? { [keyVariable]: 'a-key-for-nobody' }
        : { [addressVariable]: server.origin.replace('http://', '') };
      expect(await vendorOf(entry, { [addressVariable]: nobody })).toBeUndefined();
      expect(await vendorOf(entry, reached)).toMatchObject({ entry, model: expect.stringMatching(/./) });
    },
  );

  test('with the model that is named for it', async () => {
    const found = await vendors({ GROQ_API_KEY: 'a', GROQ_LIVE_MODEL: 'another', OLLAMA_HOST: nobody });
    const asked = found.filter(([, vendor]) => vendor !== undefined);
    expect(asked).toMatchObject([['groq', { model: 'another', baseUrl: 'https://api.groq.com/openai/v1' }]]);
  });
});
