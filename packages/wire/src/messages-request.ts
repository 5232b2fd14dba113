import { z } from 'zod';
import {
  messagesCacheControlSchema,
  messagesAssistantBlockSchema,
  messagesTextSchema,
  messagesUserBlockSchema,
} from './messages-content.js';

/** The results of all calls of a turn stand in one user message, before anything else in it. */
export const messagesMessageSchema = z.discriminatedUnion('role', [
  z.looseObject({ role: z.literal('user'), content: z.union([z.string(), z.array(messagesUserBlockSchema).min(1)]) }),
  z.looseObject({
    role: z.literal('assistant'),
    content: z.union([z.string(), z.array(messagesAssistantBlockSchema).min(1)]),
  }),
  /** Newer models only; elsewhere the instructions stand in `system` of the request. */
  z.looseObject({ role: z.literal('system'), content: z.union([z.string(), z.array(messagesTextSchema).min(1)]) }),
]);

export const messagesToolSchema = z.looseObject({
  name: z.string().regex(/^[a-zA-Z0-9_-]{1,128}$/),
  description: z.string().optional(),
  /** `oneOf`, `anyOf` and `allOf` are refused at its root. */
  input_schema: z.looseObject({ type: z.literal('object'), properties: z.record(z.string(), z.json()).optional() }),
  strict: z.boolean().optional(),
  /** Input is sent as it is written, neither collected nor checked by the service. */
  eager_input_streaming: z.boolean().optional(),
  cache_control: messagesCacheControlSchema,
});

const messagesToolChoiceSchema = z.looseObject({
  type: z.enum(['auto', 'any', 'tool', 'none']),
  name: z.string().optional(),
  disable_parallel_tool_use: z.boolean().optional(),
});

const messagesThinkingSchema = z.discriminatedUnion('type', [
  /** Models up to 4.5 and those made like them. */
  z.looseObject({ type: z.literal('enabled'), budget_tokens: z.int().min(1024) }),
  /** Models from 4.6 on; how much is told by `output_config.effort`. */
  z.looseObject({ type: z.literal('adaptive'), display: z.enum(['summarized', 'omitted']).optional() }),
  z.looseObject({ type: z.literal('disabled') }),
]);

/** The body of `POST /v1/messages`. The first message is the user's. */
export const messagesRequestSchema = z.looseObject({
  model: z.string(),
  /** Mandatory here, other than anywhere else; more than `budget_tokens`, and no more than the model can. */
  max_tokens: z.int().nonnegative(),
  messages: z.array(messagesMessageSchema).min(1),
  system: z.union([z.string(), z.array(messagesTextSchema)]).optional(),
  stream: z.boolean().optional(),
  tools: z.array(messagesToolSchema).optional(),
  tool_choice: messagesToolChoiceSchema.optional(),
  thinking: messagesThinkingSchema.optional(),
  output_config: z.looseObject({ effort: z.string().nullish() }).optional(),
  /** None may hold nothing but space. */
  stop_sequences: z.array(z.string().regex(/\S/)).optional(),
  /** Never beside `top_p`; neither at all on newer models. */
  temperature: z.number().optional(),
  top_p: z.number().optional(),
  top_k: z.int().optional(),
  metadata: z.looseObject({ user_id: z.string().nullish() }).optional(),
  cache_control: messagesCacheControlSchema,
});

export type MessagesMessage = z.output<typeof messagesMessageSchema>;
export type MessagesTool = z.output<typeof messagesToolSchema>;
export type MessagesRequest = z.output<typeof messagesRequestSchema>;
