import { z } from 'zod';
import { type ModelListEntry, modelListEntrySchema } from './model-list-entry.js';

/** What has no id cannot be asked for, and does not make the others less true. */
const entriesSchema = z
  .array(z.unknown())
  .transform((entries): ModelListEntry[] =>
    entries.flatMap((entry) => modelListEntrySchema.safeParse(entry).data ?? []),
  );

/** `GET /models`: an object by the book, a bare array at Together, another name at others. */
export const modelListSchema = z.union([
  entriesSchema,
  z.looseObject({ data: entriesSchema }).transform((list) => list.data),
  z.looseObject({ models: entriesSchema }).transform((list) => list.models),
]);
