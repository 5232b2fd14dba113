import { isJsonObject, type JsonObject, type JsonValue } from '@trae-cli/protocol';
import { recordable } from '../service/recordable.js';

const growing = ['text', 'summary', 'data', 'thinking'] as const;

const isFilled = (value: JsonValue | undefined): boolean => typeof value === 'string' && value !== '';

/** The signature ends a block of LiteLLM's: it does not number them. */
const isSigned = (last: JsonObject, entry: JsonObject): boolean =>
  isFilled(last['signature']) && isFilled(entry['thinking']);

const continues = (last: JsonObject | undefined, entry: JsonObject): last is JsonObject =>
  last !== undefined &&
  last['index'] === entry['index'] &&
  !isSigned(last, entry) &&
  (last['type'] ?? entry['type']) === (entry['type'] ?? last['type']);

/** These vendors refuse a thought of theirs that comes back without the signature, as one cut short has none. */
const needsSignature = ({ type, format }: JsonObject): boolean =>
  type === 'thinking' ||
  (type === 'reasoning.text' && typeof format === 'string' && /^(?:anthropic|google)/.test(format));

function merged(last: JsonObject, entry: JsonObject): JsonObject {
  const result = new Map(Object.entries(last));
  for (const [key, value] of Object.entries(entry)) if (value !== null) result.set(key, value);
  for (const key of growing) {
    const [before, more] = [last[key], entry[key]];
    if (typeof before === 'string') result.set(key, typeof more === 'string' ? before + more : before);
  }
  return Object.fromEntries(result);
}

/** `reasoning_details` of OpenRouter, `thinking_blocks` of LiteLLM: pieces in, the array that goes back unchanged out. */
export class ReasoningDetails {
  readonly #entries: JsonObject[] = [];
  #isTold = false;

  /** Takes the pieces of one delta and returns what of them can be read by people. */
  add(pieces: readonly JsonValue[]): string {
    this.#isTold = true;
    let shown = '';
    for (const piece of pieces) {
      if (!isJsonObject(piece)) continue;
      const last = this.#entries.at(-1);
      if (continues(last, piece)) this.#entries[this.#entries.length - 1] = merged(last, piece);
      else this.#entries.push(piece);
      const text = piece['text'] ?? piece['summary'] ?? piece['thinking'];
      if (typeof text === 'string') shown += text;
    }
    return shown;
  }

  /** Undefined where there were none; of thoughts that came in another way an empty array goes back as well. */
  sealed(isThought: boolean): JsonValue | undefined {
    if (this.#entries.length === 0 && !(this.#isTold && isThought)) return undefined;
    return recordable(this.#entries.filter((entry) => !needsSignature(entry) || isFilled(entry['signature'])));
  }
}
