import type { CatalogEntry } from './entry.js';
import { plainDialect } from './dialect.js';

/** The variable that serves any provider of this name: `MY_HOUSE_API_KEY` for `my-house`. */
export const variableName = (provider: string, what: 'API_KEY' | 'BASE_URL'): string =>
  `${provider.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}_${what}`;

const nobody: Pick<CatalogEntry, 'keyRequired' | 'dialect' | 'models' | 'kind'> = {
  kind: 'openai-compatible',
  keyRequired: false,
  dialect: { ...plainDialect, replayReasoning: 'as received' },
  models: [],
};

/**
 * A provider that only a configuration knows: an endpoint of its own, or another account of a vendor, with the vendor's
 * address and ways. It takes its key and its address from variables of its own name only.
 */
export const customEntry = (name: string, { vendor }: { readonly vendor?: CatalogEntry } = {}): CatalogEntry => ({
  ...(vendor ?? nobody),
  id: name,
  aliases: [],
  displayName: name,
  keyVariables: [variableName(name, 'API_KEY')],
  baseUrlVariables: [variableName(name, 'BASE_URL')],
});
