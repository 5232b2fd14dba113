import type { Compatibility, Environment, JsonValue, Price, Secret } from '@trae-cli/protocol';
import type { Finding } from './finding.js';
import type { ConfigFile, Setting, Source } from './source.js';

/** What the configuration is loaded from. Paths are absolute. */
export type ConfigRequest = {
  /** The real path of the working directory. */
  readonly workspace: string;
  readonly homeDirectory: string;
  /** Where the person's own file lies: `$XDG_CONFIG_HOME/trae-cli`. */
  readonly userDirectory: string;
  /** The list of trusted folders: `$XDG_STATE_HOME/trae-cli/trust.json`. */
  readonly trustFile: string;
  readonly environment: Environment;
  /** A file the person named; nothing is searched for then. */
  readonly named?: NamedFile;
  /** `--trust`: the project's files are trusted this once. */
  readonly trust: boolean;
};

export type NamedFile = {
  readonly path: string;
  readonly origin: '--config-file' | 'TRAE_CONFIG_FILE';
  /** False for a relative path in a variable, which would trust every folder one goes to. */
  readonly isTrusted: boolean;
};

/** Settings that concern no provider. Absent where nobody said anything. */
export type GeneralSettings = {
  readonly defaultProvider?: Setting<string> | undefined;
  readonly maxSteps?: Setting<number> | undefined;
  readonly tools?: Setting<readonly string[]> | undefined;
  readonly disallowedTools?: Setting<readonly string[]> | undefined;
  /** Absolute; those of an untrusted file are left out, and found. */
  readonly allowPaths?: Setting<readonly string[]> | undefined;
  /** Names of variables that commands may see all the same; those of an untrusted file are left out, and found. */
  readonly passEnv?: Setting<readonly string[]> | undefined;
  /** An address of HTTP or HTTPS, which may hold a password. This and the next two are of trusted files only. */
  readonly proxy?: Setting<string> | undefined;
  /** Hosts, between commas. */
  readonly noProxy?: Setting<string> | undefined;
  /** Absolute. */
  readonly caFile?: Setting<string> | undefined;
  /** US dollars for one run. Of an untrusted file it counts only where it is less than that of a trusted one. */
  readonly maxCost?: Setting<number> | undefined;
  /** Tokens of one run, likewise. */
  readonly maxTotalTokens?: Setting<number> | undefined;
};

export type ApiFormat = 'openai-chat' | 'openai-responses' | 'anthropic' | 'ollama';

export type ToolMode = 'native' | 'prompted' | 'auto';

/** What the files say of a model. Absent: nobody said. */
export type ModelConfig = {
  /** Tokens. */
  readonly contextWindow?: Setting<{ readonly input: number; readonly output?: number }> | undefined;
  readonly multimodal?: Setting<boolean> | undefined;
  readonly reasoning?: Setting<boolean> | undefined;
  readonly toolMode?: Setting<ToolMode> | undefined;
  readonly price?: Setting<Price> | undefined;
  readonly compatibility?: Setting<Compatibility> | undefined;
};

/** One provider as the files say, highest rank first wins leaf by leaf, `${NAME}` replaced. Absent: nobody said. */
export type ProviderConfig = Omit<ModelConfig, 'reasoning'> & {
  readonly name: string;
  /** The built-in vendor that this one is a variant of (`provider` in the file). */
  readonly vendor?: Setting<string> | undefined;
  readonly apiKey?: Setting<Secret> | undefined;
  readonly baseUrl?: Setting<string> | undefined;
  readonly model?: Setting<string> | undefined;
  readonly maxTokens?: Setting<number> | undefined;
  readonly temperature?: Setting<number> | undefined;
  readonly topP?: Setting<number> | undefined;
  readonly topK?: Setting<number> | undefined;
  readonly parallelToolCalls?: Setting<boolean> | undefined;
  readonly maxRetries?: Setting<number> | undefined;
  readonly apiFormat?: Setting<ApiFormat> | undefined;
  readonly fullUrl?: Setting<boolean> | undefined;
  readonly displayName?: Setting<string> | undefined;
  readonly headers: Readonly<Record<string, Setting<string>>>;
  readonly stream?: Setting<boolean> | undefined;
  /** Milliseconds. */
  readonly timeoutMs?: Setting<number> | undefined;
  readonly reasoningEffort?: Setting<string> | undefined;
  /** How the key is sent. */
  readonly auth?: Setting<'bearer' | 'x-api-key'> | undefined;
  /** Ranks above that of the general settings. */
  readonly maxSteps?: Setting<number> | undefined;
  readonly tier?: Setting<'free'> | undefined;
  readonly requestsPerMinute?: Setting<number> | undefined;
  readonly tokensPerMinute?: Setting<number> | undefined;
  /** A duration such as `30m`, or seconds; -1 is for ever. */
  readonly keepAlive?: Setting<number | string> | undefined;
  /** By the whole name of the model; ranks above what is said here of all of them. */
  readonly models?: Readonly<Record<string, ModelConfig>> | undefined;
};

/** One value of one file as it stands there, for `show-config`. */
export type Leaf = {
  /** Such as `model_providers.groq.model`. */
  readonly key: string;
  /** The same in its parts, of which every one may have dots. */
  readonly path: readonly string[];
  /** As written, `${NAME}` and all; null for a secret, unless it is `${NAME}` and nothing else. */
  readonly value: JsonValue;
  readonly isSecret: boolean;
  readonly source: Source;
  /** Sources of lower rank that say something else. */
  readonly shadows: readonly Source[];
};

export interface LoadedConfig {
  /** The files that were read, highest rank first. */
  readonly files: readonly ConfigFile[];
  /** The `.env` that was read. */
  readonly dotenv: ConfigFile | undefined;
  readonly general: GeneralSettings;
  /** Names in `model_providers`, those of the higher file first. */
  readonly providerNames: readonly string[];
  /**
   * `ownKeyVariables`: variables that hold this provider's key anyway, so that `api_key: "${GROQ_API_KEY}"` says nothing
   * new. Throws `untrusted` for an interpolation that its file may not do, and `config_invalid` for a variable that is
   * not set, or holds what its key does not take; an `api_key` whose variable is not set is absent.
   */
  provider(name: string, ownKeyVariables: readonly string[]): ProviderConfig;
  /** A variable of the environment, else of `.env`; blank is not set. */
  variable(name: string): Setting<string> | undefined;
  /** Every effective value of the files, in the order of the schema. */
  readonly leaves: readonly Leaf[];
  /** Every key and secret header that the files or `.env` hold, for whichever provider. */
  readonly secrets: readonly Secret[];
  /** Variables that keys and headers are taken from by `${NAME}`; commands do not see them. */
  readonly secretVariables: readonly string[];
  readonly findings: readonly Finding[];
}
