import type { Price } from '@trae-cli/protocol';
import { catalog } from './catalog/catalog.js';
import type { CatalogEntry, ModelRule } from './entry.js';

type ModelReference = {
  readonly id: string;
  /** Tokens; undefined where nobody knows. */
  readonly contextWindow: number | undefined;
  readonly maxOutput: number | undefined;
  readonly images: boolean;
  /** False: calls are asked for in the text of the answer. */
  readonly tools: boolean;
  readonly price: Price | undefined;
  /** What is wrong with it, as a sentence that begins with its name. */
  readonly notice: string | undefined;
};

/** A vendor as people look it up. */
export type ProviderReference = Pick<
  CatalogEntry,
  | 'id'
  | 'displayName'
  | 'baseUrl'
  | 'addressExample'
  | 'keyVariables'
  | 'keyRequired'
  | 'baseUrlVariables'
  | 'defaultModel'
  | 'freeTier'
  | 'rateLimit'
  | 'keyUrl'
  | 'websiteUrl'
  | 'docsUrl'
> & {
  readonly aliases: readonly string[];
  readonly models: readonly ModelReference[];
  readonly notes: readonly string[];
};

function modelReference(id: string, rules: readonly ModelRule[]): ModelReference {
  const rule = rules.find(({ pattern }) => pattern.test(id));
  return {
    id,
    contextWindow: rule?.contextWindow,
    maxOutput: rule?.maxOutput,
    images: rule?.images ?? false,
    tools: rule?.tools ?? true,
    price: rule?.price,
    notice: rule?.notice === undefined ? undefined : `${id} ${rule.notice}`,
  };
}

/** Everything that a page about the providers tells, in the order of the catalog. */
export const providerReference = (entries: readonly CatalogEntry[] = catalog): readonly ProviderReference[] =>
  entries.map(({ aliases = [], models, notes = [], popularModels = [], ...entry }) => ({
    ...entry,
    aliases,
    models: popularModels.map((id) => modelReference(id, models)),
    notes,
  }));
