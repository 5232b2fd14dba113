import type { JsonObject } from '@trae-cli/protocol';

/** The lines of a stream of Ollama under a one-letter name. */
export const ollamaNotation = {
  N: (line: JsonObject): string => `${JSON.stringify(line)}\n`,
} as const;
