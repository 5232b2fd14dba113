import { z } from 'zod';

/** What a service says of itself beside the point: of another type, null or missing, it counts as not said. */
export const lenient = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined);

/** The strings of a list, whatever else is in it. */
export const stringsSchema = z
  .array(z.unknown())
  .transform((items) => items.filter((item): item is string => typeof item === 'string'));

/** A number of tokens: positive and whole, also where it comes as text. Zero and minus one are ways not to say. */
export const tokensSchema = z.union([
  z.int().positive(),
  z
    .string()
    .regex(/^[1-9]\d{0,14}$/)
    .transform(Number),
]);
