import { describeSource, type Leaf, type LoadedConfig, type ProviderConfig } from '@trae-cli/config';
import { didYouMean, nearest, TraeError } from '@trae-cli/protocol';
import { type ApiFormat, apiFormats, catalog, type CatalogEntry, customEntry } from '@trae-cli/providers';

/** What the files say under one key of an entry, as it stands there. */
export const leafOf = ({ leaves }: LoadedConfig, provider: string, key: string): Leaf | undefined =>
  leaves.find(
    ({ path }) => path.length === 3 && path[0] === 'model_providers' && path[1] === provider && path[2] === key,
  );

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
  const said = leaves.flatMap(({ path, value }) => {
    const [section, name, key, ...rest] = path;
    if (section !== 'model_providers' || name === undefined || key !== 'provider' || rest.length > 0) return [];
    const vendor = typeof value === 'string' ? vendorNamed(value) : undefined;
    return vendor === undefined ? [] : [[name, vendor] as const];
  });
  return new Map(said);
}

/** A name of the configuration as an entry of its own; undefined for a vendor under its own name. */
function ownEntry(
  name: string,
  { vendor, apiFormat }: { readonly vendor: CatalogEntry | undefined; readonly apiFormat: ApiFormat | undefined },
): CatalogEntry | undefined {
  const known = vendorNamed(name);
  if (known !== undefined && (vendor === undefined || vendor === known)) return undefined;
  if (vendor !== undefined) return customEntry(name, { vendor });
  return customEntry(name, apiFormat === undefined ? {} : { apiFormat });
}

/** The protocol that an entry names itself; what is no protocol has been found before. */
function apiFormatSaid(name: string, config: LoadedConfig): ApiFormat | undefined {
  const said = leafOf(config, name, 'api_format')?.value;
  return apiFormats.find((format) => format === said);
}

/** The vendors of the catalog and the providers that the configuration adds. */
export function entriesFor(config: LoadedConfig): readonly CatalogEntry[] {
  const vendors = vendorsSaid(config);
  const own = config.providerNames.flatMap(
    (name) => ownEntry(name, { vendor: vendors.get(name), apiFormat: apiFormatSaid(name, config) }) ?? [],
  );
  const replaced = new Set(own.map(({ id }) => id));
  return [...catalog.filter(({ id }) => !replaced.has(id)), ...own];
}

/** The name under which the files speak of an entry. */
export const configuredName = (entry: CatalogEntry, { providerNames }: LoadedConfig): string =>
  [entry.id, ...(entry.aliases ?? [])].find((name) => providerNames.includes(name)) ?? entry.id;
