import { isJsonObject, type JsonObject, parseArguments, parseJson } from '@trae-cli/protocol';

/** One block that has begun and not ended. */
export type OpenBlock =
  | { readonly type: 'text'; readonly part: number }
  | { readonly type: 'thinking'; readonly part: number; signature: string; hasText: boolean }
  | { readonly type: 'call'; readonly part: number; readonly whole: string; readonly pieces: string[] }
  /** Of the service's own: kept whole, and never run here. */
  | { readonly type: 'other'; readonly part: number; readonly block: JsonObject; readonly pieces: string[] };

const hasFields = (value: JsonObject): boolean => Object.keys(value).length > 0;

/** The input of a call that came whole with its start, as JSON; empty where it is still to come. */
export function wholeInput({ input }: JsonObject): string {
  if (typeof input === 'string') return input;
  return isJsonObject(input) && hasFields(input) ? JSON.stringify(input) : '';
}

/** Some send the input twice: what came in pieces counts where it can be read. */
export function settledInput({ pieces, whole }: Extract<OpenBlock, { type: 'call' }>): string {
  const text = pieces.join('');
  return text.trim() !== '' && parseArguments(text).ok ? text : whole;
}

/** The block as it goes back, with the input that came behind its start. */
export function settledBlock({ block, pieces }: Extract<OpenBlock, { type: 'other' }>): JsonObject {
  const input = parseJson(pieces.join(''));
  return isJsonObject(input) ? { ...block, input } : block;
}
