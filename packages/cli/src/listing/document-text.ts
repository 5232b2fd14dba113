import type { JsonValue } from '@trae-cli/protocol';

/** What a terminal obeys of what JSON lets stand as it is: control characters beyond ASCII, and marks of direction. */
const steering = /[\u007F-\u009F\u2028-\u202E\u2066-\u2069]/g;

const escaped = (character: string): string =>
  String.raw`\u` + (character.codePointAt(0) ?? 0).toString(16).padStart(4, '0');

/** A document as programs read it, and as people may look at it too. */
export const documentText = (document: JsonValue): string =>
  `${JSON.stringify(document, null, 2).replaceAll(steering, escaped)}\n`;
