import type { JsonValue } from '@trae-cli/protocol';

/** Every text of a value, however deep; names of keys are none. */
export function textsIn(value: JsonValue): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((inner: JsonValue) => textsIn(inner));
}
