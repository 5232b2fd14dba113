import { describeSource, isUntrusted, type Setting } from '@trae-cli/config';
import type { Secret } from '@trae-cli/protocol';
import type { CatalogEntry } from '@trae-cli/providers';

/** Services know by these on whose account a request is. */
const ofAccounts = /^(?:authorization|cookie|(?:.*-)?api-key)$/i;

/** Whoever wrote a repository may see, and is billed, what is asked with a header of theirs: that is told. */
export function foreignAccount(
  { id }: CatalogEntry,
  key: Setting<Secret> | undefined,
  headers: Readonly<Record<string, Setting<string>>>,
): readonly string[] {
  if (key === undefined || isUntrusted(key.source)) return [];
  return Object.entries(headers)
    .filter(([name, { source }]) => ofAccounts.test(name) && isUntrusted(source))
    .map(([name, { source }]) => {
      const places = `the header "${name}" from ${describeSource(source)} stands before your key from ${describeSource(key.source)}`;
      return `${id}: ${places}: what you ask is on the account of whoever wrote that file.`;
    });
}
