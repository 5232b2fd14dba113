import { didYouMean, nearest, TraeError } from '@trae-cli/protocol';
import { vendorNamed } from '../configuration/entries.js';
import type { Host } from '../host/host.js';
import { keyVariableSet } from '../login/choose-provider.js';
import { type KeyStore, openKeyStore } from '../login/key-store.js';
import { confirm } from '../prompt/ask-line.js';
import { choose } from '../prompt/choose.js';
import { type Asking, hasPerson, openPerson, whileAsking } from '../prompt/person.js';
import type { LogoutFlags } from './declare/logout.js';

type Logout = { readonly asking: Asking; readonly store: KeyStore; readonly stored: readonly string[] };

async function remove(provider: string, { asking: { host }, store, stored }: Logout): Promise<void> {
  const where = await store.remove(provider);
  if (where === undefined) throw notStored(provider, stored);
  const entry = vendorNamed(provider);
  host.stdout.write(`Removed the key for ${entry?.displayName ?? provider} from ${where}.\n`);
  const variable = entry === undefined ? undefined : keyVariableSet(entry, host.environment);
  if (variable !== undefined) host.stderr.write(`Note: ${variable} is still set, and is used.\n`);
}

function notStored(provider: string, stored: readonly string[]): TraeError {
  const question = didYouMean(nearest(provider, stored));
  return new TraeError('usage', `No key is stored for ${JSON.stringify(provider)}.${question}`, {
    hint: stored.length === 0 ? 'No key is stored at all.' : `There are keys for ${stored.join(', ')}.`,
  });
}

async function removeAll(logout: Logout): Promise<number> {
  const { asking, stored } = logout;
  if (hasPerson(asking.host)) {
    using person = openPerson(asking);
    if (!(await confirm(person, `Remove the stored keys for ${stored.join(', ')}?`))) return 0;
  }
  for (const provider of stored) await remove(provider, logout);
  return 0;
}

async function askWhich({ asking, stored }: Logout): Promise<string> {
  if (!hasPerson(asking.host))
    throw new TraeError('usage', 'There is no terminal at which to ask whose key to remove.', {
      hint: `Name the provider, as in \`trae-cli logout ${stored[0] ?? 'groq'}\`, or give --all.`,
    });
  using person = openPerson(asking);
  return await choose(
    person,
    'Whose key should be removed?',
    stored.map((provider) => ({ value: provider, label: provider })),
  );
}

async function logout(provider: string | undefined, flags: LogoutFlags, asking: Asking): Promise<number> {
  const { host, signal } = asking;
  if (provider !== undefined && flags.all === true)
    throw new TraeError('usage', `--all removes every key, and ${JSON.stringify(provider)} names one.`, {
      hint: 'Leave one of them out.',
    });
  const store = openKeyStore(host, { signal, mustBelieve: true });
  const stored = (await store.providers()).map((key) => key.provider);
  const found: Logout = { asking, store, stored };
  if (provider === undefined && stored.length === 0) {
    host.stderr.write('No key is stored.\n');
    return 0;
  }
  if (flags.all === true) return removeAll(found);
  const name = provider ?? (await askWhich(found));
  await remove(stored.includes(name) ? name : (vendorNamed(name)?.id ?? name), found);
  return 0;
}

/** `trae-cli logout`: takes stored keys away again. */
export const logoutCommand = (provider: string | undefined, flags: LogoutFlags, host: Host): Promise<number> =>
  whileAsking(host, 'Cancelled.', (asking) => logout(provider, flags, asking));
