import { modelListSchema } from '@trae-cli/wire';
import { describe, expect, test } from 'vitest';
import { holdsConversations, modelInfoFrom } from '../../src/knowledge/list-entry.js';

const entryOf = (fields: object) => {
  const [entry] = modelListSchema.parse([{ id: 'm', ...fields }]);
  if (entry === undefined) throw new Error('The list has no entry.');
  return entry;
};

const infoOf = (fields: object) => modelInfoFrom(entryOf(fields));

describe('case 101e: what a list says of a model is understood', () => {
  test.each([
    [
      'OpenRouter',
      {
        id: 'anthropic/claude',
        context_length: 1_000_000,
        top_provider: { context_length: 200_000, max_completion_tokens: 64_000, is_moderated: true },
        architecture: { input_modalities: ['text', 'image'], output_modalities: ['text'] },
        pricing: { prompt: '0.0000007', completion: '0.000003', input_cache_read: '0.00000007', image: '0' },
        supported_parameters: ['tools', 'reasoning', 'max_tokens'],
      },
      {
        id: 'anthropic/claude',
        contextWindow: 200_000,
        maxOutput: 64_000,
        tools: true,
        images: true,
        reasoning: true,
        price: { input: 0.7, output: 3, cacheRead: 0.07 },
      },
    ],
    [
      'OpenRouter, of one that costs nothing and can do little',
      {
        id: 'small:free',
        context_length: 8192,
        architecture: { input_modalities: ['text'] },
        pricing: { prompt: '0', completion: '0' },
        supported_parameters: ['max_tokens'],
        expiration_date: '2026-12-31',
      },
      {
        id: 'small:free',
        contextWindow: 8192,
        tools: false,
        images: false,
        reasoning: false,
        price: { input: 0, output: 0 },
        notice: 'ends on 2026-12-31.',
      },
    ],
    [
      'Together',
      {
        id: 'a/b',
        type: 'chat',
        context_length: 131_072,
        pricing: { input: 0.15, output: 0.6, cached_input: 0.05, hourly: 0 },
      },
      { id: 'a/b', contextWindow: 131_072, price: { input: 0.15, output: 0.6, cacheRead: 0.05 } },
    ],
    [
      'Groq',
      { id: 'gpt', active: true, context_window: 131_072, max_completion_tokens: 65_536 },
      { id: 'gpt', contextWindow: 131_072, maxOutput: 65_536 },
    ],
    [
      'Groq, of one that is put away',
      { id: 'old', active: false },
      { id: 'old', notice: 'is switched off by the service.' },
    ],
    [
      'Novita',
      {
        id: 'n',
        context_size: 1_000_000,
        max_output_tokens: 393_216,
        input_token_price_per_m: 1400,
        output_token_price_per_m: 2800,
        features: ['function-calling', 'structured-outputs'],
      },
      {
        id: 'n',
        contextWindow: 1_000_000,
        maxOutput: 393_216,
        tools: true,
        reasoning: false,
        price: { input: 0.14, output: 0.28 },
      },
    ],
    ['vLLM', { id: 'qwen', max_model_len: 32_768 }, { id: 'qwen', contextWindow: 32_768 }],
    ['llama.cpp', { id: 'x.gguf', meta: { n_ctx_train: 262_144, n_ctx: 8192 } }, { id: 'x.gguf', contextWindow: 8192 }],
    [
      'llama.cpp, of what it was trained with alone',
      { id: 'x.gguf', meta: { n_ctx_train: 262_144 } },
      { id: 'x.gguf' },
    ],
    [
      'LM Studio',
      {
        id: 'gemma',
        type: 'vlm',
        max_context_length: 131_072,
        loaded_context_length: 4096,
        capabilities: ['tool_use'],
      },
      { id: 'gemma', contextWindow: 4096, tools: true, images: true },
    ],
    [
      'LiteLLM',
      {
        id: 'l',
        model_info: {
          max_input_tokens: 200_000,
          max_output_tokens: 8192,
          supports_function_calling: true,
          supports_vision: false,
          input_cost_per_token: 0.000003,
          output_cost_per_token: 0.000015,
        },
      },
      { id: 'l', contextWindow: 200_000, maxOutput: 8192, tools: true, images: false, price: { input: 3, output: 15 } },
    ],
    ['Gemini', { id: 'models/gemini-3.8-flash', owned_by: 'google' }, { id: 'gemini-3.8-flash' }],
    [
      'Anthropic',
      {
        id: 'claude-old',
        type: 'model',
        max_input_tokens: 200_000,
        max_tokens: 64_000,
        capabilities: { image_input: { supported: true }, thinking: { supported: false } },
        lifecycle: 'deprecated',
        retires_at: '2026-11-30T00:00:00Z',
      },
      {
        id: 'claude-old',
        contextWindow: 200_000,
        maxOutput: 64_000,
        tools: true,
        images: true,
        reasoning: false,
        notice: 'is deprecated, and ends on 2026-11-30.',
      },
    ],
    ['OpenAI', { id: 'gpt-4.1', object: 'model', owned_by: 'system' }, { id: 'gpt-4.1' }],
  ])('in the words of %s', (_service, fields, info) => {
    expect(infoOf(fields)).toEqual(info);
  });
});

test.each([
  ['a price that varies', { pricing: { prompt: '-1', completion: '-1' } }],
  ['half a price', { pricing: { prompt: '0.000001' } }],
  ['the zeros of what is hired by the hour', { pricing: { input: 0, output: 0, hourly: 9 } }],
  ['the zeros of what LiteLLM does not know', { model_info: { input_cost_per_token: 0, output_cost_per_token: 0 } }],
  ['a price in another unit', { pricing: { prompt: '5', completion: '9' } }],
  ['a price that is no number', { pricing: { prompt: 'a lot', completion: '{}' } }],
  ['a limit of nothing', { context_length: 0, max_completion_tokens: null, model_info: { max_input_tokens: -3 } }],
  ['a word that elsewhere stands for the window', { max_tokens: 4096 }],
  ['a day that is none', { expiration_date: 'soon\u001b[31m', retires_at: 12 }],
  ['members of other types', { model_info: [1], capabilities: 'all', loaded_context_length: '4k' }],
])('%s says nothing', (_what, fields) => {
  expect(infoOf(fields)).toEqual({ id: 'm' });
});

test.each([
  [{ id: 'gpt-6-sol' }, true],
  [{ id: 'a/b', type: 'chat' }, true],
  [{ id: 'gemini-3.1-flash-image', architecture: { output_modalities: ['image', 'text'] } }, true],
  [{ id: 'my-realtime-model', architecture: { output_modalities: ['text'] } }, true],
  [{ id: 'a/b', type: 'embedding' }, false],
  [{ id: 'painter', architecture: { output_modalities: ['image'] } }, false],
  [{ id: 'text-embedding-3-small' }, false],
  [{ id: 'whisper-large-v3' }, false],
  [{ id: 'gpt-4o-mini-tts' }, false],
  [{ id: 'omni-moderation-latest' }, false],
  [{ id: 'embeddinggemma-tool' }, true],
])('that %j holds conversations is %s', (fields, expected) => {
  expect(holdsConversations(entryOf(fields))).toBe(expected);
});
