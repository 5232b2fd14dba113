import { isSet, type Secret, TraeError } from '@trae-cli/protocol';
import { isOwnAddress } from './base-url.js';
import { furtherKeyPrefixes } from './catalog/strangers.js';
import type { CatalogEntry, ProviderSettings } from './entry.js';
import { keyPlaces } from './key-places.js';

/** What no key has in it, and what goes wrong where one seems to. */
const flaws: readonly (readonly [RegExp, string])[] = [
  [/[\r\n]/, 'a line break in it'],
  [/^bearer\s/i, 'the word Bearer before it'],
  [/\s/, 'a space in it'],
  [/["\u201C-\u201F]|^['`]|['`]$/, 'a quotation mark in it'],
  [/[^\u0021-\u007E]/, 'a character in it that no key has'],
];

const flawOf = (key: string): string | undefined => flaws.find(([pattern]) => pattern.test(key))?.[1];

/** Who makes keys that begin like this one. */
function makerOf(key: string, entries: readonly CatalogEntry[]) {
  const known = entries.flatMap(({ displayName, keyPrefixes = [] }) =>
    keyPrefixes.map((prefix) => [prefix, displayName] as const),
  );
  return [...known, ...furtherKeyPrefixes].find(([prefix]) => key.startsWith(prefix));
}

const madeAt = ({ keyUrl }: CatalogEntry): string => (keyUrl === undefined ? '' : ` Keys are made at ${keyUrl}.`);

function rejectForeignKey(entry: CatalogEntry, key: Secret, entries: readonly CatalogEntry[]): void {
  const { displayName, keyPrefixes = [] } = entry;
  const text = key.reveal().trim();
  if (keyPrefixes.some((prefix) => text.startsWith(prefix))) return;
  const maker = makerOf(text, entries);
  if (maker === undefined) return;
  const [prefix, name] = maker;
  throw new TraeError(
    'credentials_rejected',
    `The key from ${key.origin} looks like a key of ${name} (${prefix}…), and would be sent to ${displayName}.`,
    { hint: `Give a key of ${displayName}, or choose another provider with --provider.${madeAt(entry)}` },
  );
}

/** Whether the person sends credentials in a header of their own. */
const hasAuthorization = ({ headers = {} }: ProviderSettings): boolean =>
  Object.keys(headers).some((name) => name.toLowerCase() === 'authorization');

/** Throws, before anything is sent, where the key is missing, cannot be one, or is plainly somebody else's. */
export function checkKey(
  entry: CatalogEntry,
  address: string,
  settings: ProviderSettings,
  entries: readonly CatalogEntry[],
): void {
  const { displayName, id, keyRequired, keyVariables } = entry;
  const { apiKey: key } = settings;
  if (key === undefined || !isSet(key.reveal())) {
    if (!keyRequired || hasAuthorization(settings)) return;
    throw new TraeError('credentials_missing', `There is no API key for ${displayName} ("${id}").`, {
      hint: `${keyPlaces(id, keyVariables[0])}.${madeAt(entry)}`,
    });
  }
  const flaw = flawOf(key.reveal().trim());
  if (flaw !== undefined)
    throw new TraeError('credentials_rejected', `The API key from ${key.origin} has ${flaw}.`, {
      hint: `Copy the key again, alone and on one line.${madeAt(entry)}`,
    });
  if (isOwnAddress(entry, address)) rejectForeignKey(entry, key, entries);
}
