import { isJsonObject, type JsonObject, type JsonValue } from '@trae-cli/protocol';
import type { z } from 'zod';
import { hasReference } from '../interpolate/template.js';
import { isPlaceholderAddress, isPlaceholderKey, isPlaceholderModel } from '../secrets/placeholder.js';
import { tidyKey } from '../secrets/tidy-key.js';
import type { ConfigFile } from '../source.js';
import { checkCompatibility } from './check-compatibility.js';
import { checkHeaders } from './check-headers.js';
import { checkModels, modelLeaves } from './check-model.js';
import { checkValue } from './check-value.js';
import { reasonOfNoEffect } from './other-keys.js';
import { providerShape } from './provider-shape.js';
import type { Report } from './report.js';
import { findUnknownKeys } from './unknown-keys.js';
import { isUnset } from './unset.js';
import { leafAt, type WrittenLeaf } from './written-leaf.js';

type OtherName = {
  readonly key: string;
  readonly means: keyof typeof providerShape;
  readonly schema: z.ZodType;
  /** Undefined where it says nothing. */
  meaning(value: JsonValue): JsonValue | undefined;
};

/** What the original calls some of the keys. */
const otherNames: readonly OtherName[] = [
  {
    key: 'max_completion_tokens',
    means: 'max_tokens',
    schema: providerShape.max_tokens,
    meaning: (value) => value,
  },
  {
    key: 'supports_tool_calling',
    means: 'tool_mode',
    schema: providerShape.parallel_tool_calls,
    meaning: (value) => (value === false ? 'prompted' : undefined),
  },
];

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

/** A key by another name; the one that is known here ranks above it. */
function checkOtherName(
  report: Report,
  path: ProviderPath,
  entry: JsonObject,
  other: OtherName,
): readonly WrittenLeaf[] {
  const written = entry[other.key] ?? null;
  const at = [...path, other.key];
  if (isUnset(written) || !checkValue(report, at, other.schema, written)) return [];
  const value = other.meaning(written);
  if (value === undefined) return [];
  if (!isUnset(entry[other.means] ?? null)) {
    report.find('no_effect', at, () => `has no effect: "${other.means}" says the same beside it`);
    return [];
  }
  return [{ ...leafAt(report, at, value), path: [...path, other.means] }];
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
  if (schema === undefined || isUnset(value)) return [];
  if (key === 'models') return checkModels(report, path, value, file);
  if (key === 'compatibility') return checkCompatibility(report, path, value, file);
  if (!checkValue(report, path, schema, value)) return [];
  if (isJsonObject(value) && key === 'headers') return checkHeaders(report, path, value, file);
  return saysNothing(report, path, value) ? [] : modelLeaves(report, path, value, file);
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
    const others = otherNames.filter(({ means }) => means === key);
    return [...leaves, ...others.flatMap((other) => checkOtherName(report, path, entry, other))];
  });
}
