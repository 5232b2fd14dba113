import { z } from 'zod';
import { lenient } from './lenient.js';
import { modelListSchema } from './model-list.js';

/** `GET /v1/models`: one page of them; the next begins behind `last_id`, which goes into the query as `after_id`. */
export const messagesModelsSchema = z.looseObject({
  data: modelListSchema,
  has_more: lenient(z.boolean()),
  first_id: lenient(z.string()),
  last_id: lenient(z.string()),
});

export type MessagesModels = z.output<typeof messagesModelsSchema>;
