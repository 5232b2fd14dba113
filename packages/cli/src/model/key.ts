import {
  describeSource,
  isPlaceholderKey,
  isUntrusted,
  type LoadedConfig,
  type ProviderConfig,
  type Setting,
  type Source,
  tidyKey,
} from '@trae-cli/config';
import { Secret } from '@trae-cli/protocol';
import type { CatalogEntry } from '@trae-cli/providers';
import { configuredName, leafOf } from '../configuration/entries.js';
import type { KeyStore } from '../login/key-store.js';
import { withoutAssignment } from '../login/key-text.js';

export type FoundKey = {
  /** The key and where it came from; undefined where nobody has one. */
  readonly setting: Setting<Secret> | undefined;
  /** What was met on the way, in a sentence each: quotes that were taken off, a placeholder that is no key. */
  readonly notices: readonly string[];
};

export type KeySources = {
  /** The value of `--api-key`. */
  readonly flag: string | undefined;
  readonly config: LoadedConfig;
  readonly store: KeyStore;
};

type Candidate = { readonly text: string; readonly origin: string; readonly source: Setting<Secret>['source'] };

/** In the order in which they are believed: `--api-key`, the environment, `.env`. */
function typedKeys({ keyVariables }: CatalogEntry, { flag, config }: KeySources): readonly Candidate[] {
  const variables = keyVariables.flatMap((variable) => {
    const setting = config.variable(variable);
    return setting === undefined ? [] : [{ text: setting.value, origin: variable, source: setting.source }];
  });
  return [
    ...(flag === undefined
      ? []
      : [{ text: flag, origin: '--api-key', source: { kind: 'flag', flag: '--api-key' } as const }]),
    ...variables.filter(({ source }) => source.kind === 'environment'),
    ...variables.filter(({ source }) => source.kind === 'dotenv'),
  ];
}

/** The first of what was typed or exported that is a key, without what was pasted around it. */
function firstTyped(candidates: readonly Candidate[]): FoundKey {
  const notices: string[] = [];
  for (const { text, origin, source } of candidates) {
    const bare = withoutAssignment(text);
    const { key, tidied } = tidyKey(bare);
    if (key === '') continue;
    if (isPlaceholderKey(key)) {
      notices.push(`${origin} holds the placeholder of an example, and no key.`);
      continue;
    }
    if (bare !== text) notices.push(`${origin} has the name of a variable before the key; it was taken without that.`);
    if (tidied === 'quotes') notices.push(`${origin} has quotes around it; the key was taken without them.`);
    return { setting: { value: new Secret(key, origin), source }, notices };
  }
  return { setting: undefined, notices };
}

const places = { keychain: 'the keychain', file: 'credentials.json' } as const;

async function storedKey({ id }: CatalogEntry, store: KeyStore): Promise<Setting<Secret> | undefined> {
  const known = (await store.providers()).find(({ provider }) => provider === id);
  const value = known === undefined ? undefined : await store.read(id);
  if (known === undefined || value === undefined) return undefined;
  return { value, source: { kind: 'login', place: places[known.place] } };
}

/** `--api-key`, the environment, `.env`, the files, the login: the first that has a key for this provider. */
async function firstKey(
  entry: CatalogEntry,
  provider: Pick<ProviderConfig, 'apiKey'>,
  sources: KeySources,
): Promise<FoundKey> {
  const typed = firstTyped(typedKeys(entry, sources));
  if (typed.setting !== undefined) return typed;
  const { notices } = typed;
  if (provider.apiKey !== undefined) return { setting: provider.apiKey, notices };
  const stored = await storedKey(entry, sources.store);
  return stored === undefined ? typed : { setting: stored, notices };
}

/** Where the person has a key of their own that ranks below one of the project. */
async function ownKeyBelow(
  entry: CatalogEntry,
  { apiKey }: Pick<ProviderConfig, 'apiKey'>,
  { config, store }: KeySources,
): Promise<Source | undefined> {
  if (apiKey !== undefined && !isUntrusted(apiKey.source)) return apiKey.source;
  const written = leafOf(config, configuredName(entry, config), 'api_key');
  const inFiles = written?.shadows.find((source) => !isUntrusted(source));
  if (inFiles !== undefined) return inFiles;
  const stored = (await store.providers()).find(({ provider }) => provider === entry.id);
  return stored && { kind: 'login', place: places[stored.place] };
}

/** The key for a provider. Whoever wrote a repository may see, and is billed, what is asked with theirs: that is told. */
export async function findKey(
  entry: CatalogEntry,
  provider: Pick<ProviderConfig, 'apiKey'>,
  sources: KeySources,
): Promise<FoundKey> {
  const found = await firstKey(entry, provider, sources);
  if (found.setting === undefined || !isUntrusted(found.setting.source)) return found;
  const own = await ownKeyBelow(entry, provider, sources);
  if (own === undefined) return found;
  const places = `the key from ${describeSource(found.setting.source)} stands before yours from ${describeSource(own)}`;
  const notice = `${entry.id}: ${places}: what you ask is on the account of whoever wrote that file.`;
  return { ...found, notices: [...found.notices, notice] };
}
