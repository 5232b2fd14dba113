import type { ImagePart, TextPart } from './content.js';
import type { JsonObject, JsonValue } from './json.js';

export type ToolSpec = { readonly name: string; readonly description: string; readonly inputSchema: JsonObject };

/** Neighbouring `read` calls of one turn run together; everything else runs alone, in order. */
export type ToolEffect = 'read' | 'write' | 'execute' | 'finish';

export type ToolContext = {
  readonly signal: AbortSignal;
  /** Progress for people while the tool runs. The model never reads it. */
  report(text: string): void;
};

export type ToolResult =
  | { readonly kind: 'output'; readonly content: readonly (TextPart | ImagePart)[]; readonly details?: JsonValue }
  | { readonly kind: 'failure'; readonly message: string; readonly details?: JsonValue }
  /** The task is claimed to be done; `summary` is empty where the model gave none. */
  | { readonly kind: 'completion'; readonly summary: string };

export interface Tool {
  readonly spec: ToolSpec;
  /** What this very call would do. Malformed arguments have the strongest effect the tool can have. */
  effectOf(rawArguments: string): ToolEffect;
  /** Answers every call: wrong arguments and failures are results, written for the model that reads them. */
  invoke(rawArguments: string, context: ToolContext): Promise<ToolResult>;
}

export const textOutput = (text: string, details?: JsonValue): ToolResult => ({
  kind: 'output',
  content: [{ type: 'text', text }],
  ...(details === undefined ? {} : { details }),
});

export const failure = (message: string, details?: JsonValue): ToolResult => ({
  kind: 'failure',
  message,
  ...(details === undefined ? {} : { details }),
});
