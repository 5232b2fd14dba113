import { z } from 'zod';

const textPartSchema = z.looseObject({ type: z.literal('text'), text: z.string() });

const imagePartSchema = z.looseObject({
  type: z.literal('image_url'),
  /** A web address, or `data:image/png;base64,…`. */
  image_url: z.looseObject({ url: z.string() }),
});

const textContentSchema = z.union([z.string(), z.array(textPartSchema)]);

export const chatToolCallSchema = z.looseObject({
  id: z.string(),
  type: z.literal('function'),
  /** `arguments` is JSON as text, in both directions. */
  function: z.looseObject({ name: z.string(), arguments: z.string() }),
});

export const chatMessageSchema = z.discriminatedUnion('role', [
  z.looseObject({ role: z.literal('system'), content: textContentSchema }),
  z.looseObject({ role: z.literal('developer'), content: textContentSchema }),
  z.looseObject({
    role: z.literal('user'),
    content: z.union([z.string(), z.array(z.union([textPartSchema, imagePartSchema]))]),
  }),
  z.looseObject({
    role: z.literal('assistant'),
    content: textContentSchema.nullish(),
    tool_calls: z.array(chatToolCallSchema).nullish(),
    reasoning_content: z.string().nullish(),
    reasoning: z.string().nullish(),
    /** Opaque: goes back to where it came from as it came. */
    reasoning_details: z.array(z.json()).nullish(),
  }),
  z.looseObject({ role: z.literal('tool'), tool_call_id: z.string(), content: textContentSchema }),
]);

export type ChatToolCall = z.output<typeof chatToolCallSchema>;
export type ChatMessage = z.output<typeof chatMessageSchema>;
