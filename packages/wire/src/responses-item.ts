import { z } from 'zod';

const inputTextSchema = z.looseObject({ type: z.literal('input_text'), text: z.string() });

const inputImageSchema = z.looseObject({
  type: z.literal('input_image'),
  /** A web address, or `data:image/png;base64,…`: text, not an object as in Chat Completions. */
  image_url: z.string().nullish(),
  detail: z.string().optional(),
});

const outputTextSchema = z.looseObject({ type: z.literal('output_text'), text: z.string() });
const refusalSchema = z.looseObject({ type: z.literal('refusal'), refusal: z.string() });

const inputContentSchema = z.union([
  z.string(),
  z.array(z.discriminatedUnion('type', [inputTextSchema, inputImageSchema])),
]);

const callIdSchema = z.string().regex(/^[^]{1,64}$/);

/** Thinking. Where nothing is stored, `encrypted_content` is what makes it worth sending back. */
const reasoningItemSchema = z.looseObject({
  type: z.literal('reasoning'),
  id: z.string().optional(),
  summary: z.array(z.looseObject({ type: z.literal('summary_text'), text: z.string() })),
  content: z.array(z.looseObject({ type: z.string(), text: z.string() })).nullish(),
  encrypted_content: z.string().nullish(),
});

const functionCallSchema = z.looseObject({
  type: z.literal('function_call'),
  /** The item's own id, `fc_…`: refused without the reasoning item that it came behind, and best left out. */
  id: z.string().nullish(),
  /** What the result refers to. */
  call_id: callIdSchema,
  name: z.string().regex(/^[a-zA-Z0-9_-]{1,128}$/),
  /** JSON as text. */
  arguments: z.string(),
});

const functionCallOutputSchema = z.looseObject({
  type: z.literal('function_call_output'),
  call_id: callIdSchema,
  output: inputContentSchema,
});

const spokenSchema = z.discriminatedUnion('role', [
  z.looseObject({
    type: z.literal('message').optional(),
    role: z.enum(['user', 'system', 'developer']),
    content: inputContentSchema,
  }),
  z.looseObject({
    type: z.literal('message').optional(),
    role: z.literal('assistant'),
    content: z.union([z.string(), z.array(z.discriminatedUnion('type', [outputTextSchema, refusalSchema]))]),
  }),
]);

const knownTypes: readonly string[] = ['message', 'reasoning', 'function_call', 'function_call_output'];

/** Items of the service's own tools and whatever comes after them go back as they came. */
const otherItemSchema = z.looseObject({ type: z.string().refine((type) => !knownTypes.includes(type)) });

/** One thing of the conversation: something said, thinking, a call, or the answer to a call, all in one list. */
export const responsesInputItemSchema = z.union([
  z.discriminatedUnion('type', [reasoningItemSchema, functionCallSchema, functionCallOutputSchema]),
  spokenSchema,
  otherItemSchema,
]);

export type ResponsesInputItem = z.output<typeof responsesInputItemSchema>;
