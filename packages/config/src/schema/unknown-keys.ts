import { isJsonObject, type JsonObject, type JsonValue } from '@trae-cli/protocol';
import type { ConfigPath } from '../document.js';
import { adviceFor, type KeyLevel, knownKeys } from './key-advice.js';
import type { Report } from './report.js';

/** The place of the schema, for editors; it says nothing. */
const isSilent = (key: string): boolean => key === '$schema';

/** Examples often show an entry without the `model_providers` around it. */
const isBareEntry = (value: JsonValue): boolean =>
  isJsonObject(value) && Object.keys(value).some((key) => knownKeys.provider.includes(key));

/** Finds a key that is not known where it stands, with what to do about it. */
export function findUnknownKey(report: Report, path: ConfigPath, value: JsonValue, level: KeyLevel): void {
  const key = String(path.at(-1) ?? '');
  if (isSilent(key)) return;
  report.find('unknown_key', path, () => {
    const advice =
      level === 'top' && isBareEntry(value)
        ? 'an entry of a provider belongs in "model_providers": move it there'
        : adviceFor(key, level);
    return `is not a known key here, and has no effect${advice === undefined ? '' : `: ${advice}`}`;
  });
}

/** The same for every key of an object that is not known at its level. */
export function findUnknownKeys(report: Report, path: ConfigPath, values: JsonObject, level: KeyLevel): void {
  for (const [key, value] of Object.entries(values)) {
    if (!knownKeys[level].includes(key)) findUnknownKey(report, [...path, key], value, level);
  }
}
