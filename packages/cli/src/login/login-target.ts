import { catalog, type CatalogEntry, createRegistry, type LLMProviderRegistry } from '@trae-cli/providers';
import type { Environment } from '../host/environment.js';
import type { Host } from '../host/host.js';
import { type NamedProvider, namedProvider } from './named-provider.js';

/** Whose key it is, and where it can be checked. */
export type LoginTarget = NamedProvider & {
  /** Knows the provider and all built-in ones. */
  readonly registry: LLMProviderRegistry;
  /** Absent where nobody has said; `by`: who said so, where it is not the vendor's own. */
  readonly address: { readonly url: string; readonly by: string | undefined } | undefined;
};

const isSet = (value: string | undefined): value is string => value !== undefined && value.trim() !== '';

function addressOf(entry: CatalogEntry, flag: string | undefined, environment: Environment): LoginTarget['address'] {
  if (flag !== undefined) return { url: flag, by: '--model-base-url' };
  for (const variable of entry.baseUrlVariables) {
    const url = environment[variable];
    if (isSet(url)) return { url, by: variable };
  }
  return entry.baseUrl === undefined ? undefined : { url: entry.baseUrl, by: undefined };
}

/** The provider by its name, with where its key is checked. Throws for what cannot be meant. */
export function loginTarget(name: string, modelBaseUrl: string | undefined, host: Host): LoginTarget {
  const provider = namedProvider(name, modelBaseUrl !== undefined);
  const { entry } = provider;
  return {
    ...provider,
    registry: createRegistry([...catalog, entry], { clock: host.clock, random: () => host.random() }),
    address: addressOf(entry, modelBaseUrl, host.environment),
  };
}
