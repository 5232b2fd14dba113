import type { OllamaModel } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { tokensThatFit } from '../../src/ollama/model-size.js';
import { chooseWindow, windowInParameters } from '../../src/ollama/window.js';
import { noticesOf, type TalkOptions, talkWith } from './talk.js';

const gibibyte = 1024 ** 3;

async function windowWith(model: OllamaModel, options: TalkOptions = {}) {
  await using talk = await talkWith([{ text: 'a' }, { text: 'b' }], {
    ...options,
    server: { ollama: { models: { m: model } } },
  });
  const heard = await talk.hear();
  await talk.hear();
  const [first, second] = talk.bodies.map((body) => body['options']);
  expect(second).toEqual(first);
  const { traits } = await talk.model();
  return { options: first, window: traits.contextWindow, notice: noticesOf(heard)[0] };
}

type Wish = { readonly model: OllamaModel; readonly asked?: number };

const small = { contextLength: 8192 };

test.each([
  ['64 Ki tokens, which agents need', { model: {} }, 65_536, 'set context_window'],
  ['no more than the model was trained with', { model: small }, 8192, 'the model has no more'],
  ['what the person says', { model: {}, asked: 16_384 }, 16_384, 'as context_window says'],
  ['that as far as the model goes', { model: small, asked: 16_384 }, 8192, 'the model has no more'],
  ['what the Modelfile says', { model: { parameters: 'stop "x"\nnum_ctx 24576' } }, 24_576, 'as the Modelfile says'],
  ['the person before the Modelfile', { model: { parameters: 'num_ctx 9216' }, asked: 12_288 }, 12_288, 'as context_w'],
])('the window is %s', async (_what, { asked, model }: Wish, tokens, reason) => {
  const settings = asked === undefined ? {} : { contextWindow: asked };
  const { options, window, notice } = await windowWith(model, { settings });
  expect(options).toEqual({ num_ctx: tokens });
  expect(window).toBe(tokens);
  expect(notice).toContain(`${tokens.toLocaleString('en-US')} tokens (num_ctx): ${reason}`);
});

test('on a machine with little memory it is half, and no more than fits beside the model', async () => {
  expect((await windowWith({}, { machineMemory: 15 * gibibyte })).options).toEqual({ num_ctx: 32_768 });
  const { notice, options } = await windowWith({}, { machineMemory: 7 * gibibyte });
  expect(options).toMatchObject({ num_ctx: expect.any(Number) });
  expect((options as { num_ctx: number }).num_ctx).toBeLessThan(32_768);
  expect(notice).toContain('memory of this machine');
});

test('it never falls below 4096 where the model has that', () => {
  const facts = { asked: undefined, modelfile: undefined, hasSmallMemory: true, isRemote: false };
  expect(chooseWindow({ ...facts, trained: 131_072, fitting: 0 }).tokens).toBe(4096);
  expect(chooseWindow({ ...facts, trained: 2048, fitting: 0 }).tokens).toBe(2048);
  expect(chooseWindow({ ...facts, trained: undefined, fitting: undefined }).tokens).toBe(32_768);
});

test('a model in the cloud has its whole window, whatever the memory here', async () => {
  await using talk = await talkWith([{ text: 'a' }], { model: 'kimi-k2.6:cloud', machineMemory: gibibyte });
  await talk.hear();
  expect(talk.bodies[0]).toMatchObject({ options: { num_ctx: 131_072 } });
});

describe('the reckoning of memory', () => {
  const llama8b = {
    details: { parameter_size: '8.0B', quantization_level: 'Q4_K_M' },
    model_info: {
      'general.architecture': 'llama',
      'general.parameter_count': 8_030_261_248,
      'llama.block_count': 32,
      'llama.embedding_length': 4096,
      'llama.attention.head_count': 32,
      'llama.attention.head_count_kv': 8,
    },
  };

  test('a model of 8 billion parameters takes 128 KiB a token beside its weights', () => {
    const weights = (8_030_261_248 * 4.75) / 8;
    expect(tokensThatFit(llama8b, weights + 10 * 131_072)).toBe(9);
    expect(tokensThatFit(llama8b, 16 * gibibyte)).toBeGreaterThan(65_536);
    expect(tokensThatFit(llama8b, 4 * gibibyte)).toBe(0);
  });

  test('heads may be told layer by layer, and sizes may be missing', () => {
    const perLayer = {
      ...llama8b.model_info,
      'llama.attention.head_count_kv': Array.from({ length: 32 }, (_, layer) => (layer % 2) * 8),
    };
    const one = tokensThatFit(llama8b, 16 * gibibyte);
    expect(tokensThatFit({ ...llama8b, model_info: perLayer }, 16 * gibibyte)).toBeGreaterThanOrEqual(2 * one - 1);
    expect(tokensThatFit({}, 16 * gibibyte)).toBeGreaterThan(65_536);
    expect(
      tokensThatFit({ details: { parameter_size: '70.6B', quantization_level: 'Q4_0' } }, 64 * gibibyte),
    ).toBeGreaterThan(32_768);
  });
});

test.each([
  ['num_ctx 8192', 8192],
  ['stop "a"\nnum_ctx                        8192\ntemperature 1', 8192],
  ['num_ctx many', undefined],
  ['xnum_ctx 8192', undefined],
  [undefined, undefined],
])('the parameters %j ask for %s', (lines, tokens) => {
  expect(windowInParameters(lines)).toBe(tokens);
});

test('what a model can do is what the server says', async () => {
  const model = { capabilities: ['completion', 'vision'] };
  await using talk = await talkWith([], { server: { ollama: { models: { m: model } } } });
  expect((await talk.model()).traits).toMatchObject({ images: true, reasoning: false });
});

test('an old server, which says nothing of it, leaves everything open', async () => {
  await using talk = await talkWith([{ text: 'a' }], {
    server: { ollama: { models: { m: { capabilities: null, contextLength: null } } } },
  });
  expect((await talk.hear()).error).toBeUndefined();
  expect((await talk.model()).traits.reasoning).toBeUndefined();
  expect(talk.bodies[0]).toMatchObject({ options: { num_ctx: 65_536 } });
});

test('a model that only embeds is refused before a turn', async () => {
  await using talk = await talkWith([], { server: { ollama: { models: { m: { capabilities: ['embedding'] } } } } });
  await expect(talk.model()).rejects.toMatchObject({
    code: 'model_unknown',
    message: expect.stringContaining('embedding'),
  });
});
