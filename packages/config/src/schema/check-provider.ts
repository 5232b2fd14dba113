import { isJsonObject, type JsonObject, type JsonValue } from '@trae-cli/protocol';
import { hasReference } from '../interpolate/template.js';
import { isPlaceholderAddress, isPlaceholderKey, isPlaceholderModel } from '../secrets/placeholder.js';
import { tidyKey } from '../secrets/tidy-key.js';
import type { ConfigFile } from '../source.js';
import { checkHeaders } from './check-headers.js';
import { checkValue } from './check-value.js';
import { reasonOfNoEffect } from './other-keys.js';
import { providerShape } from './provider-shape.js';
import type { Report } from './report.js';
import { findUnknownKeys } from './unknown-keys.js';
import { isUnset } from './unset.js';
import type { WrittenLeaf } from './written-leaf.js';

type ProviderPath = readonly ['model_providers', string];

const placeholders: Readonly<Record<string, (text: string) => boolean>> = {
  api_key: isPlaceholderKey,
  base_url: isPlaceholderAddress,
  model: isPlaceholderModel,
};

/** Whether a value that passed says nothing after all: the placeholder of an example, or the original's 0 for "not sent". */
function saysNothing(report: Report, path: readonly string[], value: JsonValue): boolean {
  const key = path.at(-1) ?? '';
  if (key === 'top_k') return value === 0;
  if (typeof value !== 'string' || hasReference(value)) return false;
  if (placeholders[key]?.(value) === true) {
    const advice = /^\s*\$\w/.test(value) ? ': a variable is written ${NAME}' : ': replace it, or take it out';
    report.find('placeholder', path, () => `is the placeholder of an example and counts as not set${advice}`);
    return true;
  }
  if (key === 'api_key' && tidyKey(value).tidied !== 'none') {
    const what = tidyKey(value).tidied === 'quotes' ? 'quotes' : 'white space';
    report.find('tidied', path, () => `has ${what} around the key itself, which were taken off`);
  }
  return false;
}

/** Leaves of a value that has passed; those of `context_window` are told apart, so that files may say one each. */
function leavesAt(report: Report, path: readonly string[], value: JsonValue): readonly WrittenLeaf[] {
  const leaf = (at: readonly string[], value: JsonValue, positionOf: readonly string[]): WrittenLeaf => ({
    path: at,
    value,
    source: report.source(positionOf),
    writtenKey: report.key(positionOf),
  });
  if (path.at(-1) !== 'context_window') return [leaf(path, value, path)];
  if (!isJsonObject(value)) return [leaf([...path, 'input'], value, path)];
  findUnknownKeys(report, path, value, 'context_window');
  return ['input', 'output'].flatMap((key) => {
    const size = value[key];
    return size === undefined ? [] : [leaf([...path, key], size, [...path, key])];
  });
}

/** The original's other name for the limit of an answer; the one that both services know ranks above it. */
function checkOtherNames(report: Report, path: ProviderPath, entry: JsonObject): readonly WrittenLeaf[] {
  const value = entry['max_completion_tokens'] ?? null;
  const at = [...path, 'max_completion_tokens'];
  if (isUnset(value) || !checkValue(report, at, providerShape.max_tokens, value)) return [];
  if (!isUnset(entry['max_tokens'] ?? null)) {
    report.find('no_effect', at, () => 'has no effect: "max_tokens" says the same beside it');
    return [];
  }
  return [{ path: [...path, 'max_tokens'], value, source: report.source(at), writtenKey: report.key(at) }];
}

function checkKey(
  report: Report,
  path: readonly string[],
  entry: JsonObject,
  file: ConfigFile,
): readonly WrittenLeaf[] {
  const key = path.at(-1) ?? '';
  const schema = Object.entries(providerShape).find(([name]) => name === key)?.[1];
  const value = Object.hasOwn(entry, key) ? (entry[key] ?? null) : null;
  if (schema === undefined || isUnset(value) || !checkValue(report, path, schema, value)) return [];
  if (isJsonObject(value) && key === 'headers') return checkHeaders(report, path, value, file);
  return saysNothing(report, path, value) ? [] : leavesAt(report, path, value);
}

/** One entry of `model_providers`. */
export function checkProvider(
  report: Report,
  path: ProviderPath,
  entry: JsonObject,
  file: ConfigFile,
): readonly WrittenLeaf[] {
  findUnknownKeys(report, path, entry, 'provider');
  for (const [key, value] of Object.entries(entry)) {
    const reason = isUnset(value) ? undefined : reasonOfNoEffect(key);
    if (reason !== undefined) report.find('no_effect', [...path, key], () => `has no effect: ${reason}`);
  }
  return Object.keys(providerShape).flatMap((key) => {
    const leaves = checkKey(report, [...path, key], entry, file);
    return key === 'max_tokens' ? [...leaves, ...checkOtherNames(report, path, entry)] : leaves;
  });
}
