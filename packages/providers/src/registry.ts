import { didYouMean, isSet, type LLMProvider, nearest, TraeError } from '@trae-cli/protocol';
import type { CatalogEntry, ProviderDependencies, ProviderSettings } from './entry.js';
import { checkKey } from './key-check.js';
import { ServiceProvider } from './service/service-provider.js';

export type ProviderFactory = (settings: ProviderSettings) => LLMProvider;

export interface LLMProviderRegistry {
  /** Without aliases. */
  readonly names: readonly string[];
  /** The entry of this name, or of this alias. */
  entry(name: string): CatalogEntry | undefined;
  /** Throws a TraeError where the name, the address or the key is missing or cannot be used; nothing is sent. */
  provider(name: string, settings: ProviderSettings): LLMProvider;
}

function unknownProvider(name: string, known: readonly string[], names: readonly string[]): TraeError {
  return new TraeError('usage', `There is no provider ${JSON.stringify(name)}.${didYouMean(nearest(name, known))}`, {
    hint: `Choose one of ${names.join(', ')}; or make it one of your own, with a base_url, under model_providers in trae_config.json.`,
  });
}

function addressOf(
  { id, baseUrl, baseUrlVariables, addressExample }: CatalogEntry,
  settings: ProviderSettings,
): string {
  const address = [settings.baseUrl, baseUrl].find(isSet);
  if (address !== undefined) return address;
  const [variable] = baseUrlVariables;
  const ways = [
    `Set model_providers.${id}.base_url in trae_config.json`,
    'pass --model-base-url',
    ...(variable === undefined ? [] : [`set ${variable}`]),
  ].join(', or ');
  throw new TraeError('config_invalid', `base_url is required for OpenAI-compatible services, and "${id}" has none.`, {
    hint: addressExample === undefined ? `${ways}.` : `${ways}: it looks like ${addressExample}.`,
  });
}

const isSendable = (text: string): boolean => /^[\u0020-\u007E]*$/.test(text);

function checkHeaders({ id }: CatalogEntry, headers: Readonly<Record<string, string>>): void {
  const broken = Object.entries(headers).find(
    ([name, value]) => !/^[\w!#$%&'*+.^`|~-]+$/.test(name) || !isSendable(value),
  );
  if (broken === undefined) return;
  throw new TraeError('config_invalid', `The header ${JSON.stringify(broken[0])} for "${id}" cannot be sent.`, {
    hint: 'Header names are letters, digits and hyphens; their values are plain ASCII on one line.',
  });
}

class CatalogRegistry implements LLMProviderRegistry {
  readonly #entries: readonly CatalogEntry[];
  readonly #byName: ReadonlyMap<string, CatalogEntry>;
  readonly #dependencies: ProviderDependencies;
  readonly #extra: ReadonlyMap<string, ProviderFactory>;

  constructor(
    entries: readonly CatalogEntry[],
    dependencies: ProviderDependencies,
    extra: ReadonlyMap<string, ProviderFactory>,
  ) {
    this.#entries = entries;
    // A name of its own comes before another one's alias.
    this.#byName = new Map([
      ...entries.flatMap((entry) => (entry.aliases ?? []).map((alias) => [alias, entry] as const)),
      ...entries.map((entry) => [entry.id, entry] as const),
    ]);
    this.#dependencies = dependencies;
    this.#extra = extra;
  }

  get names(): readonly string[] {
    return [...new Set([...this.#entries.map(({ id }) => id), ...this.#extra.keys()])];
  }

  entry(name: string): CatalogEntry | undefined {
    return this.#byName.get(name);
  }

  provider(name: string, settings: ProviderSettings): LLMProvider {
    const create = this.#extra.get(name);
    if (create !== undefined) return create(settings);
    const entry = this.entry(name);
    if (entry === undefined) throw unknownProvider(name, [...this.#byName.keys(), ...this.names], this.names);
    const address = addressOf(entry, settings);
    checkKey(entry, address, settings, this.#entries);
    checkHeaders(entry, { ...entry.headers, ...settings.headers });
    return new ServiceProvider(entry, address, settings, this.#dependencies);
  }
}

/** Maps names to providers. `extra` has those that are not vendors, such as `replay`; they come before entries. */
export const createRegistry = (
  entries: readonly CatalogEntry[],
  dependencies: ProviderDependencies,
  extra: ReadonlyMap<string, ProviderFactory> = new Map(),
): LLMProviderRegistry => new CatalogRegistry(entries, dependencies, extra);
