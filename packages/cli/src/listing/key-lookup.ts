import type { CatalogEntry } from '@trae-cli/providers';
import { configuredName } from '../configuration/entries.js';
import type { Groundwork } from '../configuration/groundwork.js';
import { findKey, type FoundKey } from '../model/key.js';
import { unaskedStore } from './unasked-store.js';

export type KeyLookup = (entry: CatalogEntry) => Promise<FoundKey>;

/** Which key each provider has and where it is from, looked up once and without a keychain. */
export function keyLookup({ config, store }: Pick<Groundwork, 'config' | 'store'>): KeyLookup {
  const unasked = unaskedStore(store);
  const found = new Map<string, Promise<FoundKey>>();
  return async (entry) => {
    const known =
      found.get(entry.id) ??
      findKey(entry, config.provider(configuredName(entry, config), entry.keyVariables), {
        flag: undefined,
        config,
        store: unasked,
      });
    found.set(entry.id, known);
    return known;
  };
}
