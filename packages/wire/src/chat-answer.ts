import { z } from 'zod';
import { chatToolCallSchema } from './chat-message.js';
import { chatUsageSchema } from './chat-usage.js';

const text = z.string().nullish();

/** One piece of a call. Any field may be missing, empty or repeated; `tool-calls.ts` of `providers` settles them. */
export const chatToolCallDeltaSchema = z.looseObject({
  index: z.union([z.number(), z.string()]).nullish(),
  id: text,
  type: text,
  /** `arguments` is text by the book and an object on some servers. */
  function: z
    .looseObject({ name: text, arguments: z.union([z.string(), z.record(z.string(), z.json())]).nullish() })
    .nullish(),
  /** Gemini: `google.thought_signature`, to be sent back at the same place. */
  extra_content: z.json().optional(),
});

export const chatDeltaSchema = z.looseObject({
  role: text,
  content: text,
  refusal: text,
  /** The same thing by four names: DeepSeek and local servers, OpenRouter and Groq, gateways, OpenRouter with signatures. */
  reasoning_content: text,
  reasoning: text,
  reasoning_text: text,
  reasoning_details: z.array(z.json()).nullish(),
  tool_calls: z.array(chatToolCallDeltaSchema).nullish(),
  /** The form before there were tools. */
  function_call: z.looseObject({ name: text, arguments: text }).nullish(),
});

/** One event of the stream. `error` may come at any time, with status 200. */
export const chatChunkSchema = z.looseObject({
  id: text,
  object: text,
  model: text,
  choices: z
    .array(
      z.looseObject({
        index: z.number().optional(),
        delta: chatDeltaSchema.nullish(),
        finish_reason: text,
        usage: chatUsageSchema.nullish(),
      }),
    )
    .nullish(),
  usage: chatUsageSchema.nullish(),
  x_groq: z.looseObject({ id: text, usage: chatUsageSchema.nullish(), error: text }).nullish(),
  error: z.json().optional(),
});

/** The answer to a request that did not ask for a stream, and sometimes to one that did. */
export const chatReplySchema = z.looseObject({
  id: text,
  object: text,
  model: text,
  choices: z.array(
    z.looseObject({
      index: z.number().optional(),
      message: z.looseObject({
        role: z.literal('assistant'),
        content: text,
        refusal: text,
        reasoning_content: text,
        reasoning: text,
        tool_calls: z.array(chatToolCallSchema).nullish(),
      }),
      finish_reason: text,
    }),
  ),
  usage: chatUsageSchema.nullish(),
});

export type ChatToolCallDelta = z.output<typeof chatToolCallDeltaSchema>;
export type ChatDelta = z.output<typeof chatDeltaSchema>;
export type ChatChunk = z.output<typeof chatChunkSchema>;
export type ChatReply = z.output<typeof chatReplySchema>;
