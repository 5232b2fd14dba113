import type { JsonValue, ModelRef, ModelTraits } from '@trae-cli/protocol';
import type { ApiFormat } from '../api-format.js';
import type { Dialect } from '../dialect.js';
import type { Endpoint } from '../endpoint.js';
import type { CatalogEntry, ModelRule, ModelSettings, ProviderSettings, ToolMode } from '../entry.js';
import { aboutModel } from '../knowledge/about-model.js';
import { plainDialects } from '../plain-dialects.js';
import { askToThink, describeThinking, parseEffort } from '../thinking.js';
import { repairsFrom } from './lessons.js';
import type { ModelFacts } from './protocol.js';
import type { Repair } from './repair.js';

/** One model at one endpoint, with everything the catalog, the service and the person have said about it. */
export type Target = {
  readonly endpoint: Endpoint;
  readonly ref: ModelRef;
  readonly apiFormat: ApiFormat;
  readonly dialect: Dialect;
  readonly traits: ModelTraits;
  readonly maxOutput: number | undefined;
  readonly parallelToolCalls: boolean | undefined;
  readonly toolMode: ToolMode;
  /** False: it is known that the model has no tools of its own. */
  readonly hasTools: boolean | undefined;
  /** Whether answers are asked for in pieces. */
  readonly streams: boolean;
  /** Whether images are sent; to a model nobody knows they are, though it is not said to read them. */
  readonly sendsImages: boolean;
  /** Sent in every request. */
  readonly parameters: Readonly<Record<string, JsonValue>>;
  /** What is known of the form that the service takes. */
  readonly repairs: readonly Repair[];
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

const ruleFor = (name: string, { models }: CatalogEntry): ModelRule | undefined =>
  models.find(({ pattern }) => pattern.test(name));

/** The protocol that the model is asked in: what the person says, else what it wants itself, else that of the vendor. */
export function apiFormatFor(name: string, { entry, settings }: Omit<TargetOptions, 'endpoint'>): ApiFormat {
  // A whole address is that of one protocol, whatever the model.
  const wanted = settings.fullUrl === true ? undefined : ruleFor(name, entry)?.apiFormat;
  return settings.apiFormat ?? wanted ?? entry.apiFormat;
}

/** What the catalog says about asking the model in this format. */
function spoken(entry: CatalogEntry, rule: ModelRule | undefined, apiFormat: ApiFormat) {
  const isOwn = apiFormat === (rule?.apiFormat ?? entry.apiFormat);
  const { dialect, parameters } = (isOwn ? rule : rule?.variants?.[apiFormat]) ?? {};
  const base = apiFormat === entry.apiFormat ? entry.dialect : plainDialects[apiFormat];
  return {
    dialect: { ...base, ...dialect },
    parameters: { ...(apiFormat === entry.apiFormat ? entry.parameters : {}), ...parameters },
  };
}

/** What the person says of this model, what is said of all of them included. */
export function modelSettingsOf(name: string, settings: ProviderSettings): ModelSettings {
  const { models = {}, contextWindow, maxOutput, multimodal, toolMode } = settings;
  const named = Object.hasOwn(models, name) ? models[name] : undefined;
  return Object.fromEntries(
    Object.entries({ contextWindow, maxOutput, multimodal, toolMode, ...named }).filter(
      ([, value]) => value !== undefined,
    ),
  );
}

type Known = { readonly name: string; readonly rule: ModelRule | undefined; readonly options: TargetOptions };

function traitsOf(said: ModelSettings, facts: ModelFacts, { name, options, rule }: Known): ModelTraits {
  const { endpoint, settings } = options;
  const maxOutput = said.maxOutput ?? rule?.maxOutput;
  const reasoning = said.reasoning ?? facts.reasoning ?? rule?.reasoning;
  const { price } = aboutModel(name, options);
  return {
    contextWindow: facts.contextWindow ?? said.contextWindow ?? rule?.contextWindow ?? null,
    assumedContextWindow: endpoint.isPrivate ? assumedWindow.private : assumedWindow.hosted,
    images: said.multimodal ?? facts.images ?? rule?.images ?? false,
    parallelToolCalls: settings.parallelToolCalls ?? true,
    ...(maxOutput === undefined ? {} : { maxOutput }),
    ...(reasoning === undefined ? {} : { reasoning }),
    ...(price === undefined ? {} : { price }),
  };
}

/** `facts` are what the service itself has said; a window among them is within what the person allows. */
export function targetFor(name: string, options: TargetOptions, facts: ModelFacts = {}): Target {
  const { endpoint, entry, settings } = options;
  const rule = ruleFor(name, entry);
  const apiFormat = apiFormatFor(name, options);
  const { dialect, parameters } = spoken(entry, rule, apiFormat);
  const thought = thoughtOf(name, dialect, settings);
  const said = modelSettingsOf(name, settings);
  return {
    endpoint,
    ref: { provider: entry.id, model: name },
    apiFormat,
    dialect,
    traits: traitsOf(said, facts, { name, options, rule }),
    maxOutput: said.maxOutput ?? rule?.maxOutput,
    parallelToolCalls: settings.parallelToolCalls,
    toolMode: said.toolMode ?? 'auto',
    hasTools: facts.tools ?? rule?.tools,
    streams: settings.stream ?? true,
    sendsImages: said.multimodal ?? facts.images ?? (rule === undefined || (rule.images ?? false)),
    parameters: { ...parameters, ...facts.parameters, ...thought.parameters },
    repairs: [...repairsFrom(settings.compatibility ?? {}), ...repairsFrom(said.compatibility ?? {})],
    notices: [
      ...(rule?.notice === undefined ? [] : [`${name} ${rule.notice}`]),
      ...(facts.notices ?? []),
      ...thought.notices,
    ],
  };
}
