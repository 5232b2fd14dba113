import type { JsonObject } from '@trae-cli/protocol';

/** A server-sent event whose data says once more what kind of event it is. */
export const typedEvent = (type: string, fields: JsonObject): string =>
  `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
