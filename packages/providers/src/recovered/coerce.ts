import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '@trae-cli/protocol';

const alternatives = ['anyOf', 'oneOf'] as const;

/** The types that a schema allows, those of its alternatives included. */
export function typesOf(schema: JsonValue | undefined): readonly string[] {
  if (!isJsonObject(schema)) return [];
  const { type } = schema;
  const own = Array.isArray(type) ? type.filter((name) => typeof name === 'string') : [];
  const inner = alternatives.flatMap((key) => {
    const list = schema[key];
    return Array.isArray(list) ? list.flatMap((item: JsonValue) => typesOf(item)) : [];
  });
  return [...(typeof type === 'string' ? [type] : own), ...inner];
}

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
};

const decoded = (text: string): string =>
  text.replaceAll(/&(?:lt|gt|quot|#39|amp);/g, (name) => entities[name] ?? name);

const withDoubleQuotes = (text: string): string =>
  text.replaceAll(/'((?:[^'\\]|\\[^])*)'/g, (_whole, inner: string) =>
    JSON.stringify(inner.replaceAll(String.raw`\'`, "'")),
  );

/** JSON as models write it by hand: with a comma too many, or with single quotes. */
function looseJson(text: string): JsonValue | undefined {
  const tidy = text.replaceAll(/,(\s*[\]}])/g, '$1');
  for (const attempt of [text, decoded(text), tidy, withDoubleQuotes(tidy)]) {
    const value = parseJson(attempt);
    if (value !== undefined) return value;
  }
  return undefined;
}

const numberPattern = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

function readAs(type: string, text: string): JsonValue | undefined {
  switch (type) {
    case 'integer':
    case 'number': {
      const number = numberPattern.test(text) ? Number(text) : Number.NaN;
      return Number.isFinite(number) && (type === 'number' || Number.isInteger(number)) ? number : undefined;
    }
    case 'boolean':
      return /^true$/i.test(text) ? true : /^false$/i.test(text) ? false : undefined;
    case 'array': {
      const value = looseJson(text);
      return Array.isArray(value) ? value : undefined;
    }
    case 'object': {
      const value = looseJson(text);
      return isJsonObject(value) ? value : undefined;
    }
    default:
      return undefined;
  }
}

/** One of the values that the schema lists, where the text differs from it by white space or entities. */
function chosen(raw: string, schema: JsonObject): string {
  const listed = schema['enum'];
  if (!Array.isArray(listed) || listed.includes(raw)) return raw;
  return [raw.trim(), decoded(raw).trim()].find((text) => listed.includes(text)) ?? raw;
}

/** The value that a text stands for, by the schema of its parameter; the text where it stands for none. */
export function coerced(raw: string, schema: JsonValue | undefined): JsonValue {
  const types = typesOf(schema);
  const text = raw.trim();
  if (types.includes('string')) return isJsonObject(schema) ? chosen(raw, schema) : raw;
  for (const type of types) {
    const value = readAs(type, text);
    if (value !== undefined) return value;
  }
  if (types.includes('null') && text === 'null') return null;
  // Nobody says what is wanted: a list or an object is what it looks like.
  return types.length === 0 && /^[[{]/.test(text) ? (looseJson(text) ?? raw) : raw;
}
