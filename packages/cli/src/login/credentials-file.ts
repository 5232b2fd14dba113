import { reasonOf, TraeError } from '@trae-cli/protocol';
import type { Host } from '../host/host.js';
import { type Credential, type Credentials, readCredentials, writeCredentials } from './credentials.js';
import { withFileLock } from './file-lock.js';

type FileSettings = {
  readonly path: string;
  readonly userId: number | undefined;
  readonly host: Pick<Host, 'clock' | 'today'>;
  readonly signal: AbortSignal;
  readonly tell: (notice: string) => void;
  readonly mustBelieve: boolean;
};

/** The file of stored keys: read once for a run, and changed by one process at a time. */
export class CredentialsFile {
  readonly #settings: FileSettings;
  readonly #told = new Set<string>();
  #known: Promise<Credentials> | undefined;

  constructor(settings: FileSettings) {
    this.#settings = settings;
  }

  /** What is believed of it: nothing of a file that others could have made, which is told once. */
  read(): Promise<Credentials> {
    if (this.#settings.mustBelieve) return this.mustRead();
    this.#known ??= this.#read((reason) => {
      this.#tellOnce(`${this.#settings.path} ${reason}, so the keys stored there are not used.`);
      return new Map();
    });
    return this.#known;
  }

  /** Throws where the file cannot be believed, rather than to lose what is in it. */
  async mustRead(): Promise<Credentials> {
    return this.#read((reason) => {
      throw new TraeError('config_invalid', `${this.#settings.path} ${reason}.`, {
        hint: 'Look at it, then delete it, and store the keys again with `trae-cli login`.',
      });
    });
  }

  /** Puts an entry in the place of the one that is there, or takes it out. Gives back the one that was there. */
  async change(provider: string, entry: Credential | undefined): Promise<Credential | undefined> {
    const { path } = this.#settings;
    try {
      return await withFileLock(path, () => this.#change(provider, entry), this.#settings);
    } catch (error) {
      this.#settings.signal.throwIfAborted();
      if (error instanceof TraeError) throw error;
      throw new TraeError('config_invalid', `${path} cannot be written: ${reasonOf(error)}.`, {
        hint: 'Stored keys lie in the trae-cli folder of XDG_CONFIG_HOME, or of ~/.config. Make it writable for you.',
        cause: error,
      });
    }
  }

  async #change(provider: string, entry: Credential | undefined): Promise<Credential | undefined> {
    const before = await this.mustRead();
    const after = new Map(before);
    after.delete(provider);
    if (entry !== undefined) after.set(provider, entry);
    await writeCredentials(this.#settings.path, after);
    this.#known = Promise.resolve(after);
    return before.get(provider);
  }

  async #read(refuse: (reason: string) => Credentials): Promise<Credentials> {
    const { path, userId } = this.#settings;
    const found = await readCredentials(path, userId);
    if (found.status === 'refused') return refuse(found.reason);
    if (found.wasOpenToOthers)
      this.#tellOnce(`${path} could be read by other users; it is closed to them now. Make new keys if that matters.`);
    return found.credentials;
  }

  #tellOnce(notice: string): void {
    if (this.#told.has(notice)) return;
    this.#told.add(notice);
    this.#settings.tell(notice);
  }
}
