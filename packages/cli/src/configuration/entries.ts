import type { Leaf, LoadedConfig } from '@trae-cli/config';
import { describeSource } from '@trae-cli/config';
import { nearest, TraeError } from '@trae-cli/protocol';
import { catalog, type CatalogEntry, customEntry, unbuiltProvider } from '@trae-cli/providers';

const isNamed = (entry: CatalogEntry, name: string): boolean =>
  entry.id === name || (entry.aliases ?? []).includes(name);

/** The vendor by its name or by another it goes by. */
export const vendorNamed = (name: string): CatalogEntry | undefined => catalog.find((entry) => isNamed(entry, name));

function unknownVendor(name: string, leaf: Leaf): TraeError {
  const names = catalog.map(({ id }) => id);
  const meant = nearest(name, names);
  return new TraeError(
    'config_invalid',
    `${leaf.key} says ${JSON.stringify(name)} (${describeSource(leaf.source)}), and there is no such vendor.${meant === undefined ? '' : ` Did you mean "${meant}"?`}`,
    { hint: `Choose one of ${names.join(', ')}, or leave the key out: any name is a provider of your own.` },
  );
}

function vendorOf(name: string, { leaves }: LoadedConfig): CatalogEntry | undefined {
  const leaf = leaves.find(({ key }) => key === `model_providers.${name}.provider`);
  if (leaf === undefined || typeof leaf.value !== 'string') return undefined;
  const vendor = vendorNamed(leaf.value);
  // What is not built yet is said when it is asked for.
  if (vendor === undefined && unbuiltProvider(leaf.value) === undefined) throw unknownVendor(leaf.value, leaf);
  return vendor;
}

/** A name of the configuration as an entry of its own; undefined for a vendor under its own name. */
function ownEntry(name: string, config: LoadedConfig): CatalogEntry | undefined {
  const vendor = vendorOf(name, config);
  const known = vendorNamed(name);
  if (known !== undefined && (vendor === undefined || vendor === known)) return undefined;
  return customEntry(name, vendor === undefined ? {} : { vendor });
}

/** The vendors of the catalog and the providers that the configuration adds. */
export function entriesFor(config: LoadedConfig): readonly CatalogEntry[] {
  const own = config.providerNames.flatMap((name) => ownEntry(name, config) ?? []);
  const replaced = new Set(own.map(({ id }) => id));
  return [...catalog.filter(({ id }) => !replaced.has(id)), ...own];
}

/** The name under which the files speak of an entry. */
export const configuredName = (entry: CatalogEntry, { providerNames }: LoadedConfig): string =>
  [entry.id, ...(entry.aliases ?? [])].find((name) => providerNames.includes(name)) ?? entry.id;
