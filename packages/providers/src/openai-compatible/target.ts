import type { JsonValue, ModelRef, ModelTraits } from '@trae-cli/protocol';
import type { Dialect } from '../dialect.js';
import type { Endpoint } from '../endpoint.js';
import type { CatalogEntry, ModelRule, ProviderSettings } from '../entry.js';

/** One model at one endpoint, with everything the catalog and the person have said about it. */
export type Target = {
  readonly endpoint: Endpoint;
  readonly ref: ModelRef;
  readonly dialect: Dialect;
  readonly traits: ModelTraits;
  readonly maxOutput: number | undefined;
  readonly parallelToolCalls: boolean | undefined;
  /** Whether images are sent; to a model nobody knows they are, though it is not said to read them. */
  readonly sendsImages: boolean;
  /** Sent in every request. */
  readonly parameters: Readonly<Record<string, JsonValue>>;
  /** To be said once. */
  readonly notice: string | undefined;
};

const assumedWindow = { private: 32_768, hosted: 128_000 } as const;

export type TargetOptions = {
  readonly entry: CatalogEntry;
  readonly endpoint: Endpoint;
  readonly settings: ProviderSettings;
};

export function targetFor(name: string, { entry, endpoint, settings }: TargetOptions): Target {
  const rule: ModelRule | undefined = entry.models.find(({ pattern }) => pattern.test(name));
  return {
    endpoint,
    ref: { provider: entry.id, model: name },
    dialect: { ...entry.dialect, ...rule?.dialect },
    traits: {
      contextWindow: settings.contextWindow ?? rule?.contextWindow ?? null,
      assumedContextWindow: endpoint.isPrivate ? assumedWindow.private : assumedWindow.hosted,
      images: rule?.images ?? false,
      parallelToolCalls: settings.parallelToolCalls ?? true,
    },
    maxOutput: rule?.maxOutput,
    parallelToolCalls: settings.parallelToolCalls,
    sendsImages: rule === undefined || (rule.images ?? false),
    parameters: rule?.parameters ?? {},
    notice: rule?.notice === undefined ? undefined : `${name} ${rule.notice}`,
  };
}
