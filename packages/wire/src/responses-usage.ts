import { z } from 'zod';

const count = z.number().nullish();

/** Tokens; the details are parts of the numbers beside them. */
export const responsesUsageSchema = z.looseObject({
  input_tokens: count,
  input_tokens_details: z.looseObject({ cached_tokens: count, cache_write_tokens: count }).nullish(),
  output_tokens: count,
  output_tokens_details: z.looseObject({ reasoning_tokens: count }).nullish(),
  total_tokens: count,
});

export type ResponsesUsage = z.output<typeof responsesUsageSchema>;
