import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '@trae-cli/protocol';
import { ServiceFailure } from '../errors/failure.js';
import type { ServerEvent } from '../transport/server-events.js';

/*
 * `responsesEventSchema` of `@trae-cli/wire` says what an event looks like. It is checked by hand here, field by field
 * where it is used: this runs for every token, and no oddity of one field may cost the others.
 */

/** Characters, far beyond any id that a vendor makes. */
const longestId = 512;

/** A text that is there and not empty. */
export function textIn(object: JsonObject, key: string): string | undefined {
  const value = object[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** An id is given back as it came or not at all; a page of text is none. */
export function idIn(object: JsonObject, key: string): string | undefined {
  const id = textIn(object, key);
  return id === undefined || id.length > longestId ? undefined : id;
}

/** A place in a list. */
export function indexIn(object: JsonObject, key: string): number | undefined {
  const value = object[key];
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

export function objectsIn(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter((item: JsonValue) => isJsonObject(item)) : [];
}

export type ResponsesEvent = {
  /** Empty for an answer in one piece, and where nobody has named it. */
  readonly type: string;
  readonly body: JsonObject;
};

/** The name of an event stands in its data, or only before it. */
export function readEvent({ event, data }: ServerEvent): ResponsesEvent {
  const value = parseJson(data);
  const body: JsonValue | undefined = Array.isArray(value) ? (value as readonly JsonValue[])[0] : value;
  if (isJsonObject(body)) return { type: textIn(body, 'type') ?? event, body };
  if (event === 'error') return { type: 'error', body: { message: data } };
  throw new ServiceFailure({ type: 'malformed', text: data });
}
