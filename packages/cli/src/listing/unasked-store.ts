import { Secret } from '@trae-cli/protocol';
import type { KeyStore } from '../login/key-store.js';

/**
 * The same keys, without asking a keychain for any: what is only to be counted need not be unlocked. In place of such a
 * key there is a word that is none.
 */
export const unaskedStore = (store: KeyStore): KeyStore => ({
  read: async (provider) => {
    const known = (await store.providers()).find((stored) => stored.provider === provider);
    return known?.place === 'keychain' ? new Secret('kept-in-the-keychain', 'the keychain') : store.read(provider);
  },
  readStored: () => store.readStored(),
  providers: () => store.providers(),
  store: (provider, key) => store.store(provider, key),
  remove: (provider) => store.remove(provider),
});
