import { modelServer, type OllamaOptions } from '@trae-cli/testkit';
import {
  messagesModelsSchema,
  modelListSchema,
  ollamaErrorSchema,
  ollamaLoadedSchema,
  ollamaShowSchema,
  ollamaTagsSchema,
  ollamaVersionSchema,
} from '@trae-cli/wire';
import { describe, expect, test } from 'vitest';
import { post } from './asking.js';

const read = async (url: string, headers: Readonly<Record<string, string>> = {}): Promise<unknown> =>
  (await fetch(url, { headers })).json();

const never = (): never => {
  throw new Error('The script was asked.');
};

describe('the list of models', () => {
  test('comes in the form that is asked for', async () => {
    await using server = await modelServer(never, { models: ['a', 'b'] });
    expect(modelListSchema.parse(await read(`${server.url}/models`))).toMatchObject([{ id: 'a' }, { id: 'b' }]);
    const page = messagesModelsSchema.parse(
      await read(`${server.url}/models?limit=1000`, { 'anthropic-version': '2023-06-01' }),
    );
    expect(page).toMatchObject({ data: [{ id: 'a', type: 'model' }, { id: 'b' }], has_more: false, last_id: 'b' });
    expect(server.requests).toHaveLength(2);
    expect(server.turns).toEqual([]);
  });

  test('is the business of the script where nobody named any', async () => {
    await using server = await modelServer([{ status: 404, body: 'none' }]);
    expect((await fetch(`${server.url}/models`)).status).toBe(404);
    expect(server.turns).toHaveLength(1);
  });
});

describe('a server of Ollama', () => {
  const ollama: OllamaOptions = {
    version: '0.20.0',
    models: {
      small: { contextLength: 8192, capabilities: ['completion'], parameters: 'num_ctx 2048', size: 7 },
      'old:7b': { contextLength: null, capabilities: null, loadedContext: 2048 },
    },
  };

  test('says what it was told of itself and its models', async () => {
    await using server = await modelServer(never, { ollama });
    expect(ollamaVersionSchema.parse(await read(`${server.origin}/api/version`)).version).toBe('0.20.0');
    const { models } = ollamaTagsSchema.parse(await read(`${server.origin}/api/tags`));
    expect(models).toMatchObject([{ name: 'small:latest', size: 7 }, { name: 'old:7b' }]);
    const small = ollamaShowSchema.parse(await (await post(`${server.origin}/api/show`, { model: 'small' })).json());
    expect(small).toMatchObject({
      capabilities: ['completion'],
      model_info: { 'general.architecture': 'llama', 'llama.context_length': 8192 },
      parameters: 'num_ctx 2048',
    });
    const old = ollamaShowSchema.parse(await (await post(`${server.origin}/api/show`, { model: 'old:7b' })).json());
    expect(old.capabilities).toBeUndefined();
    expect(old.model_info).toBeUndefined();
    expect(ollamaLoadedSchema.parse(await read(`${server.origin}/api/ps`)).models).toMatchObject([
      { name: 'old:7b', context_length: 2048 },
    ]);
  });

  test('does not know a model that it was not given', async () => {
    await using server = await modelServer(never, { ollama });
    const response = await post(`${server.origin}/api/show`, { model: 'big' });
    expect(response.status).toBe(404);
    expect(ollamaErrorSchema.parse(await response.json())).toEqual({ error: "model 'big' not found" });
  });

  test('has every model that is asked for where it was given none, with the window that a chat wants', async () => {
    await using server = await modelServer([{ text: 'Hi' }]);
    const shown = ollamaShowSchema.parse(await (await post(`${server.origin}/api/show`, { model: 'm' })).json());
    expect(shown).toMatchObject({
      capabilities: ['completion', 'tools', 'thinking', 'vision'],
      model_info: { 'llama.context_length': 131_072 },
    });
    await (await post(`${server.origin}/api/chat`, { model: 'm', messages: [], options: { num_ctx: 4096 } })).text();
    const { models } = ollamaLoadedSchema.parse(await read(`${server.origin}/api/ps`));
    expect(models).toMatchObject([{ name: 'm:latest', context_length: 4096 }]);
    expect(server.turns).toHaveLength(1);
  });

  test('fetches models as the script says', async () => {
    await using server = await modelServer([{ chunks: ['{"status":"success"}\n'] }]);
    const response = await post(`${server.origin}/api/pull`, { model: 'm' });
    expect(await response.text()).toBe('{"status":"success"}\n');
  });
});

test.each(['/v1/chat/completions', '/v1/responses', '/v1/messages', '/api/chat'])(
  'a refusal is sent at %s as the script has it',
  async (path) => {
    await using server = await modelServer([{ status: 429, headers: { 'retry-after': '2' }, json: { error: 'slow' } }]);
    const response = await post(`${server.origin}${path}`, { model: 'm', stream: true });
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '2']);
    expect(await response.json()).toEqual({ error: 'slow' });
  },
);
