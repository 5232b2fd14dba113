import type { JsonObject, Usage } from '@trae-cli/protocol';
import { chatNotation } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { heardFrom } from './conversation.js';

const { C, D, data, F, U } = chatNotation;

const said = C({ content: 'Hi' }) + F({}, 'stop');
const finish = (more: JsonObject, choice: JsonObject = {}): string =>
  data({ id: 'c', choices: [{ index: 0, delta: {}, finish_reason: 'stop', ...choice }], ...more });

const counted = (usage: Partial<Usage>): Usage => ({
  input: 0,
  output: 0,
  reasoning: 0,
  cacheRead: 0,
  cacheWrite: 0,
  ...usage,
});

const plainUsage = { prompt_tokens: 9, completion_tokens: 1, total_tokens: 10 };

describe('tokens are counted as the vendor means them', () => {
  test.each<readonly [string, string, Usage]>([
    [
      'case 58: cached tokens are part of the prompt, reasoning part of the answer',
      said +
        U({
          prompt_tokens: 100,
          completion_tokens: 20,
          prompt_tokens_details: { cached_tokens: 80 },
          completion_tokens_details: { reasoning_tokens: 5 },
        }),
      counted({ input: 20, cacheRead: 80, output: 20, reasoning: 5 }),
    ],
    [
      'case 59: usage told twice in one chunk counts once',
      C({ content: 'Hi' }) + finish({ usage: plainUsage, x_groq: { usage: plainUsage } }),
      counted({ input: 9, output: 1 }),
    ],
    [
      'case 59b: usage told only in x_groq counts',
      C({ content: 'Hi' }) + finish({ x_groq: { usage: plainUsage } }),
      counted({ input: 9, output: 1 }),
    ],
    [
      'case 60: hits and misses of a cache',
      said + U({ prompt_cache_hit_tokens: 80, prompt_cache_miss_tokens: 20, prompt_tokens: 100, completion_tokens: 7 }),
      counted({ input: 20, cacheRead: 80, output: 7 }),
    ],
    [
      'case 61: usage inside the choice',
      C({ content: 'Hi' }) + finish({}, { usage: { prompt_tokens: 9, completion_tokens: 1, cached_tokens: 4 } }),
      counted({ input: 5, cacheRead: 4, output: 1 }),
    ],
    [
      'case 61b: cached tokens at the top',
      said + U({ prompt_tokens: 9, completion_tokens: 1, cached_tokens: 4 }),
      counted({ input: 5, cacheRead: 4, output: 1 }),
    ],
    [
      'case 62: null everywhere but at the end',
      data({ choices: [{ index: 0, delta: { content: 'Hi' } }], usage: null }) + F({}, 'stop') + U(plainUsage),
      counted({ input: 9, output: 1 }),
    ],
    [
      'case 62b: a running count, of which the last is right',
      [1, 2, 3]
        .map((n) =>
          data({ choices: [{ index: 0, delta: { content: 'x' } }], usage: { prompt_tokens: 9, completion_tokens: n } }),
        )
        .join('') + F({}, 'stop'),
      counted({ input: 9, output: 3 }),
    ],
    [
      'case 62c: null after the count',
      data({ choices: [{ index: 0, delta: { content: 'Hi' } }], usage: plainUsage }) + finish({ usage: null }),
      counted({ input: 9, output: 1 }),
    ],
    [
      'case 63: the cost is what the vendor says it is',
      said + U({ ...plainUsage, cost: 0.0123 }),
      counted({ input: 9, output: 1, costUsd: 0.0123 }),
    ],
    [
      '§4.7: tokens written to a cache are part of the prompt',
      said +
        U({
          prompt_tokens: 100,
          completion_tokens: 1,
          prompt_tokens_details: { cached_tokens: 30, cache_write_tokens: 50 },
        }),
      counted({ input: 20, cacheRead: 30, cacheWrite: 50, output: 1 }),
    ],
    [
      '§4.7: the same under the name cache_creation_input_tokens',
      said +
        U({ prompt_tokens: 100, completion_tokens: 1, prompt_tokens_details: { cache_creation_input_tokens: 50 } }),
      counted({ input: 50, cacheWrite: 50, output: 1 }),
    ],
    [
      '§4.7: reasoning that stands beside the answer is added to it',
      said +
        U({
          prompt_tokens: 10,
          completion_tokens: 5,
          total_tokens: 35,
          completion_tokens_details: { reasoning_tokens: 20 },
        }),
      counted({ input: 10, output: 25, reasoning: 20 }),
    ],
    [
      '§4.7: nothing is ever less than zero',
      said + U({ prompt_tokens: 10, completion_tokens: 5, prompt_tokens_details: { cached_tokens: 40 } }),
      counted({ input: 0, output: 5, cacheRead: 40 }),
    ],
    [
      '§4.7: null details are no details',
      said +
        U({ prompt_tokens: 9, completion_tokens: 1, prompt_tokens_details: null, completion_tokens_details: null }),
      counted({ input: 9, output: 1 }),
    ],
  ])('%s', async (_title, body, usage) => {
    expect((await heardFrom(body + D)).usage).toEqual(usage);
  });
});

test.each([
  ['says nothing', ''],
  ['says null', U(null)],
])('case 64: where the vendor %s, usage is unknown, which is not zero', async (_title, last) => {
  expect(await heardFrom(said + last + D)).toMatchObject({ usage: null, stop: 'end', error: undefined });
});
