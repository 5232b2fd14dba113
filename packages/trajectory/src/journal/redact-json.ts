import type { JsonValue, Redactor } from '@trae-cli/protocol';

/**
 * Redacts every string of a value rather than the line it becomes. A line would have the secret escaped
 * once more inside a call's arguments, and could match across an escape and stop being JSON.
 */
export function redactJson(value: JsonValue, redactor: Redactor): JsonValue {
  if (typeof value === 'string') return redactor.redact(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: JsonValue) => redactJson(item, redactor));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [redactor.redact(key), redactJson(item, redactor)]),
  );
}
