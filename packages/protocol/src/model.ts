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
  /** US dollars, as the service says, or reckoned from the price of the model. */
  readonly costUsd?: number;
  /** `costUsd` is reckoned here from a price that is known of the model, rather than told by the service. */
  readonly isCostReckoned?: true;
};

/** US dollars for a million tokens. */
type TokenPrices = {
  readonly input: number;
  readonly output: number;
  /** Read from a cache, written to one. Absent: as `input`. */
  readonly cacheRead?: number;
  readonly cacheWrite?: number;
};

/** What a model costs. */
export type Price = TokenPrices & {
  /** Other prices for a request whose input, what is cached included, has more than `above` tokens. Ascending. */
  readonly tiers?: readonly (TokenPrices & { readonly above: number })[];
};

/** What a service, or the table that comes with the program, says of a model. Absent where nobody says. */
export type ModelInfo = {
  readonly id: string;
  /** Tokens. */
  readonly contextWindow?: number;
  /** Tokens of one answer, at most. */
  readonly maxOutput?: number;
  readonly tools?: boolean;
  readonly images?: boolean;
  readonly reasoning?: boolean;
  readonly price?: Price;
  /** What is wrong with it, as a clause that follows its name: retired, too small, without tools. */
  readonly notice?: string;
};

/** What has been found out about the form of requests that a service takes, so that it need not be found out again. */
export type Compatibility = {
  /** Parameters that are not sent. */
  readonly omit?: readonly string[];
  /** Parameters that are sent by another name. */
  readonly rename?: Readonly<Record<string, string>>;
  /** Parameters that are sent with this value. */
  readonly set?: Readonly<Record<string, JsonValue>>;
  /** Ways of the protocol that the service does not know, each by the name of what is done instead. */
  readonly adapt?: readonly string[];
};

/** What the requests so far have taught of a model. */
export type Learnt = {
  readonly compatibility: Compatibility;
  readonly toolCalls: 'native' | 'prompted';
  /** Tokens, where an overflow has told. */
  readonly contextWindow?: number;
};

/** How far the download of a model has come. Bytes; absent while nobody knows. */
export type PullProgress = { readonly status: string; readonly completed?: number; readonly total?: number };

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
  /** Nothing is sent for so many milliseconds, to stay within a limit. What the turn has said so far remains. */
  | { readonly type: 'waiting'; readonly waitMs: number; readonly message: string }
  /** Something the person should know and nobody has to act on, such as a parameter that was dropped. */
  | { readonly type: 'noticed'; readonly message: string }
  /** `usage` is null when the vendor did not say: unknown is not zero. */
  | {
      readonly type: 'finished';
      readonly stop: StopReason;
      readonly usage: Usage | null;
      readonly responseId?: string;
      /** The answer came in one piece, not while it was written. */
      readonly isStreamed?: false;
    };

export type Sampling = {
  readonly temperature?: number;
  readonly topP?: number;
  readonly topK?: number;
  /** Tokens of one answer, at most. */
  readonly maxOutput?: number;
  /** The answer ends before any of these texts. Left out where a model does not take it. */
  readonly stop?: readonly string[];
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
  /** Tokens of one answer, at most; absent where nobody knows. */
  readonly maxOutput?: number;
  /** `prompted`: the model writes its calls into its text, because it cannot make them otherwise. Absent: `native`. */
  readonly toolCalls?: 'native' | 'prompted';
  /** Whether the model can think before it answers; absent where nobody knows. */
  readonly reasoning?: boolean;
  /** Absent where nobody knows. */
  readonly price?: Price;
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
  /** What the service offers, in its order, with what it says itself. */
  listModels(signal: AbortSignal): Promise<readonly ModelInfo[]>;
  /** One cheap request that needs the key; throws `credentials_rejected` where it is refused. */
  checkKey(signal: AbortSignal): Promise<void>;
  /** What a model costs, if anybody knows; its traits have it from then on. Sends nothing. */
  priceOf?(name: string): Promise<Price | undefined>;
  /** What has been learnt of a model since it was asked for; undefined before that. */
  learnt?(name: string): Learnt | undefined;
  /**
   * Fetches a model that the service could have and has not, and ends when it has it; at once where it is there. Absent
   * where models are not fetched.
   */
  pull?(name: string, signal: AbortSignal): AsyncIterable<PullProgress>;
}
