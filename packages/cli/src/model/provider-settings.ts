import { describeSource, type LoadedConfig, type ProviderConfig, type Setting } from '@trae-cli/config';
import type { Secret } from '@trae-cli/protocol';
import type { CatalogEntry, ProviderSettings } from '@trae-cli/providers';
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

/** Without the members that nobody has said anything about. */
function withoutAbsent(settings: { readonly [Key in keyof ProviderSettings]: ProviderSettings[Key] | undefined }) {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as ProviderSettings;
}

export function providerSettings(config: ProviderConfig, flags: ModelFlags, settled: Settled): ProviderSettings {
  const { address, headers, key } = settled;
  const timeoutMs = present(config.timeoutMs);
  const window = present(config.contextWindow);
  return withoutAbsent({
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
  });
}
