import { z } from 'zod';
import { responsesOutputItemSchema, responsesReplySchema } from './responses-answer.js';

const text = z.string().nullish();

/** An event about the answer as a whole. */
const aboutReply = <Type extends string>(type: Type) =>
  z.looseObject({ type: z.literal(type), response: responsesReplySchema });

/** An event about one item, which `output_index` tells; `item_id` is not the same in every event at some proxies. */
const ofItem = { item_id: text, output_index: z.number() };

const aboutItem = <Type extends string>(type: Type) =>
  z.looseObject({ type: z.literal(type), output_index: z.number(), item: responsesOutputItemSchema });

const piece = <Type extends string>(type: Type) => z.looseObject({ type: z.literal(type), ...ofItem, delta: text });

const wholeText = <Type extends string>(type: Type) => z.looseObject({ type: z.literal(type), ...ofItem, text });

const aboutPart = <Type extends string>(type: Type) =>
  z.looseObject({
    type: z.literal(type),
    ...ofItem,
    part: z.looseObject({ type: z.string(), text, refusal: text }),
  });

/** One event of the stream. Types that are not here come too, and mean nothing to an agent. */
export const responsesEventSchema = z.discriminatedUnion('type', [
  aboutReply('response.created'),
  aboutReply('response.queued'),
  aboutReply('response.in_progress'),
  aboutItem('response.output_item.added'),
  /** The truth about the item, whatever the pieces said. */
  aboutItem('response.output_item.done'),
  aboutPart('response.content_part.added'),
  aboutPart('response.content_part.done'),
  piece('response.output_text.delta'),
  wholeText('response.output_text.done'),
  piece('response.refusal.delta'),
  z.looseObject({ type: z.literal('response.refusal.done'), ...ofItem, refusal: text }),
  aboutPart('response.reasoning_summary_part.added'),
  aboutPart('response.reasoning_summary_part.done'),
  piece('response.reasoning_summary_text.delta'),
  wholeText('response.reasoning_summary_text.done'),
  piece('response.reasoning_text.delta'),
  wholeText('response.reasoning_text.done'),
  piece('response.function_call_arguments.delta'),
  z.looseObject({ type: z.literal('response.function_call_arguments.done'), ...ofItem, arguments: text }),
  /** One of these three, or `error`, is the last. */
  aboutReply('response.completed'),
  aboutReply('response.incomplete'),
  aboutReply('response.failed'),
  z.looseObject({
    type: z.literal('error'),
    code: z.union([z.string(), z.number()]).nullish(),
    message: text,
    param: text,
    /** Proxies put the three above under one name. */
    error: z.json().optional(),
  }),
]);

export type ResponsesEvent = z.output<typeof responsesEventSchema>;
