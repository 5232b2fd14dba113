import { describeSource, type LoadedConfig, type Setting } from '@trae-cli/config';
import { type Environment, isSet } from '@trae-cli/protocol';
import { catalog, type CatalogEntry, createRegistry, type LLMProviderRegistry } from '@trae-cli/providers';
import { openConfiguration } from '../configuration/open-configuration.js';
import { configDirectory } from '../host/base-directories.js';
import type { Host } from '../host/host.js';
import { type NamedProvider, namedProvider } from './named-provider.js';

/** Whose key it is, and where it can be checked. */
export type LoginTarget = NamedProvider & {
  /** Knows the provider and all built-in ones. */
  readonly registry: LLMProviderRegistry;
  /** Absent where nobody has said; `by`: who said so, where it is not the vendor's own. */
  readonly address: { readonly url: string; readonly by: string | undefined } | undefined;
};

type Said = { readonly environment: Environment; readonly configured: Setting<string> | undefined };

function addressOf(
  entry: CatalogEntry,
  flag: string | undefined,
  { environment, configured }: Said,
): LoginTarget['address'] {
  if (flag !== undefined) return { url: flag, by: '--model-base-url' };
  for (const variable of entry.baseUrlVariables) {
    const url = environment[variable];
    if (isSet(url)) return { url, by: variable };
  }
  if (configured !== undefined) return { url: configured.value, by: describeSource(configured.source) };
  return entry.baseUrl === undefined ? undefined : { url: entry.baseUrl, by: undefined };
}

/** What the person's own file says of a provider; no other file has a say in where a key is sent. */
async function ownConfiguration(host: Host): Promise<LoadedConfig> {
  return openConfiguration({}, configDirectory(host), host);
}

/** The provider by its name, with where its key is checked. Throws for what cannot be meant. */
export async function loginTarget(name: string, modelBaseUrl: string | undefined, host: Host): Promise<LoginTarget> {
  const own = await ownConfiguration(host);
  const isConfigured = own.providerNames.includes(name);
  const provider = namedProvider(name, modelBaseUrl !== undefined || isConfigured);
  const { entry } = provider;
  const configured = isConfigured ? own.provider(name, entry.keyVariables).baseUrl : undefined;
  return {
    ...provider,
    isCustom: provider.isCustom && !isConfigured,
    registry: createRegistry([...catalog, entry], { clock: host.clock, random: () => host.random() }),
    address: addressOf(entry, modelBaseUrl, { environment: host.environment, configured }),
  };
}
