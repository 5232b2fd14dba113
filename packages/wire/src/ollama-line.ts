import { z } from 'zod';

const text = z.string().nullish();
const count = z.number().nullish();

/** A call, always whole. Older servers give it no id. */
export const ollamaCallSchema = z.looseObject({
  id: text,
  function: z.looseObject({
    name: text,
    index: count,
    arguments: z.union([z.record(z.string(), z.json()), z.string()]).nullish(),
  }),
});

/**
 * One line of the answer, or all of it where no stream was asked for. Calls come on any line, the last one included. A
 * stream without a line that has `done: true` was cut off. A count of zero is left out.
 */
export const ollamaChatLineSchema = z.looseObject({
  model: text,
  created_at: text,
  message: z
    .looseObject({ role: text, content: text, thinking: text, tool_calls: z.array(ollamaCallSchema).nullish() })
    .nullish(),
  done: z.boolean().nullish(),
  /** `stop`, also where there are calls, `length`, `load` or `unload`; older servers say nothing. */
  done_reason: text,
  /** Tokens that were sent; older servers leave out what was cached. */
  prompt_eval_count: count,
  /** Tokens of the answer, thinking included. */
  eval_count: count,
  /** Nanoseconds. */
  total_duration: count,
  load_duration: count,
  prompt_eval_duration: count,
  eval_duration: count,
  /** At any time, with status 200, and then the stream ends as if nothing had happened. */
  error: z.json().optional(),
});

/** One line of `POST /api/pull`. The last one is `{"status":"success"}` or has an error. */
export const ollamaPullLineSchema = z.looseObject({
  status: text,
  /** What is being fetched, where a line is about that. */
  digest: text,
  /** Bytes. */
  total: count,
  completed: count,
  error: z.json().optional(),
});

/** Every refusal. */
export const ollamaErrorSchema = z.looseObject({
  error: z.string(),
  /** Beside a 401 of a model in the cloud: where to sign in. */
  signin_url: text.catch(null),
});

export type OllamaCall = z.output<typeof ollamaCallSchema>;
export type OllamaChatLine = z.output<typeof ollamaChatLineSchema>;
export type OllamaPullLine = z.output<typeof ollamaPullLineSchema>;
export type OllamaError = z.output<typeof ollamaErrorSchema>;
