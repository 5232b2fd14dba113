import { isJsonObject, type JsonObject, type JsonValue } from '@trae-cli/protocol';
import { ServiceFailure } from '../errors/failure.js';
import { textIn } from './read-event.js';

/** These are about what was asked, so that asking again is of no use. Words of `response.error.code`. */
const ofTheRequest =
  /^(?:invalid_|image_|unsupported_|empty_image|failed_to_download_image|context_length_exceeded|bio_policy|cyber_policy)/;

/** The error as all services report theirs; a stream has no status, so that a fault of the request is given one. */
function body(error: JsonObject): JsonObject {
  const { code = null } = error;
  const isOurs = typeof code === 'string' && ofTheRequest.test(code);
  const message = textIn(error, 'message') ?? (typeof code === 'string' ? code : 'no reason is told');
  return { error: { ...error, message, ...(isOurs ? { type: code, code: 400 } : {}) } };
}

/** The failure that an error is, whether it stands alone or under `error`. */
export function reported(source: JsonObject): ServiceFailure {
  const error: JsonValue = source['error'] ?? null;
  if (typeof error === 'string' && error !== '') return new ServiceFailure({ type: 'reported', body: { error } });
  return new ServiceFailure({ type: 'reported', body: body(isJsonObject(error) ? error : source) });
}

const isSaid = (value: JsonValue | undefined): boolean =>
  value !== undefined && value !== null && value !== false && value !== '';

/** Whether a body without a type tells of an error, in any of the shapes that gateways have for it. */
export const tellsError = (source: JsonObject): boolean =>
  isSaid(source['error']) || isSaid(source['detail']) || textIn(source, 'message') !== undefined;
