export {
  type ChatChunk,
  chatChunkSchema,
  type ChatDelta,
  chatDeltaSchema,
  type ChatReply,
  chatReplySchema,
  type ChatToolCallDelta,
  chatToolCallDeltaSchema,
} from './chat-answer.js';
export { type ChatMessage, chatMessageSchema, type ChatToolCall, chatToolCallSchema } from './chat-message.js';
export {
  type ChatRequest,
  chatRequestSchema,
  type ChatTool,
  chatToolChoiceSchema,
  chatToolSchema,
} from './chat-request.js';
export { type ChatUsage, chatUsageSchema } from './chat-usage.js';
export { type ErrorBody, errorBodySchema, type ErrorObject, errorObjectSchema } from './error-body.js';
export { type ModelListEntry, modelListSchema } from './model-list.js';
