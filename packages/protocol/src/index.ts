export {
  type AgentEvent,
  type AgentEventType,
  durability,
  type EventOf,
  isDurable,
  type RunOutcome,
  type StoppedReason,
  stopReasonOf,
  type Verdict,
} from './agent-event.js';
export { type ParsedArguments, parseArguments } from './arguments.js';
export { clipped } from './clipped.js';
export type { Clock } from './clock.js';
export { type ImagePart, type ReasoningPart, type TextPart, textOf, type ToolCallPart } from './content.js';
export { defineTool, type ToolDefinition } from './define-tool.js';
export { type Environment, isSet } from './environment.js';
export {
  asTraeError,
  type ErrorCode,
  type ErrorRecord,
  errorTable,
  messageOf,
  TraeError,
  type TraeErrorOptions,
} from './error.js';
export { deepestJson, isJsonObject, isTooDeep, type JsonObject, type JsonValue, parseJson } from './json.js';
export { escapeForPattern } from './escape-for-pattern.js';
export { groupBy } from './group-by.js';
export { keyPrefix } from './key-prefix.js';
export {
  type AssistantMessage,
  callsOf,
  isEmptyAnswer,
  type Message,
  type ModelRef,
  type ToolMessage,
  type UserMessage,
  userMessage,
} from './message.js';
export type {
  Compatibility,
  Learnt,
  LLMProvider,
  Model,
  ModelEvent,
  ModelInfo,
  ModelRequest,
  ModelTraits,
  Price,
  PullProgress,
  Sampling,
  StopReason,
  Usage,
} from './model.js';
export { didYouMean, editDistance, nearest } from './nearest.js';
export { costOf } from './price.js';
export { printable } from './printable.js';
export { durationMs, formatBytes, formatCost, formatCount, formatDuration } from './amounts.js';
export { hasCode, reasonOf } from './system-error.js';
export { createRedactor, type RedactingStream, type Redactor } from './redactor.js';
export { Secret } from './secret.js';
export {
  applyEvent,
  createSessionFold,
  emptySession,
  foldSession,
  type ModelTotals,
  type Session,
  type SessionFold,
} from './session.js';
export {
  failure,
  textOutput,
  type Tool,
  type ToolContext,
  type ToolEffect,
  type ToolResult,
  type ToolSpec,
} from './tool.js';
export { createTurn, type FinishedTurn, type Turn } from './turn.js';
