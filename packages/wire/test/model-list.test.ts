import { modelListSchema } from '@trae-cli/wire';
import { describe, expect, test } from 'vitest';

const only = (entry: object) => modelListSchema.parse({ data: [entry] })[0];

describe('a list of models', () => {
  test.each([
    [[{ id: 'a' }, { id: 'b' }]],
    [{ object: 'list', data: [{ id: 'a' }, null, {}, 7, { id: 'b' }] }],
    [{ models: [{ id: 'a' }, { id: 'b' }] }],
  ])('of the form %j has a and b', (list) => {
    expect(modelListSchema.parse(list).map(({ id }) => id)).toEqual(['a', 'b']);
  });

  test.each([[{}], [null], ['<html>'], [{ data: 'none' }]])('is not %j', (list) => {
    expect(modelListSchema.safeParse(list).success).toBe(false);
  });
});

describe('an entry says what it says', () => {
  test.each([
    [
      'OpenRouter',
      {
        id: 'vendor/m',
        context_length: 1_000_000,
        pricing: { prompt: '0.000002', completion: '0.00001', input_cache_read: '2e-7' },
        top_provider: { context_length: 200_000, max_completion_tokens: 128_000, is_moderated: false },
        supported_parameters: ['tools', 'temperature'],
        architecture: { input_modalities: ['text', 'image'], output_modalities: ['text'], tokenizer: 'Other' },
        reasoning: { mandatory: false, supported_efforts: ['low', 'high'], default_enabled: true },
      },
    ],
    [
      'Together',
      {
        id: 'Vendor/M',
        type: 'chat',
        display_name: 'M',
        context_length: 131_072,
        pricing: { input: 0.15, output: 0.6, base: 0, cached_input: 0.05 },
      },
    ],
    ['Groq', { id: 'm', active: true, context_window: 131_072, max_completion_tokens: 65_536 }],
    [
      'Novita',
      {
        id: 'm',
        context_size: 131_072,
        max_output_tokens: 32_768,
        input_token_price_per_m: 500,
        output_token_price_per_m: 2500,
        features: ['function-calling'],
      },
    ],
    ['vLLM', { id: 'm', max_model_len: 8192 }],
    [
      'Anthropic',
      {
        id: 'm',
        type: 'model',
        display_name: 'M',
        max_input_tokens: 1_000_000,
        max_tokens: 128_000,
        lifecycle: 'active',
        capabilities: { image_input: { supported: true }, thinking: { supported: true, types: {} } },
      },
    ],
    ['llama.cpp', { id: 'm.gguf', meta: { n_ctx_train: 32_768, n_params: 1 } }],
    ['Gemini', { id: 'models/m', object: 'model', owned_by: 'google' }],
  ])('in the words of %s', (_service, entry) => {
    expect(only(entry)).toEqual(entry);
  });

  test('with numbers that come as text', () => {
    expect(only({ id: 'm', context_length: '8192' })).toMatchObject({ context_length: 8192 });
  });
});

test.each([
  [{ context_length: { tokens: 1 } }],
  [{ context_length: 0 }],
  [{ context_length: -1 }],
  [{ context_length: 1.5 }],
  [{ context_length: null }],
  [{ context_length: '8k' }],
  [{ active: 'yes' }],
  [{ supported_parameters: 'tools' }],
  [{ architecture: 'transformer' }],
  [{ architecture: { input_modalities: null } }],
  [{ pricing: 'free' }],
  [{ pricing: { prompt: '-1', completion: [], input: 'much', output: -3 } }],
  [{ top_provider: null }],
  [{ capabilities: 7 }],
  [{ capabilities: { thinking: 'yes' } }],
  [{ reasoning: true }],
  [{ meta: null }],
])('what is wrong in %j counts as not said, and the model is still there', (fields) => {
  expect(JSON.stringify(only({ id: 'm', ...fields }))).toMatch(
    /^\{"id":"m"(?:,"(?:architecture|pricing|capabilities)":\{\})?\}$/,
  );
});

test('words in a list that are no words are passed over', () => {
  expect(only({ id: 'm', features: ['reasoning', 7, null] })).toMatchObject({ features: ['reasoning'] });
});
