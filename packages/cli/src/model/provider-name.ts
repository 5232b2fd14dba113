import { describeSource, isUntrusted, type LoadedConfig, type Setting, type Source } from '@trae-cli/config';
import { type Secret, TraeError } from '@trae-cli/protocol';
import type { CatalogEntry } from '@trae-cli/providers';
import type { ModelFlags } from '../flags/flags.js';
import type { FoundKey } from './key.js';

export type ChosenName = {
  readonly setting: Setting<string>;
  /** Why this one, where nobody named it. */
  readonly reason: string | undefined;
};

const mostVariables = 20;
const mostNotices = 5;

/** `notices`: what was met where keys were looked for, such as the placeholder of an example. */
function nothingToAsk(entries: readonly CatalogEntry[], notices: readonly string[]): TraeError {
  // A file may add any number of names of its own.
  const variables = entries.flatMap(({ keyVariables }) => keyVariables.slice(0, 1)).slice(0, mostVariables);
  return new TraeError(
    'credentials_missing',
    `No provider was named, and none of these is set: ${variables.join(', ')}.`,
    {
      hint: [
        ...notices,
        'Ways on:',
        '  1. Set a key, for example: export GROQ_API_KEY=…, or keep one with `trae-cli login`',
        '  2. Use a model on this machine, for nothing: --provider ollama --pull',
        '  3. Use any OpenAI-compatible server: --model-base-url http://localhost:8000/v1 --model NAME',
        '  4. Write a configuration file: trae-cli init',
        '  5. Watch a recorded run without a key: --provider replay --model RUN.jsonl, or `npm run demo` in a checkout',
      ].join('\n'),
    },
  );
}

function reasonOfKey({ id }: CatalogEntry, { source, value }: Setting<Secret>): string {
  if (source.kind === 'login') return `you are logged in to ${id}`;
  return `${source.kind === 'dotenv' ? describeSource(source) : value.origin} is set`;
}

type NameSources = {
  readonly config: LoadedConfig;
  readonly entries: readonly CatalogEntry[];
  /** The key that a vendor would be asked with. */
  readonly keyOf: (entry: CatalogEntry) => Promise<FoundKey>;
};

function whereNamed(name: string, { leaves }: LoadedConfig): Source {
  const leaf = leaves.find(({ path: [section, provider] }) => section === 'model_providers' && provider === name);
  return leaf?.source ?? { kind: 'default' };
}

/** The first vendor with a key; one that only a folder which nobody trusts has a key for comes after all others. */
async function firstWithKey({ entries, keyOf }: NameSources): Promise<ChosenName | undefined> {
  let ofStranger: ChosenName | undefined;
  for (const entry of entries) {
    const { setting: key } = await keyOf(entry);
    if (key === undefined) continue;
    const chosen = { setting: { value: entry.id, source: key.source }, reason: reasonOfKey(entry, key) };
    if (!isUntrusted(key.source)) return chosen;
    ofStranger ??= chosen;
  }
  return ofStranger;
}

/** `--provider`, an address alone, `default_provider`, the only provider in the files, the first vendor with a key. */
export async function findProviderName(flags: ModelFlags, sources: NameSources): Promise<ChosenName | undefined> {
  const { config } = sources;
  if (flags.provider !== undefined)
    return { setting: { value: flags.provider, source: { kind: 'flag', flag: '--provider' } }, reason: undefined };
  if (flags.modelBaseUrl !== undefined) {
    const source = { kind: 'flag', flag: '--model-base-url' } as const;
    return { setting: { value: 'openai_compatible', source }, reason: '--model-base-url was given' };
  }
  const { defaultProvider } = config.general;
  if (defaultProvider !== undefined)
    return { setting: defaultProvider, reason: `${describeSource(defaultProvider.source)} names it` };
  const [only] = config.providerNames;
  if (only !== undefined && config.providerNames.length === 1)
    return { setting: { value: only, source: whereNamed(only, config) }, reason: 'it is the only one configured' };
  return firstWithKey(sources);
}

/** Throws where there is nobody to ask. */
export async function chooseProviderName(flags: ModelFlags, sources: NameSources): Promise<ChosenName> {
  const chosen = await findProviderName(flags, sources);
  if (chosen !== undefined) return chosen;
  const looked = await Promise.all(sources.entries.map((entry) => sources.keyOf(entry)));
  throw nothingToAsk(sources.entries, looked.flatMap(({ notices }) => notices).slice(0, mostNotices));
}
