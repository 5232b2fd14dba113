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
export { modelListSchema } from './model-list.js';
export type { ModelListEntry } from './model-list-entry.js';
export {
  type MessagesBlock,
  messagesBlockSchema,
  type MessagesDelta,
  messagesDeltaSchema,
  type MessagesEvent,
  messagesEventSchema,
  type MessagesReply,
  messagesReplySchema,
} from './messages-answer.js';
export {
  type MessagesAssistantBlock,
  messagesAssistantBlockSchema,
  type MessagesUserBlock,
  messagesUserBlockSchema,
} from './messages-content.js';
export { type MessagesError, messagesErrorSchema } from './messages-error.js';
export { type MessagesModels, messagesModelsSchema } from './messages-models.js';
export {
  type MessagesMessage,
  messagesMessageSchema,
  type MessagesRequest,
  messagesRequestSchema,
  type MessagesTool,
  messagesToolSchema,
} from './messages-request.js';
export { type MessagesUsage, messagesUsageSchema } from './messages-usage.js';
export {
  type OllamaChatRequest,
  ollamaChatRequestSchema,
  type OllamaMessage,
  ollamaMessageSchema,
} from './ollama-chat.js';
export {
  type OllamaCall,
  ollamaCallSchema,
  type OllamaChatLine,
  ollamaChatLineSchema,
  type OllamaError,
  ollamaErrorSchema,
  type OllamaPullLine,
  ollamaPullLineSchema,
} from './ollama-line.js';
export {
  type OllamaInstalledModel,
  type OllamaLoadedModel,
  ollamaLoadedSchema,
  type OllamaShow,
  ollamaShowSchema,
  ollamaTagsSchema,
  ollamaVersionSchema,
} from './ollama-models.js';
export {
  type ResponsesOutputItem,
  responsesOutputItemSchema,
  type ResponsesReply,
  responsesReplySchema,
} from './responses-answer.js';
export { type ResponsesEvent, responsesEventSchema } from './responses-event.js';
export { type ResponsesInputItem, responsesInputItemSchema } from './responses-item.js';
export {
  type ResponsesRequest,
  responsesRequestSchema,
  type ResponsesTool,
  responsesToolSchema,
} from './responses-request.js';
export { type ResponsesUsage, responsesUsageSchema } from './responses-usage.js';
