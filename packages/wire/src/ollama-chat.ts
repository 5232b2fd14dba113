import { z } from 'zod';

const objectSchema = z.record(z.string(), z.json());

const callSchema = z.looseObject({
  id: z.string().optional(),
  /** `arguments` is an object; as text the whole request is refused. */
  function: z.looseObject({ name: z.string(), arguments: objectSchema, index: z.int().optional() }),
});

/** Base64 and nothing before it. */
const imageSchema = z.string().regex(/^[A-Za-z0-9+/]+=*$/);

export const ollamaMessageSchema = z.discriminatedUnion('role', [
  z.looseObject({ role: z.literal('system'), content: z.string() }),
  z.looseObject({ role: z.literal('user'), content: z.string(), images: z.array(imageSchema).optional() }),
  z.looseObject({
    role: z.literal('assistant'),
    content: z.string().optional(),
    thinking: z.string().optional(),
    tool_calls: z.array(callSchema).optional(),
  }),
  z.looseObject({
    role: z.literal('tool'),
    content: z.string(),
    /** The name of the function. Older servers go by the order of the results alone. */
    tool_name: z.string().optional(),
    /** Newer servers. */
    tool_call_id: z.string().optional(),
    images: z.array(imageSchema).optional(),
  }),
]);

/** The body of `POST /api/chat`. It streams unless `stream` is false. There is no `tool_choice`. */
export const ollamaChatRequestSchema = z.looseObject({
  model: z.string(),
  /** None at all loads the model, or unloads it where `keep_alive` is 0. */
  messages: z.array(ollamaMessageSchema),
  stream: z.boolean().optional(),
  tools: z
    .array(
      z.looseObject({
        type: z.literal('function'),
        function: z.looseObject({ name: z.string(), description: z.string().optional(), parameters: objectSchema }),
      }),
    )
    .optional(),
  /** Left out: on where the model can. True is refused elsewhere. */
  think: z.union([z.boolean(), z.enum(['low', 'medium', 'high', 'max'])]).optional(),
  /** `5m` where it is not said; a number is seconds, -1 for ever, 0 at once. */
  keep_alive: z.union([z.string(), z.number()]).optional(),
  /** False: a prompt that is too long is an error, rather than cut without a word. */
  truncate: z.boolean().optional(),
  /** False: an answer that outgrows the window ends, rather than pushing the middle of the prompt out. */
  shift: z.boolean().optional(),
  /** Unknown keys are passed over, wrong types refused. */
  options: z
    .looseObject({
      /** Tokens of the window. Another number than last time loads the model anew. */
      num_ctx: z.int().optional(),
      /** Tokens of the answer, -1 for as many as it takes. */
      num_predict: z.int().optional(),
      temperature: z.number().optional(),
      top_p: z.number().optional(),
      top_k: z.int().optional(),
      stop: z.array(z.string()).optional(),
    })
    .optional(),
});

export type OllamaMessage = z.output<typeof ollamaMessageSchema>;
export type OllamaChatRequest = z.output<typeof ollamaChatRequestSchema>;
