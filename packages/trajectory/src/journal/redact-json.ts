import type { JsonValue, Redactor } from '@trae-cli/protocol';
import { vocabulary } from './vocabulary.js';

const longestWord = Math.max(...[...vocabulary].map((word) => word.length));

const isWord = (text: string): boolean => text.length <= longestWord && vocabulary.has(text);

const redactText = (text: string, redactor: Redactor): string => (isWord(text) ? text : redactor.redact(text));

function redactWith(value: JsonValue, redactor: Redactor, keyOf: (key: string) => string): JsonValue {
  if (typeof value === 'string') return redactText(value, redactor);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: JsonValue) => redactWith(item, redactor, keyOf));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [keyOf(key), redactWith(item, redactor, keyOf)]),
  );
}

/**
 * Redacts every string of a value rather than the line it becomes. A line would have the secret escaped
 * once more inside a call's arguments, and could match across an escape and stop being JSON.
 */
export const redactJson = (value: JsonValue, redactor: Redactor): JsonValue =>
  redactWith(value, redactor, (key) => redactText(key, redactor));

/** The same for a document whose keys are all our own: a secret that is one of them does not rename it. */
export const redactValues = (value: JsonValue, redactor: Redactor): JsonValue =>
  redactWith(value, redactor, (key) => key);
