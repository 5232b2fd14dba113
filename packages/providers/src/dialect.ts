import type { JsonValue } from '@trae-cli/protocol';
import { effortField, reasoningEfforts, type Thinking } from './thinking.js';

/** How one OpenAI-compatible service differs from the next. Declared in the catalog or the configuration, never guessed. */
export type Dialect = {
  readonly maxTokensField: 'max_tokens' | 'max_completion_tokens' | 'max_output_tokens';
  readonly instructionsRole: 'system' | 'developer';
  /** `stream_options.include_usage` is needed to hear about usage. */
  readonly streamUsage: boolean;
  /** Whether `parallel_tool_calls: true` may be sent. `false`, where the person asks for it, always is. */
  readonly parallelToolCalls: boolean;
  readonly sampling: 'all' | 'no top_k' | 'temperature only' | 'none';
  /** Texts that end an answer are refused. */
  readonly refusesStop?: boolean;
  /** How an effort is asked for, where the person names one; `{}` for models that do not think. */
  readonly thinking: Thinking;
  /** Which field carries reasoning back to the model it came from; absent: none is sent back. */
  readonly replayReasoning?: 'reasoning_content' | 'reasoning_details' | 'as received';
  /** What stands in for the seal that is wanted on a call, where another model made the call. */
  readonly foreignCallSeal?: JsonValue;
  /** `insufficient_quota` means "wait a minute" here rather than "pay". */
  readonly quotaIsRate?: boolean;
  /** A stream may end without a finish reason and still be whole. */
  readonly omitsFinishReason?: boolean;
  /** The template opens the thought itself: text begins inside `<think>` without saying so. */
  readonly opensInThought?: boolean;
  /** Messages: what is sent again and again is marked for the prompt cache. */
  readonly cacheMarks?: boolean;
  /** Messages: thoughts come without a signature, and go back with an empty one. */
  readonly unsignedThoughts?: boolean;
  /** Messages: the generation of the protocol; default: the one that everybody speaks. */
  readonly messagesVersion?: MessagesVersion;
  /** Messages: sent as `anthropic-beta` while the model is asked to think. */
  readonly thinkingBeta?: string;
};

/** The later one takes no sampling parameters at all. */
export type MessagesVersion = '2023-06-01' | '2026-10-21';

export const plainDialect: Dialect = {
  maxTokensField: 'max_tokens',
  instructionsRole: 'system',
  streamUsage: true,
  parallelToolCalls: false,
  sampling: 'all',
  thinking: effortField(...reasoningEfforts),
};
