import { checkAddress, describeSource, type LoadedConfig, type ProviderConfig, type Setting } from '@trae-cli/config';
import type { Secret } from '@trae-cli/protocol';
import type { CatalogEntry, ProviderSettings } from '@trae-cli/providers';
import { configuredName, unknownVendor } from '../configuration/entries.js';
import type { ModelFlags } from '../flags/flags.js';
import type { KeyStore } from '../login/key-store.js';
import { findAddress, ownOrigins, routeOf, vendorOrigins } from './address.js';
import { findKey } from './key.js';
import { headersFor, providerSettings } from './provider-settings.js';

type PlanInputs = { readonly config: LoadedConfig; readonly store: KeyStore };

/** A vendor or custom provider with everything the person has said about it; nothing has been sent or loaded. */
export type PlannedProvider = {
  readonly entry: CatalogEntry;
  readonly config: ProviderConfig;
  readonly address: Setting<string> | undefined;
  readonly key: Setting<Secret> | undefined;
  readonly settings: ProviderSettings;
  /** What was met while the key was looked for. */
  readonly keyNotices: readonly string[];
  /** Where requests go, when that is not where one would think. */
  readonly redirection: readonly string[];
};

/** Throws `untrusted` where a key would go where it may not, and `config_invalid` for a vendor that there is not. */
export async function planProvider(
  entry: CatalogEntry,
  flags: ModelFlags,
  { config, store }: PlanInputs,
): Promise<PlannedProvider> {
  const provider = config.provider(configuredName(entry, config), entry.keyVariables);
  const refusal = provider.apiFormat === undefined ? unknownVendor(provider) : undefined;
  if (refusal !== undefined) throw refusal;
  const address = findAddress(flags.modelBaseUrl, entry, { config, provider });
  const { setting: key, notices } = await findKey(entry, provider, { flag: flags.apiKey, config, store });
  const headers = headersFor(entry, provider, config);
  const route = routeOf(entry, provider, address);
  checkAddress({
    provider: entry.id,
    ...(route.address === undefined ? {} : { address: route.address }),
    ownOrigins: route.ownOrigins,
    vendorOrigins,
    ...(key === undefined ? {} : { key }),
    headers,
  });
  return {
    entry,
    config: provider,
    address,
    key,
    settings: providerSettings(provider, flags, { key: key?.value, address, headers }),
    keyNotices: notices,
    redirection: redirection(entry, address),
  };
}

/** Said unless the person just said it: a variable or a file sends a vendor's requests elsewhere. */
function redirection(entry: CatalogEntry, address: Setting<string> | undefined): readonly string[] {
  if (address === undefined || address.source.kind === 'flag' || entry.baseUrl === undefined) return [];
  const url = URL.canParse(address.value) ? new URL(address.value) : undefined;
  if (url !== undefined && ownOrigins(entry).includes(url.origin)) return [];
  const where = url === undefined || url.host === '' ? 'another address' : `another address, ${url.host}`;
  return [`${describeSource(address.source)} sends the requests for ${entry.id} to ${where}.`];
}
