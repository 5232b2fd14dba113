import type { ErrorCode } from './error.js';
import type { JsonValue } from './json.js';
import type { Message, ModelRef } from './message.js';
import type { ToolSpec } from './tool.js';

/** Tokens. `input` is what was not read from a cache; `output` includes `reasoning`. */
export type Usage = {
  readonly input: number;
  readonly output: number;
  readonly reasoning: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  /** US dollars, only where the service itself says so. */
  readonly costUsd?: number;
};

export type StopReason = 'end' | 'tool_calls' | 'length' | 'filtered' | 'other';

/**
 * Deltas name the part they belong to, by its position in the message. `retrying` voids the turn:
 * what was said before it never happened.
 */
export type ModelEvent =
  /** A request has left: the parameters beside messages and tools. */
  | { readonly type: 'requested'; readonly parameters: JsonValue }
  | { readonly type: 'text_delta'; readonly part: number; readonly text: string }
  | { readonly type: 'reasoning_delta'; readonly part: number; readonly text: string }
  | { readonly type: 'tool_call_started'; readonly part: number; readonly id: string; readonly name: string }
  | { readonly type: 'tool_call_delta'; readonly part: number; readonly arguments: string }
  | { readonly type: 'part_sealed'; readonly part: number; readonly sealed: JsonValue }
  | {
      readonly type: 'retrying';
      readonly attempt: number;
      readonly waitMs: number;
      readonly reason: ErrorCode;
      readonly message: string;
    }
  /** Something the person should know and nobody has to act on, such as a parameter that was dropped. */
  | { readonly type: 'noticed'; readonly message: string }
  /** `usage` is null when the vendor did not say: unknown is not zero. */
  | {
      readonly type: 'finished';
      readonly stop: StopReason;
      readonly usage: Usage | null;
      readonly responseId?: string;
    };

export type Sampling = {
  readonly temperature?: number;
  readonly topP?: number;
  readonly topK?: number;
  /** Tokens of one answer, at most. */
  readonly maxOutput?: number;
};

export type ModelRequest = {
  readonly instructions: string;
  readonly messages: readonly Message[];
  readonly tools: readonly ToolSpec[];
  readonly sampling?: Sampling;
};

export type ModelTraits = {
  /** Tokens; null where nobody knows. */
  readonly contextWindow: number | null;
  /** What to reckon with while `contextWindow` is null. Always shown as an assumption. */
  readonly assumedContextWindow: number;
  readonly images: boolean;
  readonly parallelToolCalls: boolean;
};

export interface Model {
  readonly ref: ModelRef;
  readonly traits: ModelTraits;
  /** Yields until `finished`, or throws a TraeError. Stateless: the request is the whole conversation. */
  stream(request: ModelRequest, signal: AbortSignal): AsyncIterable<ModelEvent>;
}

export interface LLMProvider {
  readonly id: string;
  /** Begins to load what the first request needs, without waiting for it. Sends nothing. */
  warm(): void;
  model(name: string, signal: AbortSignal): Promise<Model>;
  listModels(signal: AbortSignal): Promise<readonly string[]>;
  /** One cheap request that needs the key; throws `credentials_rejected` where it is refused. */
  checkKey(signal: AbortSignal): Promise<void>;
}
