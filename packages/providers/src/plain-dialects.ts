import type { ApiFormat } from './api-format.js';
import { thinkingBudgets } from './anthropic/thinking-forms.js';
import { type Dialect, plainDialect } from './dialect.js';
import { nestedEfforts } from './openai-responses/reasoning-effort.js';
import { reasoningEfforts } from './thinking.js';

/** Compatibles are rarely the vendor: what they think has no signature, and effort is told by a budget. */
const messagesDialect: Dialect = {
  ...plainDialect,
  sampling: 'no top_k',
  streamUsage: false,
  cacheMarks: true,
  unsignedThoughts: true,
  thinking: thinkingBudgets,
};

const responsesDialect: Dialect = {
  ...plainDialect,
  maxTokensField: 'max_output_tokens',
  sampling: 'no top_k',
  streamUsage: false,
  thinking: nestedEfforts(reasoningEfforts),
};

/** How a service of each protocol is spoken to that nobody knows anything about: with the least that can be refused. */
export const plainDialects: Readonly<Record<ApiFormat, Dialect>> = {
  'openai-chat': { ...plainDialect, replayReasoning: 'as received' },
  'openai-responses': responsesDialect,
  anthropic: messagesDialect,
  ollama: { ...plainDialect, streamUsage: false, thinking: { none: { think: false }, on: { think: true } } },
};
