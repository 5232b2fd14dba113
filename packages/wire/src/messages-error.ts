import { z } from 'zod';
import { errorObjectSchema } from './error-body.js';

/** The body of a refusal. llama.cpp leaves the outer `type` out. */
export const messagesErrorSchema = z.looseObject({
  type: z.literal('error').optional(),
  error: errorObjectSchema,
  request_id: z.string().nullish().catch(null),
});

export type MessagesError = z.output<typeof messagesErrorSchema>;
