import { describeSource, type LoadedConfig, type ProviderConfig } from '@trae-cli/config';
import { didYouMean, nearest, TraeError } from '@trae-cli/protocol';
import { catalog, type CatalogEntry, customEntry } from '@trae-cli/providers';

const isNamed = (entry: CatalogEntry, name: string): boolean =>
  entry.id === name || (entry.aliases ?? []).includes(name);

/** The vendor by its name or by another it goes by. */
export const vendorNamed = (name: string): CatalogEntry | undefined => catalog.find((entry) => isNamed(entry, name));

/** What `provider` says of an entry, where that is no vendor; a name of one's own may be repeated there. */
export function unknownVendor({ name, vendor }: ProviderConfig): TraeError | undefined {
  if (vendor === undefined || vendor.value === name || vendorNamed(vendor.value) !== undefined) return undefined;
  const names = catalog.map(({ id }) => id);
  const question = didYouMean(nearest(vendor.value, names));
  const said = `model_providers.${name}.provider says ${JSON.stringify(vendor.value)} (${describeSource(vendor.source)})`;
  return new TraeError('config_invalid', `${said}, and there is no such vendor.${question}`, {
    hint: `Choose one of ${names.join(', ')}, or leave the key out: any name is a provider of your own.`,
  });
}

/**
 * The vendors that entries are variants of. What is no vendor is said when that entry is asked for: files of the original
 * have many that nobody asks for.
 */
function vendorsSaid({ leaves }: LoadedConfig): ReadonlyMap<string, CatalogEntry> {
  const said = leaves.flatMap(({ key, value }) => {
    const [, name] = /^model_providers\.(.+)\.provider$/.exec(key) ?? [];
    const vendor = typeof value === 'string' ? vendorNamed(value) : undefined;
    return name === undefined || vendor === undefined ? [] : [[name, vendor] as const];
  });
  return new Map(said);
}

/** A name of the configuration as an entry of its own; undefined for a vendor under its own name. */
function ownEntry(name: string, vendor: CatalogEntry | undefined): CatalogEntry | undefined {
  const known = vendorNamed(name);
  if (known !== undefined && (vendor === undefined || vendor === known)) return undefined;
  return customEntry(name, vendor === undefined ? {} : { vendor });
}

/** The vendors of the catalog and the providers that the configuration adds. */
export function entriesFor(config: LoadedConfig): readonly CatalogEntry[] {
  const vendors = vendorsSaid(config);
  const own = config.providerNames.flatMap((name) => ownEntry(name, vendors.get(name)) ?? []);
  const replaced = new Set(own.map(({ id }) => id));
  return [...catalog.filter(({ id }) => !replaced.has(id)), ...own];
}

/** The name under which the files speak of an entry. */
export const configuredName = (entry: CatalogEntry, { providerNames }: LoadedConfig): string =>
  [entry.id, ...(entry.aliases ?? [])].find((name) => providerNames.includes(name)) ?? entry.id;
