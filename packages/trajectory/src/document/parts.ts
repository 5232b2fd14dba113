import {
  type AssistantMessage,
  callsOf,
  type ImagePart,
  parseArguments,
  type StopReason,
  type TextPart,
  textOf,
  type ToolCallPart,
  type ToolMessage,
  type Usage,
  type UserMessage,
} from '@trae-cli/protocol';
import type { TraeMessage, TraeResponse, TraeStepUsage, TraeToolCall, TraeToolResult, TraeUsage } from './document.js';

const finishReasons = {
  end: 'stop',
  tool_calls: 'tool_calls',
  length: 'length',
  filtered: 'content_filter',
  other: 'other',
} as const satisfies Record<StopReason, string>;

/** The original's messages are text; a picture is named in its place. */
const contentText = (content: readonly (TextPart | ImagePart)[]): string =>
  content.map((part) => (part.type === 'text' ? part.text : `[image: ${part.mediaType}]`)).join('');

export function toolCall({ id, name, arguments: rawArguments }: ToolCallPart): TraeToolCall {
  const parsed = parseArguments(rawArguments);
  return {
    call_id: id,
    name,
    arguments: parsed.ok ? parsed.value : { unparsed_arguments: rawArguments },
    id: null,
  };
}

export function toolResult({ callId, status, content }: ToolMessage): TraeToolResult {
  const text = contentText(content);
  const isSuccess = status === 'ok';
  return {
    call_id: callId,
    success: isSuccess,
    result: isSuccess ? text : null,
    error: isSuccess ? null : text,
    id: null,
  };
}

export const sentMessage = (message: UserMessage | ToolMessage): TraeMessage =>
  message.role === 'user'
    ? { role: 'user', content: contentText(message.content) }
    : { role: 'user', content: null, tool_result: toolResult(message) };

export const stepUsage = (usage: Usage | null): TraeStepUsage | null =>
  usage === null ? null : { input_tokens: usage.input, output_tokens: usage.output };

export const interactionUsage = (usage: Usage | null): TraeUsage => ({
  input_tokens: usage?.input ?? 0,
  output_tokens: usage?.output ?? 0,
  cache_creation_input_tokens: usage?.cacheWrite ?? null,
  cache_read_input_tokens: usage?.cacheRead ?? null,
  reasoning_tokens: usage?.reasoning ?? null,
});

export const toolCalls = (answer: AssistantMessage): readonly TraeToolCall[] | null =>
  noneAsNull(callsOf(answer).map(toolCall));

export function response<Usage>(
  answer: AssistantMessage,
  stop: StopReason | undefined,
  usage: Usage,
): TraeResponse<Usage> {
  return {
    content: textOf(answer.content),
    model: answer.origin.model,
    finish_reason: stop === undefined ? null : finishReasons[stop],
    usage,
    tool_calls: toolCalls(answer),
  };
}

/** The original writes null where there is nothing to list. */
export const noneAsNull = <Item>(items: readonly Item[]): readonly Item[] | null => (items.length === 0 ? null : items);
