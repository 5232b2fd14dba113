import type { JsonObject } from '@trae-cli/protocol';
import type { ConfigFile } from './source.js';

export type ConfigPath = readonly (string | number)[];

/** Both count from 1; the column counts UTF-16 code units. */
export type Position = { readonly line: number; readonly column: number };

/** A file that was read and parsed, whatever its format: plain values, and where in the file each one stands. */
export type ConfigDocument = {
  readonly file: ConfigFile;
  /** Empty where the file holds nothing. */
  readonly values: JsonObject;
  /** Of the key at a path (of the item, in a list); where the path leads nowhere, of the nearest one above it. */
  positionOf(path: ConfigPath): Position;
};
