import { z } from 'zod';

const count = z.number().nullish();

/** What a turn cost, in tokens, in the words of every vendor that has words of its own. */
export const chatUsageSchema = z.looseObject({
  /** Everything that was sent, cached or not. */
  prompt_tokens: count,
  completion_tokens: count,
  total_tokens: count,
  prompt_tokens_details: z
    .looseObject({ cached_tokens: count, cache_write_tokens: count, cache_creation_input_tokens: count })
    .nullish(),
  completion_tokens_details: z.looseObject({ reasoning_tokens: count }).nullish(),
  /** DeepSeek; the two add up to `prompt_tokens`. */
  prompt_cache_hit_tokens: count,
  prompt_cache_miss_tokens: count,
  /** Moonshot. */
  cached_tokens: count,
  /** OpenRouter, in US dollars. */
  cost: count,
});

export type ChatUsage = z.output<typeof chatUsageSchema>;
