import { z } from 'zod';

/** An error must be readable whatever is wrong with it: a field of another type counts as missing. */
const text = z.string().nullish().catch(null);
const code = z.union([z.string(), z.number()]).nullish().catch(null);
const number = z.number().nullish().catch(null);

/** What stands under `error` at OpenAI, Groq, DeepSeek, Together, LiteLLM, OpenRouter, llama.cpp, Anthropic and Gemini. */
export const errorObjectSchema = z.looseObject({
  message: text,
  type: text,
  param: text,
  /** A word at most, the HTTP status at OpenRouter, llama.cpp and Gemini, the same as text at LiteLLM. */
  code,
  /** Gemini's word for what happened. */
  status: text,
  /** OpenRouter. */
  metadata: z
    .looseObject({
      error_type: text,
      limit_source: text,
      provider_name: text,
      raw: z.json().optional(),
      headers: z.record(z.string(), z.json()).nullish().catch(null),
    })
    .nullish()
    .catch(null),
  /** Gemini. */
  details: z
    .array(z.looseObject({ retryDelay: text }))
    .nullish()
    .catch(null),
  /** Groq: the call that the model wrote and nobody could parse. */
  failed_generation: text,
  /** llama.cpp. */
  n_prompt_tokens: number,
  n_ctx: number,
});

/** FastAPI: `loc` names the field, `["body", "stream_options"]`. */
const detailSchema = z.union([
  z.string(),
  z.array(z.looseObject({ loc: z.array(z.union([z.string(), z.number()])).optional(), msg: text, type: text })),
]);

/** Every shape of an error body that vendors and gateways were seen to send, the most telling first. */
export const errorBodySchema = z.union([
  /** Anthropic and its compatibles have `type: "error"` and `request_id` around it. */
  z.looseObject({ error: errorObjectSchema, request_id: text }),
  /** Ollama, some routes of Together and LM Studio. */
  z.looseObject({ error: z.string() }),
  /** vLLM variants and whatever else is made with FastAPI. */
  z.looseObject({ detail: detailSchema }),
  /** Gemini's compatibility endpoint. */
  z.array(z.looseObject({ error: errorObjectSchema })).min(1),
  /** DashScope's gateway (`code`, `request_id`), Novita (`reason`), old vLLM (`object: "error"`), AWS and Kong. */
  z.looseObject({ message: z.string(), code, type: text, param: text, reason: text, request_id: text }),
]);

export type ErrorObject = z.output<typeof errorObjectSchema>;
export type ErrorBody = z.output<typeof errorBodySchema>;
