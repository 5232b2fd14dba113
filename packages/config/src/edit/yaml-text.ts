import { isJsonObject, type JsonValue } from '@trae-cli/protocol';

/** Readers of other versions of YAML take these for something else than a text. */
const reserved = /^(?:true|false|yes|no|on|off|null|y|n)$/i;

const plain = (text: string, safe: RegExp): string =>
  safe.test(text) && !reserved.test(text) ? text : JSON.stringify(text);

const textOf = (text: string): string => plain(text, /^[A-Za-z][\w./-]*$/);

export const yamlKey = (key: string): string => plain(key, /^[A-Za-z_][\w./-]*$/);

/** A value on one line, as may stand inside of braces too. */
export function flowYaml(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map((item: JsonValue) => flowYaml(item)).join(', ')}]`;
  if (typeof value === 'string') return textOf(value);
  if (!isJsonObject(value)) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, inner]) => `${yamlKey(key)}: ${flowYaml(inner)}`)
    .join(', ')}}`;
}

const isBlock = (value: JsonValue): value is { readonly [key: string]: JsonValue } =>
  isJsonObject(value) && Object.keys(value).length > 0;

/** The lines of an entry, without line breaks; lists stand on one. */
export function entryLines(key: string, value: JsonValue, indent: string, unit: string): readonly string[] {
  if (!isBlock(value)) return [`${indent}${yamlKey(key)}: ${flowYaml(value)}`];
  return [
    `${indent}${yamlKey(key)}:`,
    ...Object.entries(value).flatMap(([inner, item]) => entryLines(inner, item, indent + unit, unit)),
  ];
}

/** The lines of a whole object or list, as the lines of a value that was written so. */
export function blockLines(value: JsonValue, indent: string, unit: string): readonly string[] {
  if (Array.isArray(value)) return value.map((item: JsonValue) => `${indent}- ${flowYaml(item)}`);
  if (!isJsonObject(value)) return [`${indent}${flowYaml(value)}`];
  return Object.entries(value).flatMap(([key, inner]) => entryLines(key, inner, indent, unit));
}
