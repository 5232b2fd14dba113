import type { JsonValue } from './json.js';

export type TextPart = { readonly type: 'text'; readonly text: string };
export type ImagePart = { readonly type: 'image'; readonly mediaType: string; readonly base64: string };
export type ReasoningPart = {
  readonly type: 'reasoning';
  readonly text: string;
  /** Opaque vendor payload (a signature, an encrypted block), returned only to the model it came from. */
  readonly sealed?: JsonValue;
};
export type ToolCallPart = {
  readonly type: 'tool_call';
  readonly id: string;
  readonly name: string;
  /** The model's own words: JSON text, perhaps malformed. Parsed once, where the tool runs. */
  readonly arguments: string;
  /** Opaque vendor payload, returned unchanged to the model it came from and to no other. */
  readonly sealed?: JsonValue;
};

/** The text parts joined, everything else left out. */
export const textOf = (content: readonly { readonly type: string; readonly text?: string }[]): string =>
  content.map((part) => (part.type === 'text' ? (part.text ?? '') : '')).join('');
