import { type LLMProvider, type Secret, TraeError } from '@trae-cli/protocol';
import {
  type CatalogEntry,
  headersFromEnvironment,
  keyFromEnvironment,
  type LLMProviderRegistry,
  type ProviderSettings,
} from '@trae-cli/providers';
import type { RunFlags } from '../flags/flags.js';
import type { Environment } from '../host/environment.js';

export type ModelChoice = {
  readonly provider: LLMProvider;
  readonly model: string;
  /** A service answers, rather than a record. */
  readonly isLive: boolean;
  /** Why this one, where nobody named it. */
  readonly reason: string | undefined;
  /** Where requests go, when that is not the vendor's own address. */
  readonly redirectedBy: string | undefined;
};

type ChosenName = { readonly name: string; readonly reason: string | undefined };

type ModelFlags = Pick<RunFlags, 'provider' | 'model' | 'modelBaseUrl' | 'apiKey' | 'contextWindow'>;

const isSet = (value: string | undefined): value is string => value !== undefined && value.trim() !== '';

function nothingToAsk(entries: readonly CatalogEntry[]): TraeError {
  const variables = entries.flatMap((entry) => entry.keyVariables);
  return new TraeError(
    'credentials_missing',
    `No provider was named, and none of these is set: ${variables.join(', ')}.`,
    {
      hint: [
        'Three ways on:',
        '  1. Set a key, for example: export GROQ_API_KEY=…',
        '  2. Use any OpenAI-compatible server: --model-base-url http://localhost:8000/v1 --model NAME',
        '  3. Watch a recorded run without a key: --provider replay --model RUN.jsonl, or `npm run demo` in a checkout',
      ].join('\n'),
    },
  );
}

function chooseName(flags: ModelFlags, entries: readonly CatalogEntry[], environment: Environment): ChosenName {
  if (flags.provider !== undefined) return { name: flags.provider, reason: undefined };
  if (flags.modelBaseUrl !== undefined) return { name: 'openai_compatible', reason: '--model-base-url was given' };
  for (const entry of entries) {
    const key = keyFromEnvironment(entry, environment);
    if (key !== undefined) return { name: entry.id, reason: `${key.origin} is set` };
  }
  throw nothingToAsk(entries);
}

function addressOf(flags: ModelFlags, entry: CatalogEntry | undefined, environment: Environment) {
  if (flags.modelBaseUrl !== undefined) return { baseUrl: flags.modelBaseUrl, redirectedBy: '--model-base-url' };
  for (const variable of entry?.baseUrlVariables ?? []) {
    const baseUrl = environment[variable];
    if (isSet(baseUrl)) return { baseUrl, redirectedBy: variable };
  }
  return undefined;
}

/** A recorded run is asked nowhere: an address or a key beside it is a mistake somebody would want to know of. */
function rejectUnusedFlags({ modelBaseUrl, apiKey }: ModelFlags, name: string): void {
  const unused = [
    ...(modelBaseUrl === undefined ? [] : ['--model-base-url']),
    ...(apiKey === undefined ? [] : ['--api-key']),
  ];
  if (unused.length === 0) return;
  throw new TraeError('usage', `--provider ${name} sends no requests, so ${unused.join(' and ')} cannot be meant.`, {
    hint: 'Leave one of them out.',
  });
}

/** A server that offers exactly one model needs no `--model`. */
async function onlyModelOf(provider: LLMProvider, signal: AbortSignal): Promise<string> {
  const offered = await provider.listModels(signal);
  const [only] = offered;
  if (only !== undefined && offered.length === 1) return only;
  const some = offered.slice(0, 20).join(', ');
  throw new TraeError('usage', `No model was named for ${provider.id}.`, {
    hint:
      offered.length === 0
        ? 'Name one with --model.'
        : `Name one with --model. It offers: ${some}${offered.length > 20 ? ', …' : ''}`,
  });
}

async function modelNameOf(
  flags: ModelFlags,
  entry: CatalogEntry | undefined,
  provider: LLMProvider,
  signal: AbortSignal,
) {
  if (flags.model !== undefined) return flags.model;
  if (entry === undefined) {
    throw new TraeError('usage', `--provider ${provider.id} needs --model.`, {
      hint: 'For replay, the model is the path of a recorded run.',
    });
  }
  return entry.defaultModel ?? onlyModelOf(provider, signal);
}

export type ChoiceInputs = {
  readonly registry: LLMProviderRegistry;
  readonly entries: readonly CatalogEntry[];
  readonly environment: Environment;
  /** The key given on the command line. */
  readonly flagKey: Secret | undefined;
};

/** Which provider and model answer, from flags and environment. Throws before any request where something is missing. */
export async function chooseModel(flags: ModelFlags, inputs: ChoiceInputs, signal: AbortSignal): Promise<ModelChoice> {
  const { registry, entries, environment, flagKey } = inputs;
  const { name, reason } = chooseName(flags, entries, environment);
  const entry = registry.entry(name);
  if (entry === undefined && registry.names.includes(name)) rejectUnusedFlags(flags, name);
  const address = addressOf(flags, entry, environment);
  const apiKey = flagKey ?? (entry === undefined ? undefined : keyFromEnvironment(entry, environment));
  const settings: ProviderSettings = {
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(address === undefined ? {} : { baseUrl: address.baseUrl }),
    ...(entry === undefined ? {} : { headers: headersFromEnvironment(entry, environment) }),
    ...(flags.contextWindow === undefined ? {} : { contextWindow: flags.contextWindow }),
  };
  const provider = registry.provider(name, settings);
  return {
    provider,
    model: await modelNameOf(flags, entry, provider, signal),
    isLive: entry !== undefined,
    reason,
    // An entry without an address of its own is not redirected by being given one.
    redirectedBy: entry?.baseUrl === undefined ? undefined : address?.redirectedBy,
  };
}
