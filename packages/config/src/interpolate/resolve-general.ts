import { dirname, join, resolve } from 'node:path';
import type { JsonValue } from '@trae-cli/protocol';
import type { GeneralSettings } from '../loaded-config.js';
import type { MergedLeaf } from '../merge/merge-files.js';
import { type GeneralKey, generalValues } from '../schema/general-shape.js';
import type { Setting, Source } from '../source.js';
import type { Resolver } from './resolve-text.js';
import { resolveValue } from './resolve-value.js';

/** A path in a file is relative to that file, wherever the command is run. */
function absolutePath(path: string, source: Source, homeDirectory: string): string {
  if (source.kind !== 'file') return path;
  if (/^~(?:[\\/]|$)/.test(path)) return join(homeDirectory, path.slice(1));
  return resolve(dirname(source.file.path), path);
}

/** The same setting with another value. */
const mapped = <From, To>(
  setting: Setting<From> | undefined,
  change: (value: From, source: Source) => To,
): Setting<To> | undefined =>
  setting === undefined ? undefined : { value: change(setting.value, setting.source), source: setting.source };

const betweenCommas = (hosts: string | readonly string[]): string =>
  typeof hosts === 'string' ? hosts : hosts.join(',');

export type GeneralResolver = Resolver & { readonly homeDirectory: string };

/** The settings that concern no provider, with variables replaced and paths made absolute. Throws as a provider's do. */
export function resolveGeneral(leaves: readonly MergedLeaf[], resolver: GeneralResolver): GeneralSettings {
  const values: Record<string, JsonValue> = {};
  const sources = new Map<string, Source>();
  for (const { path, candidates } of leaves) {
    const [key = ''] = path;
    const [leaf] = candidates;
    values[key] = resolveValue(leaf, resolver);
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
    allowPaths: mapped(setting('allow_paths', said.allow_paths), (paths, source) =>
      paths.map((path) => absolutePath(path, source, resolver.homeDirectory)),
    ),
    passEnv: setting('pass_env', said.pass_env),
    proxy: setting('proxy', said.proxy),
    noProxy: mapped(setting('no_proxy', said.no_proxy), betweenCommas),
    caFile: mapped(setting('ca_file', said.ca_file), (path, source) =>
      absolutePath(path, source, resolver.homeDirectory),
    ),
    maxCost: setting('max_cost', said.max_cost),
    maxTotalTokens: setting('max_total_tokens', said.max_total_tokens),
  };
}
