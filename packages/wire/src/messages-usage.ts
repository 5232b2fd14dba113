import { z } from 'zod';

const count = z.number().nullish();

/**
 * Tokens. In `message_delta` every number stands for the whole message so far, and what is null or missing leaves the
 * earlier one as it was.
 */
export const messagesUsageSchema = z.looseObject({
  /** What was neither read from a cache nor written to one: the three add up to what was sent. */
  input_tokens: count,
  cache_read_input_tokens: count,
  cache_creation_input_tokens: count,
  cache_creation: z.looseObject({ ephemeral_5m_input_tokens: count, ephemeral_1h_input_tokens: count }).nullish(),
  output_tokens: count,
  output_tokens_details: z.looseObject({ thinking_tokens: count }).nullish(),
});

export type MessagesUsage = z.output<typeof messagesUsageSchema>;
