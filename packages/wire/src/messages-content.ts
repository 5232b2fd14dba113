import { z } from 'zod';

/** Marks the end of a prefix to be cached: at most four in a request, none on thinking and none on empty text. */
export const messagesCacheControlSchema = z
  .looseObject({ type: z.literal('ephemeral'), ttl: z.string().optional() })
  .nullish();

const cacheable = { cache_control: messagesCacheControlSchema };

/** The service refuses text that is empty or nothing but space. */
export const messagesTextSchema = z.looseObject({
  type: z.literal('text'),
  text: z.string().regex(/\S/),
  ...cacheable,
});

const messagesImageSchema = z.looseObject({
  type: z.literal('image'),
  source: z.discriminatedUnion('type', [
    z.looseObject({ type: z.literal('base64'), media_type: z.string(), data: z.string() }),
    z.looseObject({ type: z.literal('url'), url: z.string() }),
  ]),
  ...cacheable,
});

/** Goes back exactly as it came, before the calls of its turn; the signature is bound to the model that gave it. */
const thinkingSchema = z.looseObject({ type: z.literal('thinking'), thinking: z.string(), signature: z.string() });

/** Thinking that nobody may read; goes back like any other. */
const redactedThinkingSchema = z.looseObject({ type: z.literal('redacted_thinking'), data: z.string() });

/** What the service takes for the id of a call. */
const messagesCallIdSchema = z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/);

const messagesToolUseSchema = z.looseObject({
  type: z.literal('tool_use'),
  id: messagesCallIdSchema,
  name: z.string().regex(/^[a-zA-Z0-9_-]{1,128}$/),
  /** An object, never text. */
  input: z.record(z.string(), z.json()),
  ...cacheable,
});

/** Text and nothing else where `is_error` is true. */
const messagesToolResultSchema = z.looseObject({
  type: z.literal('tool_result'),
  tool_use_id: messagesCallIdSchema,
  content: z
    .union([z.string(), z.array(z.discriminatedUnion('type', [messagesTextSchema, messagesImageSchema]))])
    .optional(),
  is_error: z.boolean().optional(),
  ...cacheable,
});

const knownTypes: readonly string[] = ['text', 'image', 'thinking', 'redacted_thinking', 'tool_use', 'tool_result'];

/** Blocks of the service's own tools and whatever comes after them: goes back as it came. */
const otherBlockSchema = z.looseObject({ type: z.string().refine((type) => !knownTypes.includes(type)) });

export const messagesUserBlockSchema = z.union([
  z.discriminatedUnion('type', [messagesTextSchema, messagesImageSchema, messagesToolResultSchema]),
  otherBlockSchema,
]);

export const messagesAssistantBlockSchema = z.union([
  z.discriminatedUnion('type', [messagesTextSchema, thinkingSchema, redactedThinkingSchema, messagesToolUseSchema]),
  otherBlockSchema,
]);

export type MessagesUserBlock = z.output<typeof messagesUserBlockSchema>;
export type MessagesAssistantBlock = z.output<typeof messagesAssistantBlockSchema>;
