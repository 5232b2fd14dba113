import { checkAddress, describeSource, type LoadedConfig, type ProviderConfig, type Setting } from '@trae-cli/config';
import type { Secret } from '@trae-cli/protocol';
import { type CatalogEntry, type ProviderSettings, reachedAddress } from '@trae-cli/providers';
import { configuredName, unknownVendor } from '../configuration/entries.js';
import type { ModelFlags } from '../flags/flags.js';
import type { KeyStore } from '../login/key-store.js';
import { findAddress, ownOrigins, type Route, routeOf, vendorOrigins } from './address.js';
import { findKey } from './key.js';
import { foreignAccount } from './foreign-account.js';
import { headersFor, providerSettings } from './provider-settings.js';

type PlanInputs = { readonly config: LoadedConfig; readonly store: KeyStore };

/** A vendor or custom provider with everything the person has said about it; nothing has been sent or loaded. */
export type PlannedProvider = {
  readonly entry: CatalogEntry;
  readonly config: ProviderConfig;
  readonly address: Setting<string> | undefined;
  readonly key: Setting<Secret> | undefined;
  readonly settings: ProviderSettings;
  /** What was met while the key was looked for, and what stands in its place. */
  readonly keyNotices: readonly string[];
  /** Where requests go, when that is not where one would think. */
  readonly redirection: readonly string[];
};

/** Where requests go, and not how it is written: `box:1234` is an address to some protocols. */
function reached(
  address: Setting<string> | undefined,
  entry: CatalogEntry,
  settings: ProviderSettings,
): Setting<string> | undefined {
  const value = address === undefined ? undefined : reachedAddress(entry, address.value, settings);
  return address === undefined || value === undefined ? address : { ...address, value };
}

const hasScheme = (text: string): boolean => /^https?:\/\//i.test(text.trim());

/** An address without a scheme is nothing to go by for whoever looks at it later: it is completed once, here. */
function completed(
  written: Setting<string> | undefined,
  entry: CatalogEntry,
  settings: ProviderSettings,
): Pick<PlannedProvider, 'address' | 'settings'> {
  if (written === undefined || hasScheme(written.value)) return { address: written, settings };
  const address = reached(written, entry, settings);
  return address === undefined ? { address, settings } : { address, settings: { ...settings, baseUrl: address.value } };
}

/** Throws `untrusted` where a key would go where it may not, and `config_invalid` for a vendor that there is not. */
export async function planProvider(
  entry: CatalogEntry,
  flags: ModelFlags,
  { config, store }: PlanInputs,
): Promise<PlannedProvider> {
  const provider = config.provider(configuredName(entry, config), entry.keyVariables);
  const refusal = provider.apiFormat === undefined ? unknownVendor(provider) : undefined;
  if (refusal !== undefined) throw refusal;
  const written = findAddress(flags.modelBaseUrl, entry, { config, provider });
  const { setting: key, notices } = await findKey(entry, provider, { flag: flags.apiKey, config, store });
  const headers = headersFor(entry, provider, config);
  const { address, settings } = completed(
    written,
    entry,
    providerSettings(provider, flags, { key: key?.value, address: written, headers }),
  );
  const route: Route = routeOf(entry, provider, address);
  const target = reached(route.address, entry, settings);
  checkAddress({
    provider: entry.id,
    ...(target === undefined ? {} : { address: target }),
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
    settings,
    keyNotices: [...notices, ...foreignAccount(entry, key, headers)],
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
