import type { JsonValue, Redactor } from '@trae-cli/protocol';
import { vocabulary } from './vocabulary.js';

const longestWord = Math.max(...[...vocabulary].map((word) => word.length));

const isWord = (text: string): boolean => text.length <= longestWord && vocabulary.has(text);

const redactText = (text: string, redactor: Redactor): string => (isWord(text) ? text : redactor.redact(text));

/**
 * Redacts every string of a value rather than the line it becomes. A line would have the secret escaped
 * once more inside a call's arguments, and could match across an escape and stop being JSON.
 */
export function redactJson(value: JsonValue, redactor: Redactor): JsonValue {
  if (typeof value === 'string') return redactText(value, redactor);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: JsonValue) => redactJson(item, redactor));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [redactText(key, redactor), redactJson(item, redactor)]),
  );
}
