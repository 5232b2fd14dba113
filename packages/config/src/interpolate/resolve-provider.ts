import type { JsonValue } from '@trae-cli/protocol';
import type { ModelConfig, ProviderConfig } from '../loaded-config.js';
import type { MergedLeaf } from '../merge/merge-files.js';
import { providerShape, providerValues } from '../schema/provider-shape.js';
import type { Setting, Source } from '../source.js';
import { resolveKey } from './resolve-key.js';
import { isModelKey, resolveModel, type SaidOfModel } from './resolve-model.js';
import type { Resolver } from './resolve-text.js';
import { resolveValue } from './resolve-value.js';

type Entry = ReturnType<typeof providerValues.parse>;
type EntryKey = keyof typeof providerShape;

const isEntryKey = (key: string | undefined): key is EntryKey => key !== undefined && Object.hasOwn(providerShape, key);

/** What the files say of one provider, as plain values and their sources by key. */
type Said = {
  readonly values: Record<string, JsonValue>;
  readonly sources: Map<string, Source>;
  readonly headers: Map<string, Setting<string>>;
  /** Of all its models. */
  readonly ofAll: SaidOfModel[];
  readonly models: Map<string, SaidOfModel[]>;
};

function say(said: Said, { path, candidates: [leaf] }: MergedLeaf, resolver: Resolver): void {
  const [, , key, inner = '', ...rest] = path;
  if (!isEntryKey(key) || key === 'api_key') return;
  const value = resolveValue(leaf, resolver);
  const { source } = leaf;
  if (key === 'headers') said.headers.set(inner, { value: typeof value === 'string' ? value : '', source });
  else if (isModelKey(key)) said.ofAll.push({ path: path.slice(2), value, source });
  else if (key === 'models') {
    const known = said.models.get(inner) ?? [];
    said.models.set(inner, known);
    known.push({ path: rest, value, source });
  } else {
    said.values[key] = value;
    said.sources.set(key, source);
  }
}

const modelsOf = ({ models }: Said): Readonly<Record<string, ModelConfig>> | undefined =>
  models.size === 0 ? undefined : Object.fromEntries([...models].map(([name, said]) => [name, resolveModel(said)]));

/** The keys of the schema in the words of the code. */
function toConfig(name: string, entry: Entry, said: Said): Omit<ProviderConfig, 'apiKey'> {
  const setting = <Value>(key: EntryKey, value: Value | undefined): Setting<Value> | undefined => {
    const source = said.sources.get(key);
    return value === undefined || source === undefined ? undefined : { value, source };
  };
  const { reasoning: _, ...ofAll } = resolveModel(said.ofAll);
  return {
    ...ofAll,
    name,
    headers: Object.fromEntries(said.headers),
    vendor: setting('provider', entry.provider),
    baseUrl: setting('base_url', entry.base_url),
    model: setting('model', entry.model),
    maxTokens: setting('max_tokens', entry.max_tokens),
    temperature: setting('temperature', entry.temperature),
    topP: setting('top_p', entry.top_p),
    topK: setting('top_k', entry.top_k),
    parallelToolCalls: setting('parallel_tool_calls', entry.parallel_tool_calls),
    maxRetries: setting('max_retries', entry.max_retries),
    apiFormat: setting('api_format', entry.api_format),
    fullUrl: setting('full_url', entry.full_url),
    displayName: setting('display_name', entry.display_name),
    auth: setting('auth', entry.auth),
    maxSteps: setting('max_steps', entry.max_steps),
    tier: setting('tier', entry.tier),
    requestsPerMinute: setting('requests_per_minute', entry.requests_per_minute),
    tokensPerMinute: setting('tokens_per_minute', entry.tokens_per_minute),
    keepAlive: setting('keep_alive', entry.keep_alive),
    models: modelsOf(said),
    stream: setting('stream', entry.stream),
    timeoutMs: setting('timeout', entry.timeout),
    reasoningEffort: setting('reasoning_effort', entry.reasoning_effort),
  };
}

/**
 * One provider as the files say. `leaves` are those of this provider. Throws `untrusted` for a variable that a file may
 * not read and `config_invalid` for one that is not set; a key whose variable is not set is absent.
 */
export function resolveProvider(
  name: string,
  leaves: readonly MergedLeaf[],
  ownKeyVariables: readonly string[],
  resolver: Resolver,
): ProviderConfig {
  const said: Said = { values: {}, sources: new Map(), headers: new Map(), ofAll: [], models: new Map() };
  for (const leaf of leaves) say(said, leaf, resolver);
  const entry = providerValues.parse(said.values);
  const keys = leaves.filter(({ path }) => path[2] === 'api_key').flatMap(({ candidates }) => candidates);
  for (const leaf of keys) {
    const apiKey = resolveKey(leaf, ownKeyVariables, resolver);
    if (apiKey !== undefined) return { ...toConfig(name, entry, said), apiKey };
  }
  return toConfig(name, entry, said);
}
