import { z } from 'zod';
import { errorObjectSchema } from './error-body.js';
import { messagesUsageSchema } from './messages-usage.js';

const text = z.string().nullish();

/** A block as an answer holds it: which fields there are follows from `type`, and compatibles leave some of them out. */
export const messagesBlockSchema = z.looseObject({
  /** `text`, `thinking`, `redacted_thinking`, `tool_use`, or a block of the service's own tools. */
  type: z.string(),
  text,
  thinking: text,
  signature: text,
  /** Of redacted thinking. */
  data: text,
  id: text,
  name: text,
  /** Empty at the start of a streamed call, missing at llama.cpp, and the whole input at some compatibles. */
  input: z.record(z.string(), z.json()).nullish(),
});

/**
 * The whole answer; at the start of a stream without content. `stop_reason` is `end_turn`, `tool_use`, `max_tokens`,
 * `stop_sequence`, `pause_turn` (send the conversation again to go on), `refusal` or `model_context_window_exceeded`.
 */
export const messagesReplySchema = z.looseObject({
  id: text,
  type: text,
  role: text,
  model: text,
  content: z.array(messagesBlockSchema).nullish(),
  stop_reason: text,
  stop_sequence: text,
  stop_details: z.looseObject({ category: text, explanation: text }).nullish(),
  usage: messagesUsageSchema.nullish(),
});

/** `text_delta`, `thinking_delta`, `input_json_delta` (often empty at first), `signature_delta`; others are passed over. */
export const messagesDeltaSchema = z.looseObject({
  type: z.string(),
  text,
  thinking: text,
  signature: text,
  partial_json: text,
});

/** One event of the stream. Types that are not here come too, at any time, and mean nothing to an agent. */
export const messagesEventSchema = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('message_start'), message: messagesReplySchema }),
  z.looseObject({ type: z.literal('content_block_start'), index: z.number(), content_block: messagesBlockSchema }),
  z.looseObject({ type: z.literal('content_block_delta'), index: z.number(), delta: messagesDeltaSchema }),
  z.looseObject({ type: z.literal('content_block_stop'), index: z.number() }),
  z.looseObject({
    type: z.literal('message_delta'),
    delta: messagesReplySchema.pick({ stop_reason: true, stop_sequence: true, stop_details: true }).nullish(),
    usage: messagesUsageSchema.nullish(),
  }),
  z.looseObject({ type: z.literal('message_stop') }),
  z.looseObject({ type: z.literal('ping') }),
  /** At any time, with status 200; nothing follows. */
  z.looseObject({ type: z.literal('error'), error: errorObjectSchema }),
]);

export type MessagesBlock = z.output<typeof messagesBlockSchema>;
export type MessagesReply = z.output<typeof messagesReplySchema>;
export type MessagesDelta = z.output<typeof messagesDeltaSchema>;
export type MessagesEvent = z.output<typeof messagesEventSchema>;
