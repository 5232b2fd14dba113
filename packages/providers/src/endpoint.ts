import type { Secret } from '@trae-cli/protocol';
import { cleanBaseUrl, isPrivate } from './base-url.js';
import type { CatalogEntry, ProviderSettings } from './entry.js';

/** How long a service may be silent, in milliseconds; undefined: for ever. */
export type SilenceLimits = {
  readonly headersMs: number | undefined;
  readonly idleMs: number | undefined;
};

/** One service as it is reached: the entry and the settings, settled. */
export type Endpoint = {
  readonly provider: string;
  readonly displayName: string;
  readonly baseUrl: string;
  readonly isPrivate: boolean;
  readonly key: Secret | undefined;
  readonly keyUrl: string | undefined;
  /** Where a key is looked for first. */
  readonly keyVariable: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly limits: SilenceLimits;
};

/** A model at home may take minutes to load and to read a long prompt, and says nothing while it does. */
const hostedLimits: SilenceLimits = { headersMs: 180_000, idleMs: 300_000 };
const privateLimits: SilenceLimits = { headersMs: undefined, idleMs: 1_800_000 };

export function endpointOf(entry: CatalogEntry, address: string, settings: ProviderSettings): Endpoint {
  const baseUrl = cleanBaseUrl(address, entry.id);
  const limits = isPrivate(baseUrl) ? privateLimits : hostedLimits;
  return {
    provider: entry.id,
    displayName: entry.displayName,
    baseUrl,
    isPrivate: isPrivate(baseUrl),
    key: settings.apiKey,
    keyUrl: entry.keyUrl,
    keyVariable: entry.keyVariables[0],
    headers: { ...entry.headers, ...settings.headers },
    limits: {
      headersMs: settings.headersTimeoutMs ?? limits.headersMs,
      idleMs: settings.idleTimeoutMs ?? limits.idleMs,
    },
  };
}
