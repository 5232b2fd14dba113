import type { Clock, Compatibility, JsonValue, Price, Secret } from '@trae-cli/protocol';
import type { ApiFormat } from './api-format.js';
import type { Dialect } from './dialect.js';
import type { ErrorKind } from './error-kinds.js';

/** One vendor, as data. A new OpenAI-compatible vendor is one of these and nothing else. */
export type CatalogEntry = About & {
  readonly id: string;
  /** Other names it goes by. */
  readonly aliases?: readonly string[];
  readonly displayName: string;
  /** The protocol it speaks. */
  readonly apiFormat: ApiFormat;
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
  /** Attempts after the first, where the person does not say; default 10. */
  readonly maxRetries?: number;
  /** What the vendor's free tier lets through, for people who say that they are on it. */
  readonly freeLimits?: PaceLimits;
  /** What its headers of the form `x-ratelimit-remaining-requests` count; default: the requests of a minute. */
  readonly requestsSpan?: 'minute' | 'day';
  /** The service says itself what an answer cost. */
  readonly reportsCost?: boolean;
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

/** How much may be sent in one minute. Absent: as much as there is. */
export type PaceLimits = { readonly requestsPerMinute?: number; readonly tokensPerMinute?: number };

/** What people want to know of a vendor. */
type About = {
  readonly keyUrl?: string;
  readonly websiteUrl?: string;
  readonly docsUrl?: string;
  readonly popularModels?: readonly string[];
  /** What is free, in a sentence; vendors change it at will. */
  readonly freeTier?: string;
  readonly rateLimit?: string;
  /** Commands that have to be run once before the first run; `MODEL` stands for the model. */
  readonly preparation?: readonly string[];
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
  /** False: calls are asked for in the text of the answer. */
  readonly tools?: boolean;
  readonly reasoning?: boolean;
  readonly price?: Price;
  /** Where it differs from that of the vendor; `dialect` and `parameters` are of this one. */
  readonly apiFormat?: ApiFormat;
  readonly dialect?: Partial<Dialect>;
  /** Sent in every request to this model, such as `reasoning_effort: "none"`. */
  readonly parameters?: Readonly<Record<string, JsonValue>>;
  /** In the place of `dialect` and `parameters` for those who ask in another format. */
  readonly variants?: { readonly [Format in ApiFormat]?: Pick<ModelRule, 'dialect' | 'parameters'> };
  /** Said once when the model is chosen: retired, too small, without tools. */
  readonly notice?: string;
};

/** `auto`: natively until it turns out that the model cannot. */
export type ToolMode = 'native' | 'prompted' | 'auto';

/** What the person decided about one model of a provider; ranks above what is said of all its models. */
export type ModelSettings = {
  /** Tokens. */
  readonly contextWindow?: number;
  /** Tokens of one answer, at most. */
  readonly maxOutput?: number;
  readonly multimodal?: boolean;
  readonly reasoning?: boolean;
  readonly toolMode?: ToolMode;
  readonly price?: Price;
  readonly compatibility?: Compatibility;
};

/** How the network is reached. */
export type NetworkSettings = {
  /**
   * Proxies for http:// and for https:// services, as whole addresses beginning with http:// or https://, which may hold a
   * user name and a password; loopback never goes through one.
   */
  readonly httpProxy?: string;
  readonly httpsProxy?: string;
  /** Hosts, with or without a port, that no proxy is used for, between commas or spaces; `*` is all. */
  readonly noProxy?: string;
  /** Where the three are from, for messages: `HTTPS_PROXY`, `trae_config.json:5`. */
  readonly httpProxyOrigin?: string;
  readonly httpsProxyOrigin?: string;
  readonly noProxyOrigin?: string;
  /** Certificates of authorities to trust beside the usual ones, PEM. */
  readonly authorities?: string;
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
  /** Ranks above that of the entry. */
  readonly apiFormat?: ApiFormat;
  /** How the key is sent; ranks above that of the entry. */
  readonly auth?: 'bearer' | 'x-api-key';
  readonly tier?: 'free';
  readonly pace?: PaceLimits;
  /** How long a local server keeps the model loaded: a duration such as `30m`, seconds, or -1 for ever. */
  readonly keepAlive?: string | number;
  /** Of every model that `models` does not name. */
  readonly toolMode?: ToolMode;
  readonly price?: Price;
  readonly compatibility?: Compatibility;
  /** By the whole name of the model. */
  readonly models?: Readonly<Record<string, ModelSettings>>;
};

/** What the package is handed instead of reaching for it. */
export type ProviderDependencies = {
  readonly clock: Clock;
  /** From 0 to 1, for jitter and for ids that a server forgot. */
  random(): number;
  /** Bytes of memory that a model on this machine could use; absent where nobody can tell. */
  readonly machineMemory?: number;
  readonly network?: NetworkSettings;
};
