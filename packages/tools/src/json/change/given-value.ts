import { type JsonValue, parseJson } from '@trae-cli/protocol';

const looksLikeJson = /^\s*[[{"]/;

/**
 * The value that a call means. A string is that string, unless it holds a JSON object, array or quoted string: models
 * that may only send text send these.
 */
export function readGivenValue(given: JsonValue): JsonValue {
  if (typeof given !== 'string' || !looksLikeJson.test(given)) return given;
  return parseJson(given) ?? given;
}

/** A whole number in a value that has been through a JavaScript number and may have lost digits there. */
export function inexactNumberIn(value: JsonValue): number | undefined {
  if (typeof value === 'number') return isInexact(value) ? value : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const inner of Object.values(value) as readonly JsonValue[]) {
    const found = inexactNumberIn(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Larger ones are written with an exponent, and nobody counts on their digits. */
const largestSpelledOut = 1e21;

const isInexact = (number: number): boolean =>
  Number.isInteger(number) && !Number.isSafeInteger(number) && Math.abs(number) < largestSpelledOut;
