import type { Clock, JsonValue, Secret } from '@trae-cli/protocol';
import type { Dialect } from './dialect.js';

/** One vendor, as data. A new OpenAI-compatible vendor is one of these and nothing else. */
export type CatalogEntry = {
  readonly id: string;
  readonly displayName: string;
  readonly kind: 'openai-compatible';
  /** Absent where there is no such thing as a default: the person has to say. */
  readonly baseUrl?: string;
  /** The first that is set wins. */
  readonly keyVariables: readonly string[];
  /** False for servers that often run without a key. */
  readonly keyRequired: boolean;
  /** Environment variables that may move the address, for this vendor only. */
  readonly baseUrlVariables: readonly string[];
  readonly defaultModel?: string;
  readonly keyUrl?: string;
  readonly dialect: Dialect;
  /** Differences by model, the first match wins; patterns are matched against the whole model id. */
  readonly models: readonly ModelRule[];
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Headers whose values come from the environment, where the variable is set. */
  readonly headerVariables?: Readonly<Record<string, string>>;
};

export type ModelRule = {
  readonly pattern: RegExp;
  /** Tokens. */
  readonly contextWindow?: number;
  /** Tokens of one answer, at most. */
  readonly maxOutput?: number;
  readonly images?: boolean;
  readonly dialect?: Partial<Dialect>;
  /** Sent in every request to this model, such as `reasoning_effort: "none"`. */
  readonly parameters?: Readonly<Record<string, JsonValue>>;
  /** Said once when the model is chosen: retired, too small, without tools. */
  readonly notice?: string;
};

/** What the person decided about one provider. Everything is optional; the entry has the defaults. */
export type ProviderSettings = {
  readonly apiKey?: Secret;
  readonly baseUrl?: string;
  readonly contextWindow?: number;
  readonly maxRetries?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly parallelToolCalls?: boolean;
  /** Milliseconds until the first header. */
  readonly headersTimeoutMs?: number;
  /** Milliseconds of silence between two bytes. */
  readonly idleTimeoutMs?: number;
};

/** What the package is handed instead of reaching for it. */
export type ProviderDependencies = {
  readonly clock: Clock;
  /** From 0 to 1, for jitter and for ids that a server forgot. */
  random(): number;
};
