import { join } from 'node:path';
import { createRedactor, Secret, TraeError } from '@trae-cli/protocol';
import { configDirectory } from '../host/base-directories.js';
import type { Host } from '../host/host.js';
import type { Credential } from './credentials.js';
import { CredentialsFile } from './credentials-file.js';
import type { Keychain, KeychainLimits } from './keychain.js';
import { currentUserId } from './private-file.js';

export type StoredKey = { readonly provider: string; readonly place: Credential['place'] };

export type StoreResult = {
  /** For people: `the login keychain`, or the path of the file. */
  readonly where: string;
  readonly place: Credential['place'];
  /** Why not in the keychain, where there is one. */
  readonly notice: string | undefined;
};

/** The keys that `trae-cli login` has stored. */
export interface KeyStore {
  /** Asks the keychain only for a key that is said to be there. Throws where that does not answer. */
  read(provider: string): Promise<Secret | undefined>;
  /** The keys in the file, without asking any keychain. */
  readStored(): Promise<readonly Secret[]>;
  providers(): Promise<readonly StoredKey[]>;
  store(provider: string, key: Secret): Promise<StoreResult>;
  /** Where the key was, for people; undefined where there was none. Throws where the keychain keeps it. */
  remove(provider: string): Promise<string | undefined>;
}

export type StoreHost = Pick<Host, 'environment' | 'homeDirectory' | 'platform' | 'clock' | 'today' | 'stderr'>;

export type KeyStoreOptions = {
  readonly signal?: AbortSignal;
  /** Hears what the person should know of the file. Default: standard error. */
  readonly tell?: (notice: string) => void;
  readonly limits?: KeychainLimits;
  /** A file that cannot be believed is an error rather than told: whoever changes it has to know. */
  readonly mustBelieve?: boolean;
  /** Who may own the file. Default: whoever runs this. */
  readonly userId?: number | undefined;
};

const secretOf = (provider: string, key: string): Secret => new Secret(key, `the login for ${provider}`);

class PersonalKeyStore implements KeyStore {
  readonly #host: StoreHost;
  readonly #options: KeyStoreOptions;
  readonly #signal: AbortSignal;
  readonly #tell: (notice: string) => void;
  readonly #path: string;
  readonly #file: CredentialsFile;

  constructor(host: StoreHost, options: KeyStoreOptions) {
    this.#host = host;
    this.#options = options;
    this.#signal = options.signal ?? new AbortController().signal;
    this.#tell = options.tell ?? ((notice) => host.stderr.write(`Note: ${notice}\n`));
    this.#path = join(configDirectory(host), 'credentials.json');
    this.#file = new CredentialsFile({
      path: this.#path,
      userId: 'userId' in options ? options.userId : currentUserId(),
      host,
      signal: this.#signal,
      tell: this.#tell,
      mustBelieve: options.mustBelieve ?? false,
    });
  }

  async read(provider: string): Promise<Secret | undefined> {
    const entry = (await this.#file.read()).get(provider);
    if (entry === undefined) return undefined;
    return entry.place === 'file' ? secretOf(provider, entry.key) : this.#readKeychain(provider);
  }

  async readStored(): Promise<readonly Secret[]> {
    const entries = [...(await this.#file.read())];
    return entries.flatMap(([provider, entry]) => (entry.place === 'file' ? [secretOf(provider, entry.key)] : []));
  }

  async providers(): Promise<readonly StoredKey[]> {
    return [...(await this.#file.read())].map(([provider, { place }]) => ({ provider, place }));
  }

  async store(provider: string, key: Secret): Promise<StoreResult> {
    // Nothing is put into the keychain that the file could not point at afterwards.
    await this.#file.mustRead();
    const at = this.#host.today().toISOString();
    const keychain = await this.#keychain();
    const kept = await keychain?.store(provider, key, this.#signal);
    if (keychain !== undefined && kept?.status === 'done') {
      await this.#pointAt(keychain, provider, at);
      return { where: keychain.where, place: 'keychain', notice: undefined };
    }
    await this.#file.change(provider, { place: 'file', key: key.reveal(), at });
    const reason = kept?.status === 'failed' ? createRedactor([key]).redact(kept.reason) : undefined;
    const notice = reason === undefined ? undefined : `${keychain?.where} did not take the key (${reason}).`;
    return { where: this.#path, place: 'file', notice };
  }

  async remove(provider: string): Promise<string | undefined> {
    const entry = (await this.#file.mustRead()).get(provider);
    if (entry === undefined) return undefined;
    const where = entry.place === 'file' ? this.#path : await this.#removeFromKeychain(provider);
    await this.#file.change(provider, undefined);
    return where;
  }

  async #pointAt(keychain: Keychain, provider: string, at: string): Promise<void> {
    try {
      await this.#file.change(provider, { place: 'keychain', at });
    } catch (error) {
      await keychain.remove(provider, this.#signal);
      throw error;
    }
  }

  async #readKeychain(provider: string): Promise<Secret | undefined> {
    const keychain = await this.#keychain();
    if (keychain === undefined) throw unreadable(provider, 'a keychain', 'this session has none');
    const found = await keychain.read(provider, this.#signal);
    switch (found.status) {
      case 'found':
        return secretOf(provider, found.key);
      case 'failed':
        throw unreadable(provider, keychain.where, found.reason);
      case 'absent':
        this.#tell(`${keychain.where} no longer has the key for ${provider} that was stored there.`);
        return undefined;
      default:
        return found satisfies never;
    }
  }

  async #removeFromKeychain(provider: string): Promise<string> {
    const keychain = await this.#keychain();
    if (keychain === undefined) {
      this.#tell(`this session has no keychain: the key for ${provider} is forgotten here, and stays in there.`);
      return 'the list of stored keys';
    }
    const end = await keychain.remove(provider, this.#signal);
    if (end.status === 'done') return keychain.where;
    throw new TraeError('config_invalid', `The key for ${provider} is still in ${keychain.where}: ${end.reason}.`, {
      hint: 'Unlock it and try again.',
    });
  }

  async #keychain(): Promise<Keychain | undefined> {
    // Most runs ask no keychain, and need not load what does.
    const { findKeychain } = await import('./find-keychain.js');
    return findKeychain(this.#host, this.#options.limits);
  }
}

const unreadable = (provider: string, where: string, reason: string): TraeError =>
  new TraeError('credentials_missing', `The key for ${provider} is stored in ${where}, and ${reason}.`, {
    hint: `Unlock the keychain, or store the key again here: trae-cli login ${provider}`,
  });

/** Opens nothing yet. Where nobody has ever logged in, reading costs a look for one file. */
export const openKeyStore = (host: StoreHost, options: KeyStoreOptions = {}): KeyStore =>
  new PersonalKeyStore(host, options);
