import { type JsonValue, TraeError } from '@trae-cli/protocol';
import { describeSource, oneLine } from '../describe-source.js';
import type { ProviderConfig } from '../loaded-config.js';
import type { MergedLeaf } from '../merge/merge-files.js';
import { holdsAddress, isSendable } from '../schema/header-rules.js';
import { wordsOf } from '../schema/key-words.js';
import { providerShape, providerValues } from '../schema/provider-shape.js';
import type { WrittenLeaf } from '../schema/written-leaf.js';
import type { Setting, Source } from '../source.js';
import { trustAdvice } from '../trust-advice.js';
import { resolveKey } from './resolve-key.js';
import { requireText, type Resolver } from './resolve-text.js';
import { hasReference } from './template.js';

type Entry = ReturnType<typeof providerValues.parse>;
type EntryKey = keyof typeof providerShape;

const isEntryKey = (key: string | undefined): key is EntryKey => key !== undefined && Object.hasOwn(providerShape, key);

/** A header is only known when its variables are: what it may not hold as it is, it may not hold through them. */
function checkedHeader(text: string, { path, source }: WrittenLeaf, saying: string): string {
  if (!source.file.isTrusted && holdsAddress(path[3] ?? '', text))
    throw new TraeError('untrusted', `${saying} a gateway might take for an address, and its folder is not trusted.`, {
      hint: trustAdvice(source.file, false),
    });
  if (isSendable(text)) return text;
  throw new TraeError('config_invalid', `${saying} has a character in it that no header can carry.`, {
    hint: 'Set the variable anew, on one line.',
  });
}

/** A leaf's value with its variables replaced, of the type that its key takes. */
function resolveValue(key: EntryKey, leaf: WrittenLeaf, resolver: Resolver): JsonValue {
  const { value, source, writtenKey } = leaf;
  if (typeof value !== 'string') return value;
  if (!hasReference(value)) return value.trim();
  const text = requireText(value, leaf, resolver).trim();
  const place = `"${writtenKey}" (${describeSource(source, { relativeTo: resolver.relativeTo })})`;
  const says = `says "${oneLine(value, 60)}", and what that stands for`;
  if (key === 'headers') return checkedHeader(text, leaf, `${place} ${says}`);
  const schema = providerShape[key];
  if (schema.safeParse(text).success) return text;
  throw new TraeError('config_invalid', `${place} must be ${wordsOf(schema).accepts}; it ${says} is none.`, {
    hint: 'Set the variable to one of them, or write the value there.',
  });
}

/** What the files say of one provider, as plain values and their sources by key. */
type Said = {
  readonly values: Record<string, JsonValue>;
  readonly window: Record<string, JsonValue>;
  readonly headers: Map<string, Setting<string>>;
  readonly sources: Map<string, Source>;
};

function say(said: Said, { path, candidates: [leaf] }: MergedLeaf, resolver: Resolver): void {
  const [, , key, inner] = path;
  if (!isEntryKey(key) || key === 'api_key') return;
  const value = resolveValue(key, leaf, resolver);
  if (key === 'headers') {
    said.headers.set(inner ?? '', { value: typeof value === 'string' ? value : '', source: leaf.source });
    return;
  }
  if (key === 'context_window') said.window[inner === 'output' ? 'output' : 'input'] = value;
  else said.values[key] = value;
  if (!said.sources.has(key)) said.sources.set(key, leaf.source);
}

/** The keys of the schema in the words of the code. */
function toConfig(name: string, entry: Entry, said: Said): Omit<ProviderConfig, 'apiKey'> {
  const setting = <Value>(key: EntryKey, value: Value | undefined): Setting<Value> | undefined => {
    const source = said.sources.get(key);
    return value === undefined || source === undefined ? undefined : { value, source };
  };
  return {
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
    multimodal: setting('multimodal', entry.multimodal),
    displayName: setting('display_name', entry.display_name),
    contextWindow: setting('context_window', windowOf(entry)),
    stream: setting('stream', entry.stream),
    timeoutMs: setting('timeout', entry.timeout),
    reasoningEffort: setting('reasoning_effort', entry.reasoning_effort),
  };
}

function windowOf({ context_window: size }: Entry): { readonly input: number; readonly output?: number } | undefined {
  if (size === undefined || typeof size === 'number') return size === undefined ? undefined : { input: size };
  return { input: size.input, ...(size.output === undefined ? {} : { output: size.output }) };
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
  const said: Said = { values: {}, window: {}, headers: new Map(), sources: new Map() };
  for (const leaf of leaves) say(said, leaf, resolver);
  const window = said.window['input'] === undefined ? {} : { context_window: said.window };
  const entry = providerValues.parse({ ...said.values, ...window });
  const keys = leaves.filter(({ path }) => path[2] === 'api_key').flatMap(({ candidates }) => candidates);
  for (const leaf of keys) {
    const apiKey = resolveKey(leaf, ownKeyVariables, resolver);
    if (apiKey !== undefined) return { ...toConfig(name, entry, said), apiKey };
  }
  return toConfig(name, entry, said);
}
