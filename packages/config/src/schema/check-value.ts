import { isJsonObject, type JsonValue, parseJson } from '@trae-cli/protocol';
import type { z } from 'zod';
import { oneLine } from '../describe-source.js';
import type { ConfigPath } from '../document.js';
import { hasReference, isMalformed } from '../interpolate/template.js';
import { looksLikeKey } from '../secrets/secret-like.js';
import { type KeyWords, wordsOf } from './key-words.js';
import type { Report } from './report.js';

const kindOf = (value: JsonValue): string => {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return isJsonObject(value) ? 'an object' : `a ${typeof value === 'string' ? 'text' : typeof value}`;
};

/** What a file says, as far as it may be shown. */
function shown(value: JsonValue, words: KeyWords): string {
  const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  if (!isPlain || words.isSecret === true || looksLikeKey(String(value))) return kindOf(value);
  return JSON.stringify(typeof value === 'string' ? oneLine(value, 60) : value);
}

/** A number or a truth value that only its quotes make a text. */
function isQuoted(schema: z.ZodType, value: JsonValue): boolean {
  const inside = typeof value === 'string' ? parseJson(value.trim()) : undefined;
  return (typeof inside === 'number' || typeof inside === 'boolean') && schema.safeParse(inside).success;
}

/** A text that only the lack of quotes makes a number. */
const isUnquoted = (schema: z.ZodType, value: JsonValue): boolean =>
  typeof value === 'number' && schema.safeParse(String(value)).success;

function quotesAdvice(schema: z.ZodType, value: JsonValue): string {
  if (isQuoted(schema, value)) return ': leave the quotes out';
  return isUnquoted(schema, value) ? ': put quotes around it' : '';
}

/** What stands on the screen in the name of a file gives the terminal no orders. Keys and headers are looked at when they are used. */
const mayHoldAnything: readonly unknown[] = ['api_key', 'headers'];
const controls = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

/** The longest keys, addresses and headers are shorter; over a megabyte a search may take hours. */
const longestText = 10_000;

/** What is wrong with a text before anybody asks what it means. */
function problemOfText(text: string, path: ConfigPath): string | undefined {
  if (text.length > longestText) return `is ${text.length} characters long, which no such value is`;
  if (isMalformed(text)) return 'has a "${" that is not followed by a name and "}"';
  const isPlain = mayHoldAnything.includes(path.at(-1)) || !controls.test(text.trim());
  return isPlain ? undefined : 'has a line break or a control character in it';
}

const valueAt = (value: JsonValue, path: readonly PropertyKey[]): JsonValue => {
  const [first, ...rest] = path;
  if (first === undefined || typeof value !== 'object' || value === null) return value;
  return valueAt(Object.entries(value).find(([key]) => key === String(first))?.[1] ?? null, rest);
};

const isText = (value: JsonValue): value is string => typeof value === 'string';

/** The texts of a value itself: no key takes a list of lists. */
const textsIn = (value: JsonValue): readonly string[] =>
  typeof value === 'object' && value !== null ? Object.values(value).filter(isText) : [value].filter(isText);

const isPosition = (part: PropertyKey): part is string | number => typeof part !== 'symbol';

/** Whether a value is what its key takes; what it is instead goes into the report. */
export function checkValue(report: Report, path: ConfigPath, schema: z.ZodType, value: JsonValue): boolean {
  const words = wordsOf(schema);
  const texts = words.isText === true ? textsIn(value) : [];
  const problem = texts.map((text) => problemOfText(text, path)).find((problem) => problem !== undefined);
  if (problem !== undefined) {
    report.problem(`"${report.key(path)}" (${report.place(path)}) ${problem}`);
    return false;
  }
  if (words.isText === true && typeof value === 'string' && hasReference(value)) return true;
  const result = schema.safeParse(value);
  if (result.success) return true;
  const inner = (result.error.issues[0]?.path ?? []).filter(isPosition);
  const wrong = valueAt(value, inner);
  const says = `${report.place([...path, ...inner])} says ${shown(wrong, words)}`;
  report.problem(`"${report.key(path)}" must be ${words.accepts}; ${says}${quotesAdvice(schema, value)}`);
  return false;
}
