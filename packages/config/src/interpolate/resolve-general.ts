import { dirname, join, resolve } from 'node:path';
import type { JsonValue } from '@trae-cli/protocol';
import type { GeneralSettings } from '../loaded-config.js';
import type { MergedLeaf } from '../merge/merge-files.js';
import { type GeneralKey, generalValues } from '../schema/general-shape.js';
import type { WrittenLeaf } from '../schema/written-leaf.js';
import type { Setting, Source } from '../source.js';
import { requireText, type Resolver } from './resolve-text.js';
import { hasReference } from './template.js';

function resolveValue(value: JsonValue, leaf: WrittenLeaf, resolver: Resolver): JsonValue {
  if (Array.isArray(value)) return value.map((item: JsonValue) => resolveValue(item, leaf, resolver));
  if (typeof value !== 'string') return value;
  return (hasReference(value) ? requireText(value, leaf, resolver) : value).trim();
}

/** A path in a file is relative to that file, wherever the command is run. */
const absolutePaths = (setting: Setting<readonly string[]> | undefined, homeDirectory: string) => {
  if (setting?.source.kind !== 'file') return setting;
  const directory = dirname(setting.source.file.path);
  const paths = setting.value.map((path) =>
    /^~(?:[\\/]|$)/.test(path) ? join(homeDirectory, path.slice(1)) : resolve(directory, path),
  );
  return { value: paths, source: setting.source };
};

export type GeneralResolver = Resolver & { readonly homeDirectory: string };

/** The settings that concern no provider, with variables replaced and paths made absolute. Throws as a provider's do. */
export function resolveGeneral(leaves: readonly MergedLeaf[], resolver: GeneralResolver): GeneralSettings {
  const values: Record<string, JsonValue> = {};
  const sources = new Map<string, Source>();
  for (const { path, candidates } of leaves) {
    const [key = ''] = path;
    const [leaf] = candidates;
    values[key] = resolveValue(leaf.value, leaf, resolver);
    sources.set(key, leaf.source);
  }
  const said = generalValues.parse(values);
  const setting = <Value>(key: GeneralKey, value: Value | undefined): Setting<Value> | undefined => {
    const source = sources.get(key);
    return value === undefined || source === undefined ? undefined : { value, source };
  };
  return {
    defaultProvider: setting('default_provider', said.default_provider),
    maxSteps: setting('max_steps', said.max_steps),
    tools: setting('tools', said.tools),
    disallowedTools: setting('disallowed_tools', said.disallowed_tools),
    allowPaths: absolutePaths(setting('allow_paths', said.allow_paths), resolver.homeDirectory),
    passEnv: setting('pass_env', said.pass_env),
  };
}
