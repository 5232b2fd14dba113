import { type JsonValue, parseArguments } from '@trae-cli/protocol';

const telling = /["{}[\]]/g;
const inString = /["\\]/g;

/** The place behind the closing quote of the string whose inside begins at `from`. */
function stringEnd(text: string, from: number): number | undefined {
  for (let at = from; ;) {
    inString.lastIndex = at;
    const found = inString.exec(text);
    if (found === null) return undefined;
    if (found[0] === '"') return found.index + 1;
    at = found.index + 2;
  }
}

/** The place behind the object or array that begins at `at`; undefined where it does not end. */
function jsonEnd(text: string, at: number): number | undefined {
  let depth = 0;
  for (let from = at; ;) {
    telling.lastIndex = from;
    const found = telling.exec(text);
    if (found === null) return undefined;
    from = found.index + 1;
    if (found[0] === '"') {
      const end = stringEnd(text, from);
      if (end === undefined) return undefined;
      from = end;
    } else depth += found[0] === '{' || found[0] === '[' ? 1 : -1;
    if (depth === 0) return from;
  }
}

export type JsonAt =
  | { readonly type: 'value'; readonly value: JsonValue; readonly end: number }
  | { readonly type: 'broken'; readonly problem: string; readonly end: number }
  | { readonly type: 'open' };

/**
 * The JSON object or array that begins at `at`; what models get wrong inside strings is mended. Undefined where none begins.
 */
export function jsonAt(text: string, at: number): JsonAt | undefined {
  if (text[at] !== '{' && text[at] !== '[') return undefined;
  const end = jsonEnd(text, at);
  if (end === undefined) return { type: 'open' };
  const parsed = parseArguments(`{"value":${text.slice(at, end)}}`);
  if (!parsed.ok) return { type: 'broken', problem: parsed.problem, end };
  return { type: 'value', value: parsed.value['value'] ?? null, end };
}
