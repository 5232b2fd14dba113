import { isJsonObject, type JsonValue } from '@trae-cli/protocol';
import type { Layout } from './layout.js';

/** JSON.stringify takes no more. */
const longestUnit = 10;

/** A value as JSON, written as the place where it goes is written. */
export function valueText(value: JsonValue, { form, indent, unit, lineEnd, colon }: Layout): string {
  if (form === 'line') return onOneLine(value, colon);
  const text = JSON.stringify(value, undefined, unit.slice(0, longestUnit));
  return text.replaceAll('\n', lineEnd + indent);
}

function onOneLine(value: JsonValue, colon: string): string {
  const comma = colon.endsWith(' ') ? ', ' : ',';
  if (isJsonObject(value)) {
    const members = Object.entries(value).map(([key, inner]) => JSON.stringify(key) + colon + onOneLine(inner, colon));
    return `{${members.join(comma)}}`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `[${value.map((inner: JsonValue) => onOneLine(inner, colon)).join(comma)}]`;
}
