import { isSet } from '@trae-cli/protocol';
import { isUntrusted, type LoadedConfig, type ProviderConfig, type Setting, tidyKey } from '@trae-cli/config';
import { catalog, type CatalogEntry } from '@trae-cli/providers';
import { vendorNamed } from '../configuration/entries.js';

/** Quotes that came along with it are no part of an address. */
const unquoted = (text: string): string => tidyKey(text).key;

function addressFromVariables(entry: CatalogEntry, config: LoadedConfig, kind: 'environment' | 'dotenv') {
  const setting = entry.baseUrlVariables
    .map((variable) => config.variable(variable))
    .find((found) => found?.source.kind === kind);
  return setting === undefined ? undefined : { ...setting, value: unquoted(setting.value) };
}

/** Where requests go, if anybody says: the flag, the environment, `.env`, the files. Else the vendor's own address. */
export function findAddress(
  flag: string | undefined,
  entry: CatalogEntry,
  { config, provider }: { readonly config: LoadedConfig; readonly provider: ProviderConfig },
): Setting<string> | undefined {
  if (isSet(flag)) return { value: unquoted(flag), source: { kind: 'flag', flag: '--model-base-url' } };
  return (
    addressFromVariables(entry, config, 'environment') ??
    addressFromVariables(entry, config, 'dotenv') ??
    provider.baseUrl
  );
}

const originOf = (address: string): readonly string[] => (URL.canParse(address) ? [new URL(address).origin] : []);

/** The vendor's own addresses, to which its keys may always go. */
export const ownOrigins = ({ baseUrl, otherOrigins = [] }: CatalogEntry): readonly string[] =>
  [...(baseUrl === undefined ? [] : [baseUrl]), ...otherOrigins].flatMap(originOf);

/** The addresses of all vendors. */
export const vendorOrigins: readonly string[] = catalog.flatMap(ownOrigins);

/** Where requests would go, and where the keys that go with them belong. */
export type Route = { readonly address: Setting<string> | undefined; readonly ownOrigins: readonly string[] };

/**
 * Where an entry sends its requests. That it is a vendor's says nothing about its keys where a folder that nobody trusts
 * says so: `STRIPE_API_KEY` does not belong to whichever vendor a clone names for its `stripe`.
 */
export function routeOf(
  entry: CatalogEntry,
  { vendor }: Pick<ProviderConfig, 'vendor'>,
  address: Setting<string> | undefined,
): Route {
  if (vendor === undefined || !isUntrusted(vendor.source)) return { address, ownOrigins: ownOrigins(entry) };
  const named = vendorNamed(entry.id);
  const { baseUrl } = entry;
  const fromVendor = baseUrl === undefined ? undefined : { value: baseUrl, source: vendor.source };
  return { address: address ?? fromVendor, ownOrigins: named === undefined ? [] : ownOrigins(named) };
}
