import { z } from 'zod';
import { responsesUsageSchema } from './responses-usage.js';

const text = z.string().nullish();
const code = z.union([z.string(), z.number()]).nullish();

const partSchema = z.looseObject({
  /** `output_text`, `refusal`, `summary_text` or `reasoning_text`. */
  type: z.string(),
  text,
  refusal: text,
});

/** One thing that the model made: which fields there are follows from `type`. */
export const responsesOutputItemSchema = z.looseObject({
  /** `message`, `reasoning`, `function_call`, or an item of the service's own tools. */
  type: z.string(),
  id: text,
  status: text,
  role: text,
  /** Of a message, and of reasoning that is shown whole. */
  content: z.array(partSchema).nullish(),
  /** Of reasoning. */
  summary: z.array(partSchema).nullish(),
  encrypted_content: text,
  /** Of a call: what its result refers to, its name, and JSON as text. */
  call_id: text,
  name: text,
  arguments: text,
});

/**
 * The whole answer, and what the first and the last event of a stream hold. There is no finish reason: a turn that has
 * calls in it ends for them.
 */
export const responsesReplySchema = z.looseObject({
  id: text,
  object: text,
  model: text,
  /** `queued`, `in_progress`, `completed`, `incomplete`, `failed` or `cancelled`. */
  status: text,
  output: z.array(responsesOutputItemSchema).nullish(),
  error: z.looseObject({ code, message: text }).nullish(),
  /** `max_output_tokens` or `content_filter`. */
  incomplete_details: z.looseObject({ reason: text }).nullish(),
  usage: responsesUsageSchema.nullish(),
});

export type ResponsesOutputItem = z.output<typeof responsesOutputItemSchema>;
export type ResponsesReply = z.output<typeof responsesReplySchema>;
