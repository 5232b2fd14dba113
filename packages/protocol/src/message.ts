import type { ImagePart, ReasoningPart, TextPart, ToolCallPart } from './content.js';

export type ModelRef = { readonly provider: string; readonly model: string };

export type UserMessage = { readonly role: 'user'; readonly content: readonly (TextPart | ImagePart)[] };
export type AssistantMessage = {
  readonly role: 'assistant';
  readonly content: readonly (TextPart | ReasoningPart | ToolCallPart)[];
  readonly origin: ModelRef;
};
export type ToolMessage = {
  readonly role: 'tool';
  readonly callId: string;
  readonly toolName: string;
  readonly status: 'ok' | 'error';
  readonly content: readonly (TextPart | ImagePart)[];
};
export type Message = UserMessage | AssistantMessage | ToolMessage;

export const userMessage = (text: string): UserMessage => ({ role: 'user', content: [{ type: 'text', text }] });

/** The calls of an assistant message, in the order asked. */
export const callsOf = (message: AssistantMessage): readonly ToolCallPart[] =>
  message.content.filter((part) => part.type === 'tool_call');

/** Neither a word nor a call: recorded, and left out of the next request, which vendors would reject. */
export const isEmptyAnswer = ({ content }: AssistantMessage): boolean =>
  content.every((part) => part.type === 'reasoning' || (part.type === 'text' && part.text.trim() === ''));
