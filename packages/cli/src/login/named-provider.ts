import { looksLikeKey } from '@trae-cli/config';
import { nearest, TraeError } from '@trae-cli/protocol';
import { catalog, type CatalogEntry, customEntry } from '@trae-cli/providers';
import { vendorNamed } from '../configuration/entries.js';

/** A provider as somebody named it. */
export type NamedProvider = {
  readonly entry: CatalogEntry;
  /** A name that only the person's configuration knows. */
  readonly isCustom: boolean;
};

/** Names that stand for something else than a service. */
const reservedNames: readonly string[] = ['replay'];

/** A name is shown and handed to programs: one word, and nothing that could be taken for a flag. */
const isName = (name: string): boolean =>
  /^[\p{L}\p{N}][\p{L}\p{N}._:/@+-]{0,99}$/u.test(name) && !reservedNames.includes(name);

function rejectKeyAsName(name: string): void {
  if (!looksLikeKey(name)) return;
  throw new TraeError('usage', 'What was given as the provider looks like a key.', {
    hint: 'The name of the provider goes here, such as groq. If it was a key, it may be in the history of your shell now: make a new one.',
  });
}

function customProvider(name: string, isDeliberate: boolean): CatalogEntry {
  if (!isName(name))
    throw new TraeError('usage', `${JSON.stringify(name.slice(0, 100))} is no name for a provider.`, {
      hint: `Choose one of ${catalog.map(({ id }) => id).join(', ')}, or one word of your own.`,
    });
  const names = catalog.flatMap(({ id, aliases = [] }) => [id, ...aliases]);
  const meant = isDeliberate ? undefined : nearest(name, names);
  if (meant === undefined) return customEntry(name);
  throw new TraeError('usage', `There is no built-in provider "${name}". Did you mean ${meant}?`, {
    hint: 'For a provider of your own of that name, give its address with --model-base-url.',
  });
}

/**
 * The built-in provider of this name, or one that is the person's own. Throws for what cannot be meant; a name that is
 * nearly a built-in one only passes where it is deliberate.
 */
export function namedProvider(given: string, isDeliberate: boolean): NamedProvider {
  const name = given.trim();
  rejectKeyAsName(name);
  const vendor = vendorNamed(name);
  return { entry: vendor ?? customProvider(name, isDeliberate), isCustom: vendor === undefined };
}
