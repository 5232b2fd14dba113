import { type LLMProvider, nearest, type Secret, TraeError } from '@trae-cli/protocol';
import type { CatalogEntry, ProviderDependencies, ProviderSettings } from './entry.js';
import { keyPlaces } from './key-places.js';
import { ChatProvider } from './openai-compatible/provider.js';

export type ProviderFactory = (settings: ProviderSettings) => LLMProvider;

export interface LLMProviderRegistry {
  readonly names: readonly string[];
  entry(name: string): CatalogEntry | undefined;
  /** Throws a TraeError where the name, the address or the key is missing or cannot be used; nothing is sent. */
  provider(name: string, settings: ProviderSettings): LLMProvider;
}

function unknownProvider(name: string, names: readonly string[]): TraeError {
  const meant = nearest(name, names);
  const suggestion = meant === undefined ? '' : ` Did you mean "${meant}"?`;
  return new TraeError('usage', `There is no provider "${name}".${suggestion}`, {
    hint: `Choose one of ${names.join(', ')}.`,
  });
}

function addressOf({ id, baseUrl, baseUrlVariables }: CatalogEntry, settings: ProviderSettings): string {
  const address = [settings.baseUrl, baseUrl].find((candidate) => (candidate ?? '').trim() !== '');
  if (address !== undefined) return address;
  throw new TraeError('config_invalid', `base_url is required for OpenAI-compatible services, and "${id}" has none.`, {
    hint: `${['Give it with --model-base-url', ...baseUrlVariables.map((variable) => `set ${variable}`)].join(', or ')}.`,
  });
}

const isSendable = (text: string): boolean => /^[\u0020-\u007E]*$/.test(text);

function checkKey({ displayName, id, keyRequired, keyUrl, keyVariables }: CatalogEntry, key: Secret | undefined): void {
  const source = keyUrl === undefined ? '' : ` Keys are made at ${keyUrl}.`;
  const isBlank = key === undefined || key.reveal().trim() === '';
  if (isBlank && keyRequired)
    throw new TraeError('credentials_missing', `There is no API key for ${displayName} ("${id}").`, {
      hint: `${keyPlaces(keyVariables[0])}.${source}`,
    });
  if (key !== undefined && !/^[\u0021-\u007E]*$/.test(key.reveal().trim()))
    throw new TraeError('credentials_rejected', `The API key from ${key.origin} holds a character that no key has.`, {
      hint: `Copy the key again, without quotes, spaces or line breaks.${source}`,
    });
}

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
  readonly #entries: ReadonlyMap<string, CatalogEntry>;
  readonly #dependencies: ProviderDependencies;
  readonly #extra: ReadonlyMap<string, ProviderFactory>;

  constructor(
    entries: readonly CatalogEntry[],
    dependencies: ProviderDependencies,
    extra: ReadonlyMap<string, ProviderFactory>,
  ) {
    this.#entries = new Map(entries.map((entry) => [entry.id, entry]));
    this.#dependencies = dependencies;
    this.#extra = extra;
  }

  get names(): readonly string[] {
    return [...new Set([...this.#entries.keys(), ...this.#extra.keys()])];
  }

  entry(name: string): CatalogEntry | undefined {
    return this.#entries.get(name);
  }

  provider(name: string, settings: ProviderSettings): LLMProvider {
    const create = this.#extra.get(name);
    if (create !== undefined) return create(settings);
    const entry = this.#entries.get(name);
    if (entry === undefined) throw unknownProvider(name, this.names);
    const address = addressOf(entry, settings);
    checkKey(entry, settings.apiKey);
    checkHeaders(entry, { ...entry.headers, ...settings.headers });
    return new ChatProvider(entry, address, settings, this.#dependencies);
  }
}

/** Maps names to providers. `extra` has those that are not vendors, such as `replay`; they come before entries. */
export const createRegistry = (
  entries: readonly CatalogEntry[],
  dependencies: ProviderDependencies,
  extra: ReadonlyMap<string, ProviderFactory> = new Map(),
): LLMProviderRegistry => new CatalogRegistry(entries, dependencies, extra);
