import type { JsonValue } from '@trae-cli/protocol';

/** A value as the record will give it back: JSON.parse reads numbers (1e999) that JSON.stringify cannot write. */
export const recordable = (value: JsonValue): JsonValue => JSON.parse(JSON.stringify(value)) as JsonValue;
