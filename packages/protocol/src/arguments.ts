import { deepestJson, isJsonObject, isTooDeep, type JsonObject, type JsonValue } from './json.js';

export type ParsedArguments =
  /** `text` is the JSON that was understood: the model's own bytes where they were valid. */
  | { readonly ok: true; readonly value: JsonObject; readonly text: string }
  | { readonly ok: false; readonly problem: string };

const controlEscapes: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

const escapeControl = (character: string): string =>
  controlEscapes[character] ?? `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;

// oxlint-disable-next-line no-control-regex -- control characters are what is being mended
const mendable = /"|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})|\\|[\u0000-\u001f]/g;

/**
 * Mends what models really get wrong inside strings: raw control characters and invalid backslash
 * escapes. Never closes a bracket or a quote: half a file would be written.
 */
function mended(raw: string): string {
  let isInString = false;
  return raw.replaceAll(mendable, (piece) => {
    if (piece === '"') isInString = !isInString;
    if (piece === '"' || !isInString || piece.length > 1) return piece;
    return piece === '\\' ? '\\\\' : escapeControl(piece);
  });
}

function parse(text: string): { readonly value: JsonValue } | { readonly problem: string } {
  try {
    return { value: JSON.parse(text) as JsonValue };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** Reads the arguments of a call. Nothing at all, or `null`, is an empty object; a string holding an object is opened. */
export function parseArguments(raw: string): ParsedArguments {
  if (raw.trim() === '') return { ok: true, value: {}, text: '{}' };
  let text = raw;
  let parsed = parse(text);
  if ('problem' in parsed) {
    text = mended(raw);
    const again = parse(text);
    if ('problem' in again) return { ok: false, problem: parsed.problem };
    parsed = again;
  }
  if (typeof parsed.value === 'string') {
    text = parsed.value;
    const opened = parse(text);
    if ('problem' in opened) return { ok: false, problem: 'a JSON object was expected, not a string' };
    parsed = opened;
  }
  if (parsed.value === null) return { ok: true, value: {}, text: '{}' };
  if (isTooDeep(parsed.value)) return { ok: false, problem: `it is nested more than ${deepestJson} levels deep` };
  if (isJsonObject(parsed.value)) return { ok: true, value: parsed.value, text };
  return {
    ok: false,
    problem: `a JSON object was expected, not ${Array.isArray(parsed.value) ? 'an array' : `a ${typeof parsed.value}`}`,
  };
}
