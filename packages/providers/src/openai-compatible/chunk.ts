import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '@trae-cli/protocol';
import { ServiceFailure } from '../errors/failure.js';
import type { CallDelta } from '../tool-calls.js';
import { recordable } from '../service/recordable.js';

/*
 * `ChatChunk` of `@trae-cli/wire` says what a chunk looks like. It is checked by hand here, field by field where it is
 * used: this runs for every token, and no oddity of one field may cost the others.
 */

/** A text that is there and not empty. */
export function textIn(object: JsonObject, key: string): string | undefined {
  const value = object[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Gemini reports errors in an array; a bare text is the message of an error event. */
export function parseChunk(data: string, event: string): JsonObject {
  const value = parseJson(data);
  const chunk: JsonValue | undefined = Array.isArray(value) ? (value as readonly JsonValue[])[0] : value;
  if (isJsonObject(chunk)) return chunk;
  if (event === 'error') return { error: data };
  throw new ServiceFailure({ type: 'malformed', text: data });
}

/** The first choice; nobody here asks for several, and some send them all the same. */
export function choiceIn(chunk: JsonObject): JsonObject | undefined {
  const { choices } = chunk as { readonly choices?: JsonValue };
  if (!Array.isArray(choices)) return undefined;
  const first: JsonValue | undefined = choices.find(
    (choice: JsonValue) => isJsonObject(choice) && Number(choice['index'] ?? 0) === 0,
  );
  return isJsonObject(first) ? first : undefined;
}

/** The error that a chunk is, whatever it looks like; undefined for all others. */
export function errorIn(chunk: JsonObject, event: string): JsonValue | undefined {
  const groq = chunk['x_groq'];
  if (isJsonObject(groq) && textIn(groq, 'error') !== undefined) return { error: groq['error'] ?? '' };
  const { error } = chunk as { readonly error?: JsonValue };
  if (error !== undefined && error !== null && error !== false && error !== '') return chunk;
  if (event === 'error' || chunk['object'] === 'error') return chunk;
  return chunk['choices'] === undefined && textIn(chunk, 'message') !== undefined ? chunk : undefined;
}

const reasoningFields = ['reasoning_content', 'reasoning', 'reasoning_text'] as const;

/** The first field that has something; several may carry the same. */
export function reasoningIn(delta: JsonObject): { readonly field: string; readonly text: string } | undefined {
  for (const field of reasoningFields) {
    const text = textIn(delta, field);
    if (text !== undefined) return { field, text };
  }
  return undefined;
}

/** Text, or the text parts of an array. */
export function contentIn(content: JsonValue | undefined): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part: JsonValue) => (isJsonObject(part) ? (textIn(part, 'text') ?? '') : '')).join('');
}

/** Characters, far beyond any id that a vendor makes. */
const longestId = 512;

/** An id is given back as it came or not at all; a page of text is none. */
export function idIn(object: JsonObject): string | undefined {
  const id = textIn(object, 'id');
  return id === undefined || id.length > longestId ? undefined : id;
}

function callDelta(call: JsonObject, index: JsonValue | undefined): CallDelta {
  const wanted: JsonObject = isJsonObject(call['function']) ? call['function'] : {};
  const text = wanted['arguments'] ?? '';
  const position = Number(index);
  const id = idIn(call);
  const name = textIn(wanted, 'name');
  const sealed = call['extra_content'];
  return {
    ...(index === undefined || index === null || !Number.isInteger(position) ? {} : { index: position }),
    ...(id === undefined ? {} : { id }),
    ...(name === undefined ? {} : { name }),
    ...(sealed === undefined || sealed === null ? {} : { sealed: recordable(sealed) }),
    arguments: typeof text === 'string' ? text : JSON.stringify(text),
  };
}

/** The pieces of calls in a delta, the form from before there were tools included. */
export function callDeltasIn(delta: JsonObject): readonly CallDelta[] {
  const calls = delta['tool_calls'];
  if (Array.isArray(calls))
    return calls.filter((call: JsonValue) => isJsonObject(call)).map((call) => callDelta(call, call['index']));
  const legacy = delta['function_call'];
  return isJsonObject(legacy) ? [callDelta({ function: legacy }, 0)] : [];
}
