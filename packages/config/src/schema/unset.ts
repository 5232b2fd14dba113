import type { JsonValue } from '@trae-cli/protocol';

/** Whether a value says nothing: a blank text, or a key of YAML with nothing behind it. */
export const isUnset = (value: JsonValue | undefined): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

/** Whether a value says at most that there is to be nothing. */
export const isEmpty = (value: JsonValue): boolean =>
  isUnset(value) || value === false || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
