import type { LoadedConfig, ProviderConfig, Setting } from '@trae-cli/config';
import type { CatalogEntry } from '@trae-cli/providers';

const isSet = (value: string | undefined): value is string => value !== undefined && value.trim() !== '';

function addressFromVariables(entry: CatalogEntry, config: LoadedConfig, kind: 'environment' | 'dotenv') {
  return entry.baseUrlVariables
    .map((variable) => config.variable(variable))
    .find((setting) => setting?.source.kind === kind);
}

/** Where requests go, if anybody says: the flag, the environment, `.env`, the files. Else the vendor's own address. */
export function findAddress(
  flag: string | undefined,
  entry: CatalogEntry,
  { config, provider }: { readonly config: LoadedConfig; readonly provider: ProviderConfig },
): Setting<string> | undefined {
  if (isSet(flag)) return { value: flag, source: { kind: 'flag', flag: '--model-base-url' } };
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
