import type { JsonValue, ModelRef, ModelTraits } from '@trae-cli/protocol';
import type { Dialect } from '../dialect.js';
import type { Endpoint } from '../endpoint.js';
import type { CatalogEntry, ModelRule, ProviderSettings } from '../entry.js';
import { askToThink, describeThinking, parseEffort } from '../thinking.js';

/** One model at one endpoint, with everything the catalog and the person have said about it. */
export type Target = {
  readonly endpoint: Endpoint;
  readonly ref: ModelRef;
  readonly dialect: Dialect;
  readonly traits: ModelTraits;
  readonly maxOutput: number | undefined;
  readonly parallelToolCalls: boolean | undefined;
  /** Whether answers are asked for in pieces. */
  readonly streams: boolean;
  /** Whether images are sent; to a model nobody knows they are, though it is not said to read them. */
  readonly sendsImages: boolean;
  /** Sent in every request. */
  readonly parameters: Readonly<Record<string, JsonValue>>;
  /** To be said once. */
  readonly notices: readonly string[];
};

const assumedWindow = { private: 32_768, hosted: 128_000 } as const;

export type TargetOptions = {
  readonly entry: CatalogEntry;
  readonly endpoint: Endpoint;
  readonly settings: ProviderSettings;
};

type Thought = Pick<Target, 'parameters' | 'notices'>;

/** How the person wants the model to think, as the model can be asked to. */
function thoughtOf(name: string, { thinking }: Dialect, { reasoningEffort }: ProviderSettings): Thought {
  if (reasoningEffort === undefined) return { parameters: {}, notices: [] };
  const effort = parseEffort(reasoningEffort);
  const asked = askToThink(effort, thinking);
  const notice = describeThinking(effort, asked, name);
  return { parameters: asked?.fields ?? {}, notices: notice === undefined ? [] : [notice] };
}

export function targetFor(name: string, { entry, endpoint, settings }: TargetOptions): Target {
  const rule: ModelRule | undefined = entry.models.find(({ pattern }) => pattern.test(name));
  const dialect = { ...entry.dialect, ...rule?.dialect };
  const thought = thoughtOf(name, dialect, settings);
  return {
    endpoint,
    ref: { provider: entry.id, model: name },
    dialect,
    traits: {
      contextWindow: settings.contextWindow ?? rule?.contextWindow ?? null,
      assumedContextWindow: endpoint.isPrivate ? assumedWindow.private : assumedWindow.hosted,
      images: settings.multimodal ?? rule?.images ?? false,
      parallelToolCalls: settings.parallelToolCalls ?? true,
    },
    maxOutput: settings.maxOutput ?? rule?.maxOutput,
    parallelToolCalls: settings.parallelToolCalls,
    streams: settings.stream ?? true,
    sendsImages: settings.multimodal ?? (rule === undefined || (rule.images ?? false)),
    parameters: { ...entry.parameters, ...rule?.parameters, ...thought.parameters },
    notices: [...(rule?.notice === undefined ? [] : [`${name} ${rule.notice}`]), ...thought.notices],
  };
}
