import { isJsonObject, type JsonObject, type JsonValue } from '@trae-cli/protocol';
import type { ConfigFile } from '../source.js';
import { checkValue } from './check-value.js';
import { generalShape } from './general-shape.js';
import { knownKeys } from './key-advice.js';
import { notBuiltPart } from './other-keys.js';
import type { Report } from './report.js';
import { findUnknownKey } from './unknown-keys.js';
import { isEmpty, isUnset } from './unset.js';
import type { WrittenLeaf } from './written-leaf.js';

/** These widen what the agent reaches and what its commands see, or let others read and answer what is sent. */
const needTrust: readonly string[] = ['allow_paths', 'pass_env', 'proxy', 'no_proxy', 'ca_file'];

/** Both halves of Lakeview are told once, and not at all where it is switched off. */
function isTold(key: string, values: JsonObject): boolean {
  const isLakeviewModel = key === 'lakeview' || key === 'lakeview_config';
  return !isLakeviewModel || (values['enable_lakeview'] !== false && values['enable_lakeview'] !== true);
}

function findOthers(report: Report, values: JsonObject): void {
  for (const [key, value] of Object.entries(values)) {
    const part = notBuiltPart(key);
    if (part !== undefined) {
      if (!isEmpty(value) && isTold(key, values)) report.find('not_built', [key], () => part);
    } else if (!knownKeys.top.includes(key)) findUnknownKey(report, [key], value, 'top');
  }
}

/** The settings at the top of a file that concern no provider, and what else stands there. */
export function checkGeneral(report: Report, values: JsonObject, file: ConfigFile): readonly WrittenLeaf[] {
  findOthers(report, values);
  return Object.entries(generalShape).flatMap(([key, schema]) => {
    const value = Object.hasOwn(values, key) ? values[key] : undefined;
    const path = [key];
    if (value === undefined || isUnset(value) || !checkValue(report, path, schema, value)) return [];
    if (needTrust.includes(key) && !file.isTrusted) {
      report.find(
        'untrusted',
        path,
        () => 'is left out, because its folder is not trusted: look at it, then run trae-cli trust',
      );
      return [];
    }
    return [{ path, value, source: report.source(path), writtenKey: report.key(path) }];
  });
}

/** The object at a key, empty where there is none; anything else is a problem. */
export function objectAt(
  report: Report,
  path: readonly string[],
  value: JsonValue | undefined,
  what: string,
): JsonObject {
  if (isJsonObject(value)) return value;
  if (value !== undefined && !isUnset(value)) {
    report.problem(`"${report.key(path)}" (${report.place(path)}) must be an object ${what}`);
  }
  return {};
}
