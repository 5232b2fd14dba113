import { isJsonObject, type JsonObject, type JsonValue } from '@trae-cli/protocol';
import type { z } from 'zod';
import type { ConfigFile } from '../source.js';
import { checkCompatibility } from './check-compatibility.js';
import { objectAt } from './check-general.js';
import { checkValue } from './check-value.js';
import { modelShape } from './model-shape.js';
import type { Report } from './report.js';
import { findUnknownKeys } from './unknown-keys.js';
import { isUnset } from './unset.js';
import { leafAt, type WrittenLeaf } from './written-leaf.js';

/** Leaves of a window are told apart, so that files may say one each. */
function windowLeaves(report: Report, path: readonly string[], value: JsonValue): readonly WrittenLeaf[] {
  if (!isJsonObject(value)) return [{ ...leafAt(report, path, value), path: [...path, 'input'] }];
  findUnknownKeys(report, path, value, 'context_window');
  return ['input', 'output'].flatMap((key) => {
    const size = value[key];
    return size === undefined ? [] : [leafAt(report, [...path, key], size)];
  });
}

/** Half a price is none, so that it is one leaf. Whoever says that all is free takes the person's budget away. */
function priceLeaves(
  report: Report,
  path: readonly string[],
  value: JsonValue,
  { isTrusted }: ConfigFile,
): readonly WrittenLeaf[] {
  if (isJsonObject(value)) findUnknownKeys(report, path, value, 'price');
  if (isTrusted) return [leafAt(report, path, value)];
  report.find(
    'untrusted',
    path,
    () => 'is left out, because the budget of a run is reckoned with it and its folder is not trusted',
  );
  return [];
}

/** The leaves of a key that is said of a model, of a value that has passed. */
export function modelLeaves(
  report: Report,
  path: readonly string[],
  value: JsonValue,
  file: ConfigFile,
): readonly WrittenLeaf[] {
  switch (path.at(-1)) {
    case 'context_window':
      return windowLeaves(report, path, value);
    case 'price':
      return priceLeaves(report, path, value, file);
    default:
      return [leafAt(report, path, value)];
  }
}

const shape: Readonly<Record<string, z.ZodType>> = modelShape;

function checkKey(report: Report, path: readonly string[], value: JsonValue, file: ConfigFile): readonly WrittenLeaf[] {
  const key = path.at(-1) ?? '';
  const schema = shape[key];
  if (schema === undefined || isUnset(value)) return [];
  if (key === 'compatibility') return checkCompatibility(report, path, value, file);
  return checkValue(report, path, schema, value) ? modelLeaves(report, path, value, file) : [];
}

const longestName = 200;

function problemOfName(name: string): string | undefined {
  if (name.trim() === '') return 'is not the name of a model';
  if (name.length > longestName) return `is not the name of a model: it is ${name.length} characters long`;
  return /[\p{C}\u2028\u2029]/u.test(name) ? 'is not the name of a model: it has a control character in it' : undefined;
}

/** The entries of `models`. */
export function checkModels(
  report: Report,
  path: readonly string[],
  value: JsonValue,
  file: ConfigFile,
): readonly WrittenLeaf[] {
  const models = objectAt(report, path, value, 'that has an entry for each model');
  return Object.entries(models).flatMap(([name, said]) => {
    const at = [...path, name];
    const problem = problemOfName(name);
    if (problem !== undefined) report.problem(`"${report.key(at)}" (${report.place(at)}) ${problem}`);
    const entry: JsonObject = objectAt(report, at, said, 'with keys such as "context_window" and "price"');
    findUnknownKeys(report, at, entry, 'model');
    return Object.keys(modelShape).flatMap((key) =>
      Object.hasOwn(entry, key) ? checkKey(report, [...at, key], entry[key] ?? null, file) : [],
    );
  });
}
