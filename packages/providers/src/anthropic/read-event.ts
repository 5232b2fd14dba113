import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '@trae-cli/protocol';
import { ServiceFailure } from '../errors/failure.js';
import type { ServerEvent } from '../transport/server-events.js';

/*
 * `MessagesEvent` of `@trae-cli/wire` says what an event looks like. It is checked by hand here, field by field where it
 * is used: this runs for every token, and no oddity of one field may cost the others.
 */

/** A text that is there and not empty. */
export function textIn(object: JsonObject, key: string): string | undefined {
  const value = object[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export const objectIn = (object: JsonObject, key: string): JsonObject | undefined => {
  const value = object[key];
  return isJsonObject(value) ? value : undefined;
};

/** The objects of a list, whatever else is in it. */
export const objectsIn = (object: JsonObject, key: string): readonly JsonObject[] => {
  const value = object[key];
  return Array.isArray(value) ? value.filter((item: JsonValue) => isJsonObject(item)) : [];
};

/** Blocks are told apart by it; those of compatibles need not begin with 0, nor follow each other. */
export function indexIn(event: JsonObject): number {
  const index = Number(event['index'] ?? 0);
  return Number.isSafeInteger(index) ? index : 0;
}

/** A bare text is the message of an error event. */
export function parseEvent({ data, event }: ServerEvent): JsonObject {
  const value = parseJson(data);
  if (isJsonObject(value)) return value;
  if (event === 'error') return { type: 'error', error: data };
  throw new ServiceFailure({ type: 'malformed', text: data });
}

/** The error that an event is, whatever it looks like; undefined for all others. */
export function errorIn(value: JsonObject, event: string): JsonObject | undefined {
  const { error, type } = value;
  if (type === 'error' || event === 'error') return value;
  if (error !== undefined && error !== null && error !== false && error !== '') return value;
  return type === undefined && textIn(value, 'message') !== undefined ? value : undefined;
}
