import type { JsonValue } from '@trae-cli/protocol';
import type { ConfigFile } from '../source.js';
import type { FileSource, Report } from './report.js';

/** A value of one file that says something: it is of the type its key takes, and no placeholder. */
export type WrittenLeaf = {
  /** In the shape of the schema: `['model_providers', 'groq', 'headers', 'X-Title']`. */
  readonly path: readonly string[];
  readonly value: JsonValue;
  readonly source: FileSource;
  /** The key as it was written, which in the original's form is another. */
  readonly writtenKey: string;
};

/** One file, checked. */
export type CheckedFile = {
  readonly file: ConfigFile;
  /** In the order of the schema. */
  readonly leaves: readonly WrittenLeaf[];
  /** Names in `model_providers`, those of entries without a leaf too. */
  readonly providerNames: readonly string[];
};

/** The text of a leaf; empty where it is no text. */
export const textOf = ({ value }: WrittenLeaf): string => (typeof value === 'string' ? value : '');

/** The leaf at a path of the canonical form. */
export const leafAt = (report: Report, path: readonly string[], value: JsonValue): WrittenLeaf => ({
  path,
  value,
  source: report.source(path),
  writtenKey: report.key(path),
});
