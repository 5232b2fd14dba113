import {
  describeSource,
  type LoadedConfig,
  type ModelConfig,
  type ProviderConfig,
  type Setting,
} from '@trae-cli/config';
import type { Secret } from '@trae-cli/protocol';
import type { CatalogEntry, ModelSettings, ProviderSettings } from '@trae-cli/providers';
import type { ModelFlags } from '../flags/flags.js';

type Headers = Readonly<Record<string, Setting<string>>>;

/** The vendor's own from the environment, such as the name of the application, then those of the files. */
export function headersFor(entry: CatalogEntry, provider: ProviderConfig, config: LoadedConfig): Headers {
  const fromVariables = Object.entries(entry.headerVariables ?? {}).flatMap(([header, variable]) => {
    const setting = config.variable(variable);
    return setting === undefined ? [] : [[header, setting] as const];
  });
  return { ...Object.fromEntries(fromVariables), ...provider.headers };
}

type Settled = {
  readonly key: Secret | undefined;
  readonly address: Setting<string> | undefined;
  readonly headers: Headers;
};

const present = <Value>(setting: Setting<Value> | undefined): Value | undefined => setting?.value;

type Partly<Settings> = { readonly [Key in keyof Settings]: Settings[Key] | undefined };

/** Without the members that nobody has said anything about. */
const withoutAbsent = <Settings extends object>(settings: Partly<Settings>): Settings =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as Settings;

const settingsOfModel = (config: ModelConfig): ModelSettings => {
  const window = present(config.contextWindow);
  return withoutAbsent<ModelSettings>({
    contextWindow: window?.input,
    maxOutput: window?.output,
    multimodal: present(config.multimodal),
    reasoning: present(config.reasoning),
    toolMode: present(config.toolMode),
    price: present(config.price),
    compatibility: present(config.compatibility),
  });
};

/** What is said of one model ranks above what is said of all of them, and a flag above both for the model that is asked. */
function modelSettings(config: ProviderConfig, flags: ModelFlags): ProviderSettings['models'] {
  const asked = flags.model ?? present(config.model);
  const said = Object.entries(config.models ?? {}).map(([name, model]) => [name, settingsOfModel(model)] as const);
  const models = new Map<string, ModelSettings>(said);
  if (flags.contextWindow !== undefined) {
    for (const [name, { contextWindow: _, ...others }] of models) {
      if (asked === undefined || name === asked) models.set(name, others);
    }
  }
  return models.size === 0 ? undefined : Object.fromEntries(models);
}

/** What is sent in a minute at most. */
function paceOf({ requestsPerMinute, tokensPerMinute }: ProviderConfig): ProviderSettings['pace'] {
  if (requestsPerMinute === undefined && tokensPerMinute === undefined) return undefined;
  return withoutAbsent<NonNullable<ProviderSettings['pace']>>({
    requestsPerMinute: present(requestsPerMinute),
    tokensPerMinute: present(tokensPerMinute),
  });
}

export function providerSettings(config: ProviderConfig, flags: ModelFlags, settled: Settled): ProviderSettings {
  const { address, headers, key } = settled;
  const timeoutMs = present(config.timeoutMs);
  const window = present(config.contextWindow);
  return withoutAbsent<ProviderSettings>({
    apiKey: key,
    baseUrl: present(address),
    baseUrlOrigin: address === undefined ? undefined : describeSource(address.source),
    // `full_url` speaks of the address beside it, and of no other.
    fullUrl: address === config.baseUrl ? present(config.fullUrl) : undefined,
    headers: Object.fromEntries(Object.entries(headers).map(([name, { value }]) => [name, value])),
    contextWindow: flags.contextWindow ?? window?.input,
    maxOutput: window?.output,
    maxRetries: present(config.maxRetries),
    parallelToolCalls: present(config.parallelToolCalls),
    multimodal: present(config.multimodal),
    displayName: present(config.displayName),
    stream: present(config.stream),
    reasoningEffort: flags.reasoningEffort ?? present(config.reasoningEffort),
    headersTimeoutMs: timeoutMs,
    idleTimeoutMs: timeoutMs,
    apiFormat: present(config.apiFormat),
    auth: present(config.auth),
    tier: present(config.tier),
    pace: paceOf(config),
    keepAlive: present(config.keepAlive),
    toolMode: present(config.toolMode),
    price: present(config.price),
    compatibility: present(config.compatibility),
    models: modelSettings(config, flags),
  });
}
