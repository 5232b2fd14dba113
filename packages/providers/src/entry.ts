import type { Clock, JsonValue, Secret } from '@trae-cli/protocol';
import type { Dialect } from './dialect.js';
import type { ErrorKind } from './error-kinds.js';

/** One vendor, as data. A new OpenAI-compatible vendor is one of these and nothing else. */
export type CatalogEntry = About & {
  readonly id: string;
  /** Other names it goes by. */
  readonly aliases?: readonly string[];
  readonly displayName: string;
  readonly kind: 'openai-compatible';
  /** Absent where there is no such thing as a default: the person has to say. */
  readonly baseUrl?: string;
  /** Origins that are the vendor's own as well, such as those of its regions. */
  readonly otherOrigins?: readonly string[];
  /** Completes an address that is given without it, such as `/openai/v1`. */
  readonly addressPath?: string;
  /** What an address looks like, where everybody has another. */
  readonly addressExample?: string;
  /** The first that is set wins. */
  readonly keyVariables: readonly string[];
  /** False for servers that often run without a key. */
  readonly keyRequired: boolean;
  /** How its keys begin, where nobody else's do. */
  readonly keyPrefixes?: readonly string[];
  /** How the key is sent. Default: as a bearer token. */
  readonly auth?: 'bearer' | { readonly header: string };
  /** What a key is checked at; default `/models`. */
  readonly keyCheckPath?: string;
  /** Environment variables that may move the address, for this vendor only. */
  readonly baseUrlVariables: readonly string[];
  readonly defaultModel?: string;
  /** Why nobody finds a model in the list of the service; a clause, without a full stop. */
  readonly unlistedModels?: string;
  readonly dialect: Dialect;
  /** Differences by model, the first match wins; patterns are matched against the whole model id. */
  readonly models: readonly ModelRule[];
  /** Sent in the body of every request. */
  readonly parameters?: Readonly<Record<string, JsonValue>>;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Headers whose values come from the environment, where the variable is set. */
  readonly headerVariables?: Readonly<Record<string, string>>;
  /** What else to do about an error here, in whole sentences. */
  readonly advice?: Readonly<Partial<Record<ErrorKind, string>>>;
};

/** What people want to know of a vendor. */
type About = {
  readonly keyUrl?: string;
  readonly websiteUrl?: string;
  readonly docsUrl?: string;
  readonly popularModels?: readonly string[];
  /** What is free, in a sentence; vendors change it at will. */
  readonly freeTier?: string;
  readonly rateLimit?: string;
  /** What is different here, a sentence each. */
  readonly notes?: readonly string[];
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
  /** Where `baseUrl` is from, for messages: `trae_config.json:5`. */
  readonly baseUrlOrigin?: string;
  /** `baseUrl` is where turns are asked for, and nothing is appended to it. */
  readonly fullUrl?: boolean;
  readonly displayName?: string;
  /** Tokens. */
  readonly contextWindow?: number;
  /** Tokens of one answer, at most. */
  readonly maxOutput?: number;
  /** Whether the models read images. */
  readonly multimodal?: boolean;
  /** False: every answer is asked for in one piece. */
  readonly stream?: boolean;
  /** One of `reasoningEfforts`. */
  readonly reasoningEffort?: string;
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
