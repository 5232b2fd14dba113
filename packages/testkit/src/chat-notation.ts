import type { JsonObject, JsonValue } from '@trae-cli/protocol';

const dataLine = (value: JsonValue): string => `data: ${JSON.stringify(value)}\n\n`;

const chunkWith = (choices: readonly JsonValue[], more: JsonObject = {}): string =>
  dataLine({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices, ...more });

/** The chunks of a Chat Completions stream under one-letter names, so that a stream reads as one line of a table. */
export const chatNotation = {
  /** A delta. */
  C: (delta: JsonValue): string => chunkWith([{ index: 0, delta, finish_reason: null }]),
  /** A delta with a finish reason. */
  F: (delta: JsonValue, reason: string | null): string => chunkWith([{ index: 0, delta, finish_reason: reason }]),
  /** A delta of tool calls. */
  T: (...calls: readonly JsonValue[]): string => chatNotation.C({ tool_calls: calls }),
  /** Usage, in a chunk without choices. */
  U: (usage: JsonValue): string => chunkWith([], { usage }),
  /** Any data at all. */
  data: dataLine,
  /** The end mark. */
  D: 'data: [DONE]\n\n',
} as const;
