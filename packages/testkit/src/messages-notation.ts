import type { JsonObject } from '@trae-cli/protocol';
import { typedEvent } from './server-event.js';

/** The events of a Messages stream under a one-letter name, so that a stream reads as a few lines of a table. */
export const messagesNotation = {
  E: (type: string, fields: JsonObject = {}): string => typedEvent(type, fields),
} as const;
