import { describeSource, type LoadedConfig } from '@trae-cli/config';
import { type LLMProvider, type Sampling, type Secret, TraeError } from '@trae-cli/protocol';
import type { CatalogEntry, LLMProviderRegistry } from '@trae-cli/providers';
import type { ModelFlags } from '../flags/flags.js';
import { configuredName } from '../configuration/entries.js';
import type { KeyStore } from '../login/key-store.js';
import { findKey } from './key.js';
import { type PlannedProvider, planProvider } from './plan-provider.js';
import { chooseProviderName, type ChosenName } from './provider-name.js';

export type ModelChoice = {
  readonly provider: LLMProvider;
  readonly model: string;
  readonly sampling: Sampling;
  /** Model calls at most, as the provider's own entry says. */
  readonly maxSteps: number | undefined;
  /** Whether the service says itself what an answer cost. */
  readonly reportsCost: boolean;
  readonly key: Secret | undefined;
  /** A service answers, rather than a record. */
  readonly isLive: boolean;
  /** Why this one, where nobody named it. */
  readonly reason: string | undefined;
  readonly notices: readonly string[];
};

const meaninglessForRecords = [
  ['modelBaseUrl', '--model-base-url'],
  ['apiKey', '--api-key'],
  ['contextWindow', '--context-window'],
  ['reasoningEffort', '--reasoning-effort'],
] as const satisfies readonly (readonly [keyof ModelFlags, string])[];

/** A recorded run is asked nowhere: an address or a key beside it is a mistake somebody would want to know of. */
function rejectUnusedFlags(flags: ModelFlags, name: string): void {
  const unused = meaninglessForRecords.flatMap(([key, flag]) => (flags[key] === undefined ? [] : [flag]));
  if (unused.length === 0) return;
  throw new TraeError('usage', `--provider ${name} sends no requests, so ${unused.join(' and ')} cannot be meant.`, {
    hint: 'Leave one of them out.',
  });
}

/** A server that offers exactly one model needs no `--model`. */
async function onlyModelOf(provider: LLMProvider, config: LoadedConfig, signal: AbortSignal): Promise<string> {
  const offered = await offeredBy(provider, config, signal);
  const [only] = offered;
  if (only !== undefined && offered.length === 1) return only;
  const some = offered.slice(0, 20).join(', ');
  const offer = offered.length === 0 ? '' : ` It offers: ${some}${offered.length > 20 ? ', …' : ''}`;
  throw new TraeError('usage', `No model was named for ${provider.id}${whereItIsMissing(provider, config)}.`, {
    hint: `${waysToName(provider)}${offer}`,
  });
}

const waysToName = ({ id }: LLMProvider): string => `Name one with --model, or as model_providers.${id}.model.`;

/** The entry that could have named a model, with its place; empty where there is none. */
function whereItIsMissing({ id }: LLMProvider, { leaves }: LoadedConfig): string {
  const leaf = leaves.find(({ path: [section, name] }) => section === 'model_providers' && name === id);
  return leaf === undefined ? '' : `: its entry (${describeSource(leaf.source)}) has no "model"`;
}

/** Where the service cannot be asked, that no model was named is why it was asked at all. */
async function offeredBy(provider: LLMProvider, config: LoadedConfig, signal: AbortSignal): Promise<readonly string[]> {
  try {
    return (await provider.listModels(signal)).map(({ id }) => id);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof TraeError)) throw error;
    const { code, message, hint = '' } = error;
    const missing = `No model was named for ${provider.id}${whereItIsMissing(provider, config)}`;
    // It has no list to ask for, and says itself how to name one.
    if (code === 'usage') throw new TraeError(code, `${missing}. ${message}`, { hint, cause: error });
    throw new TraeError(code, `${message} ${missing}, so its list was asked for.`, {
      hint: `${hint} ${waysToName(provider)}`.trim(),
      cause: error,
    });
  }
}

export type ChoiceInputs = {
  readonly registry: LLMProviderRegistry;
  readonly entries: readonly CatalogEntry[];
  readonly store: KeyStore;
  readonly config: LoadedConfig;
};

/** What was met on the way to no key says more than that there is none. */
function requireKey({ entry, key, keyNotices: [notice] }: PlannedProvider): void {
  if (key !== undefined || !entry.keyRequired || notice === undefined) return;
  throw new TraeError('credentials_missing', `There is no API key for ${entry.displayName}: ${notice}`, {
    hint:
      entry.keyUrl === undefined
        ? 'Put the real key there.'
        : `Put the real key there. Keys are made at ${entry.keyUrl}.`,
  });
}

type Circumstances = Pick<ChoiceInputs, 'registry' | 'config'> & {
  readonly name: ChosenName;
  readonly signal: AbortSignal;
};

async function choosePlanned(
  planned: PlannedProvider,
  flags: ModelFlags,
  { registry, config, name, signal }: Circumstances,
): Promise<ModelChoice> {
  requireKey(planned);
  const provider = registry.provider(planned.entry.id, planned.settings);
  const { maxTokens, temperature, topP, topK, model } = planned.config;
  return {
    provider,
    model: flags.model ?? model?.value ?? planned.entry.defaultModel ?? (await onlyModelOf(provider, config, signal)),
    sampling: {
      ...(maxTokens === undefined ? {} : { maxOutput: maxTokens.value }),
      ...(temperature === undefined ? {} : { temperature: temperature.value }),
      ...(topP === undefined ? {} : { topP: topP.value }),
      ...(topK === undefined ? {} : { topK: topK.value }),
    },
    maxSteps: planned.config.maxSteps?.value,
    reportsCost: planned.entry.reportsCost ?? false,
    key: planned.key?.value,
    isLive: true,
    reason: name.reason,
    notices: [...planned.keyNotices, ...planned.redirection],
  };
}

function chooseRecorded(name: ChosenName, flags: ModelFlags, registry: LLMProviderRegistry): ModelChoice {
  const provider = registry.provider(name.setting.value, {});
  rejectUnusedFlags(flags, name.setting.value);
  if (flags.model === undefined) {
    throw new TraeError('usage', `--provider ${provider.id} needs --model.`, {
      hint: 'For replay, the model is the path of a recorded run.',
    });
  }
  return {
    provider,
    model: flags.model,
    sampling: {},
    maxSteps: undefined,
    reportsCost: false,
    key: undefined,
    isLive: false,
    reason: name.reason,
    notices: [],
  };
}

/** Which provider and model answer, and with what settings. Throws before any request where something is missing. */
export async function chooseModel(flags: ModelFlags, inputs: ChoiceInputs, signal: AbortSignal): Promise<ModelChoice> {
  const { registry, entries, config, store } = inputs;
  const keyOf = (entry: CatalogEntry) =>
    findKey(entry, config.provider(configuredName(entry, config), entry.keyVariables), {
      flag: undefined,
      config,
      store,
    });
  const name = await chooseProviderName(flags, { config, entries, keyOf });
  const entry = registry.entry(name.setting.value);
  if (entry === undefined) return chooseRecorded(name, flags, registry);
  const planned = await planProvider(entry, flags, inputs);
  return choosePlanned(planned, flags, { registry, config, name, signal });
}
