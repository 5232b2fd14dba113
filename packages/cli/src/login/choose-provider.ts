import type { Environment } from '@trae-cli/protocol';
import { isPlaceholderKey } from '@trae-cli/config';
import { catalog, type CatalogEntry } from '@trae-cli/providers';
import { askText } from '../prompt/ask-line.js';
import { choose, type Option } from '../prompt/choose.js';
import type { Person } from '../prompt/person.js';
import type { StoredKey } from './key-store.js';

/** The variable of the environment that holds a key for this provider, if one does. */
export const keyVariableSet = ({ keyVariables }: CatalogEntry, environment: Environment): string | undefined =>
  keyVariables.find((name) => {
    const value = environment[name] ?? '';
    return value.trim() !== '' && !isPlaceholderKey(value);
  });

export type KnownKeys = { readonly stored: readonly StoredKey[]; readonly environment: Environment };

/** Which key there is already, for people. */
function keyHint(entry: CatalogEntry, { stored, environment }: KnownKeys): Pick<Option<string>, 'hint'> {
  const variable = keyVariableSet(entry, environment);
  const words = [
    ...(entry.displayName.toLowerCase() === entry.id ? [] : [entry.displayName]),
    ...(variable === undefined ? [] : [`${variable} is set`]),
    ...(stored.some(({ provider }) => provider === entry.id) ? ['a key is stored'] : []),
  ];
  return words.length === 0 ? {} : { hint: words.join(', ') };
}

/** Asks for a provider: one of the built-in ones, or the name of another. */
export async function chooseProvider(person: Person, question: string, known: KnownKeys): Promise<string> {
  const builtIn: readonly Option<string | undefined>[] = catalog.map((entry) => ({
    value: entry.id,
    label: entry.id,
    ...keyHint(entry, known),
  }));
  const other = { value: undefined, label: 'another', hint: 'a server of your own' };
  return (await choose(person, question, [...builtIn, other])) ?? askText(person, 'What do you call it?');
}
