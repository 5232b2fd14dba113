import { z } from 'zod';
import { lenient, stringsSchema, tokensSchema } from './lenient.js';

const tokens = lenient(tokensSchema);
const text = lenient(z.string());
const strings = lenient(stringsSchema);
const flag = lenient(z.boolean());
const amount = lenient(z.number().nonnegative());

/**
 * US dollars, in the form the service chose, which tells the unit: text is for one token (OpenRouter), a number for a
 * million tokens (Together). Less than nothing is how OpenRouter says that it varies, and counts as not said.
 */
const price = lenient(
  z.union([z.number().nonnegative(), z.string().regex(/^\+?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/)]),
);

const pricingSchema = z.looseObject({
  /** OpenRouter. */
  prompt: price,
  completion: price,
  request: price,
  input_cache_read: price,
  input_cache_write: price,
  /** Together. */
  input: price,
  output: price,
  cached_input: price,
});

/** What Anthropic says of each thing that a model can do. */
const support = lenient(z.looseObject({ supported: flag }));

/** Names of what a model can do at some, at Anthropic an object. */
const capabilitiesSchema = z.union([
  stringsSchema,
  z.looseObject({ image_input: support, thinking: support, effort: support, structured_outputs: support }),
]);

/**
 * One model, in the words of every service that says more than its name. Only the id counts: a field of another type
 * than it should be is as good as missing.
 */
export const modelListEntrySchema = z.looseObject({
  /** What requests name it by. Gemini puts `models/` before it. */
  id: z.string(),
  /** `chat`, `language`, `image`, `embedding` … at Together, `model` at Anthropic. */
  type: text,
  /** Names for people: OpenRouter, Together and Anthropic, Novita. */
  name: text,
  display_name: text,
  title: text,
  /** False where Groq has put it away. */
  active: flag,
  /** Anthropic: `active`, `deprecated` or `retired`, and the day when it is. */
  lifecycle: text,
  retires_at: text,
  /** OpenRouter: the day when it goes. */
  expiration_date: text,

  /** Tokens of the window: OpenRouter and Together, Groq, Novita, vLLM, Anthropic, LM Studio. */
  context_length: tokens,
  context_window: tokens,
  context_size: tokens,
  max_model_len: tokens,
  max_input_tokens: tokens,
  max_context_length: tokens,
  /** llama.cpp: the window it was trained with, which may be more than what it runs with. */
  meta: lenient(z.looseObject({ n_ctx_train: tokens, n_ctx: tokens })),

  /** Tokens of one answer: Groq, Novita, Anthropic. */
  max_completion_tokens: tokens,
  max_output_tokens: tokens,
  max_tokens: tokens,
  /** OpenRouter: the limits of the endpoint that it asks first. */
  top_provider: lenient(z.looseObject({ context_length: tokens, max_completion_tokens: tokens })),

  pricing: lenient(pricingSchema),
  /** Novita: ten-thousandths of a US dollar for a million tokens. */
  input_token_price_per_m: amount,
  output_token_price_per_m: amount,

  /** OpenRouter: what may be sent; `tools` among them where there is tool calling. */
  supported_parameters: strings,
  /** OpenRouter: `text`, `image`, `file`, `audio`, `video`. */
  architecture: lenient(z.looseObject({ input_modalities: strings, output_modalities: strings })),
  /** OpenRouter: there where the model can think. */
  reasoning: lenient(
    z.looseObject({
      mandatory: flag,
      default_enabled: flag,
      default_effort: text,
      supported_efforts: strings,
      supports_max_tokens: flag,
    }),
  ),
  /** Novita: `function-calling`, `reasoning`, `structured-outputs` and the like. */
  features: strings,
  capabilities: lenient(capabilitiesSchema),
});

export type ModelListEntry = z.output<typeof modelListEntrySchema>;
