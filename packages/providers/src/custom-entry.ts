import type { CatalogEntry } from './entry.js';
import type { ApiFormat } from './api-format.js';
import { plainDialects } from './plain-dialects.js';

/** The variable that serves any provider of this name: `MY_HOUSE_API_KEY` for `my-house`. */
export const variableName = (provider: string, what: 'API_KEY' | 'BASE_URL'): string =>
  `${provider.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}_${what}`;

const nobody = (apiFormat: ApiFormat): Pick<CatalogEntry, 'keyRequired' | 'dialect' | 'models' | 'apiFormat'> => ({
  apiFormat,
  keyRequired: false,
  dialect: plainDialects[apiFormat],
  models: [],
});

/**
 * A provider that only a configuration knows: an endpoint of its own, or another account of a vendor, with the vendor's
 * address and ways. It takes its key and its address from variables of its own name only.
 */
export const customEntry = (
  name: string,
  { vendor, apiFormat = 'openai-chat' }: { readonly vendor?: CatalogEntry; readonly apiFormat?: ApiFormat } = {},
): CatalogEntry => ({
  ...(vendor ?? nobody(apiFormat)),
  id: name,
  aliases: [],
  displayName: name,
  keyVariables: [variableName(name, 'API_KEY')],
  baseUrlVariables: [variableName(name, 'BASE_URL')],
});
