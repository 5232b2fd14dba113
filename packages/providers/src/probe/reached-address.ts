import { TraeError } from '@trae-cli/protocol';
import { endpointOf } from '../endpoint.js';
import type { CatalogEntry, ProviderSettings } from '../entry.js';

/**
 * Where requests go that are sent to an address as a person has written it: a scheme, a port or a host that was left out is
 * in it. Undefined where nothing is sent to it, because it is none.
 */
export function reachedAddress(entry: CatalogEntry, address: string, settings: ProviderSettings): string | undefined {
  try {
    return endpointOf(entry, address, settings).baseUrl;
  } catch (error) {
    if (error instanceof TraeError) return undefined;
    throw error;
  }
}
