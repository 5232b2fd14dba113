import { isJsonObject, type JsonValue } from '@trae-cli/protocol';

/** How a JSON file is laid out. */
export type Layout = { readonly unit: string; readonly lineBreak: string };

const isPlain = (value: JsonValue): boolean => typeof value !== 'object' || value === null;

/** A value on one line. */
export function inlineJson(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map((item: JsonValue) => inlineJson(item)).join(', ')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${inlineJson(inner)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/** A value on as many lines as it takes, the first of them begun by somebody else; lists of plain values take one. */
export function jsonText(value: JsonValue, indent: string, layout: Layout): string {
  const inner = indent + layout.unit;
  const block = (open: string, parts: readonly string[], close: string): string =>
    `${open}${parts.map((part) => `${layout.lineBreak}${inner}${part}`).join(',')}${layout.lineBreak}${indent}${close}`;
  if (isJsonObject(value) && Object.keys(value).length > 0) {
    const parts = Object.entries(value).map(
      ([key, item]) => `${JSON.stringify(key)}: ${jsonText(item, inner, layout)}`,
    );
    return block('{', parts, '}');
  }
  if (!Array.isArray(value) || value.every(isPlain)) return inlineJson(value);
  const parts = value.map((item: JsonValue) => jsonText(item, inner, layout));
  return block('[', parts, ']');
}

/** A value under the keys that are missing above it. */
export const nested = (keys: readonly string[], value: JsonValue): JsonValue =>
  keys.reduceRight<JsonValue>((inner, key) => ({ [key]: inner }), value);
