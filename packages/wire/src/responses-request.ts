import { z } from 'zod';
import { responsesInputItemSchema } from './responses-item.js';

/** Flat, other than in Chat Completions. */
export const responsesToolSchema = z.looseObject({
  type: z.literal('function'),
  name: z.string().regex(/^[a-zA-Z0-9_-]{1,128}$/),
  description: z.string().nullish(),
  parameters: z.record(z.string(), z.json()).nullish(),
  /** True where it is not said, which asks more of `parameters` than most schemas hold. */
  strict: z.boolean().nullish(),
});

const responsesToolChoiceSchema = z.union([
  z.enum(['auto', 'none', 'required']),
  z.looseObject({ type: z.literal('function'), name: z.string() }),
]);

/** The body of `POST /responses`. */
export const responsesRequestSchema = z.looseObject({
  model: z.string(),
  input: z.union([z.string(), z.array(responsesInputItemSchema)]),
  instructions: z.string().nullish(),
  tools: z.array(responsesToolSchema).min(1).optional(),
  tool_choice: responsesToolChoiceSchema.optional(),
  parallel_tool_calls: z.boolean().nullish(),
  stream: z.boolean().nullish(),
  /** False: the service keeps nothing, and the conversation is in the request. */
  store: z.boolean().nullish(),
  /** `reasoning.encrypted_content` asks for thinking that can be sent back. */
  include: z.array(z.string()).nullish(),
  reasoning: z.looseObject({ effort: z.string().nullish(), summary: z.string().nullish() }).nullish(),
  text: z.looseObject({ verbosity: z.string().nullish() }).optional(),
  max_output_tokens: z.int().min(16).nullish(),
  temperature: z.number().nullish(),
  top_p: z.number().nullish(),
  prompt_cache_key: z.string().nullish(),
});

export type ResponsesTool = z.output<typeof responsesToolSchema>;
export type ResponsesRequest = z.output<typeof responsesRequestSchema>;
