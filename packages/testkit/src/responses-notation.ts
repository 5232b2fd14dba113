import type { JsonObject } from '@trae-cli/protocol';
import { typedEvent } from './server-event.js';

/** The events of a Responses stream under a one-letter name; `R('response.completed', {…})`. */
export const responsesNotation = {
  R: (type: string, fields: JsonObject = {}): string => typedEvent(type, fields),
} as const;
