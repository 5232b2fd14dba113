export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

export type JsonObject = { readonly [key: string]: JsonValue };

export const isJsonObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** JSON.parse has no limit, while JSON.stringify and every other walk run out of stack some thousands of levels in. */
export const deepestJson = 200;

function isDeeper(value: JsonValue, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner: JsonValue) => isDeeper(inner, levels - 1));
}

/** A value nested deeper than `deepestJson` levels: valid JSON, and nothing that anybody means. */
export const isTooDeep = (value: JsonValue): boolean => isDeeper(value, deepestJson);

/** JSON from outside; undefined for what is none, or is nested too deeply to be passed on. */
export function parseJson(text: string): JsonValue | undefined {
  try {
    const value = JSON.parse(text) as JsonValue;
    // Every level takes two characters, so that most texts need not be walked.
    return text.length > 2 * deepestJson && isTooDeep(value) ? undefined : value;
  } catch {
    return undefined;
  }
}
