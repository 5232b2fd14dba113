import type { ServiceError } from './service-error.js';

/** These speak of a pace, not of a length, whatever else they say about tokens. */
const paceWords = /rate.?limit|too many requests|per minute|try again in/i;

/** One line per family of services; the first group, where there is one, is the window in tokens. */
const overflowPatterns: readonly RegExp[] = [
  // OpenAI, Azure, vLLM, OpenRouter, DeepSeek, LiteLLM's wrappers
  /maximum context length (?:is|of) ([\d,]+) tokens/i,
  /model'?s context length is only ([\d,]+)/i,
  /longer than the maximum model length of ([\d,]+)/i,
  /tokens exceed the configured limit of ([\d,]+)/i,
  /context_length_exceeded|exceeds the context window|max_tokens_exceeded|token_limit_exceeded|string_too_long/i,
  // Anthropic
  /prompt (?:is )?too long(?:: [\d,]+ tokens > ([\d,]+) maximum)?/i,
  /input length and .?max_tokens.? exceed context limit(?:: [\d,]+ \+ [\d,]+ > ([\d,]+))?/i,
  /request_too_large|request exceeds the maximum size|model_context_window_exceeded/i,
  // Bedrock, Gemini
  /input is too long for requested model/i,
  /input token count.*exceeds the maximum(?: number of tokens allowed)?(?: \(?([\d,]+)\)?)?/i,
  // Groq, OpenAI
  /reduce the length of the messages/i,
  // DashScope
  /range of input length should be(?: \[\d+, ?([\d,]+)\])?/i,
  // Together
  /`?inputs?`? tokens \+ `?max_new_tokens`? must be(?: <= ([\d,]+))?/i,
  /is longer than the model'?s context length(?: \(?([\d,]+)\)?)?/i,
  // xAI, gateways, Copilot
  /maximum prompt length is ([\d,]+)/i,
  /exceeds? (?:the )?(?:model'?s )?maximum context length(?: of ([\d,]+))?/i,
  // The same words stand for the size of an image and the number of tools.
  /context window exceeded|\b(?:token|prompt|input|context|message)\b.*exceeds the limit of ([\d,]+)(?! ?(?:[kmg]i?b|bytes|characters|images?|tools?)\b)\b/i,
  // Moonshot, MiniMax, Mistral
  /exceeded model token limit(?:: ([\d,]+))?|context window exceeds limit/i,
  /too large for model with ([\d,]+) maximum context length/i,
  // llama.cpp, LM Studio, Ollama
  /exceed_context_size_error/i,
  /exceeds the available context size(?: \(([\d,]+) tokens\))?/i,
  /greater than the context length(?: of ([\d,]+))?/i,
  /\bn_keep\b.*>= ?n_ctx\b(?:: | \()?([\d,]+)?/i,
  /loaded with context length of only ([\d,]+)/i,
  /exceeded (?:max(?:imum)? )?context length/i,
  // LiteLLM, and the rest
  /ContextWindowExceededError/,
  /maximum allowed input length|too many tokens|token limit exceeded|context[_ ]length[_ ]exceeded/i,
];

const overflowStatuses: ReadonlySet<number | undefined> = new Set([400, 403, 413, 422, 500, undefined]);

export type Overflow = { readonly window: number | undefined };

const plausible = (tokens: number | undefined): number | undefined =>
  tokens !== undefined && Number.isSafeInteger(tokens) && tokens >= 256 ? tokens : undefined;

function numberIn(words: string, pattern: RegExp): number | undefined {
  const text = pattern
    .exec(words)
    ?.slice(1)
    .find((group) => group !== undefined);
  return plausible(Number(text?.replaceAll(',', '')));
}

/** Whether the error says, in anybody's words, that the conversation is too long; with the window where it is told. */
export function overflowIn(error: ServiceError): Overflow | undefined {
  const { details, status, words } = error;
  if (!overflowStatuses.has(status) || paceWords.test(words)) return undefined;
  // nginx before a local server: it has not even read the request.
  if (status === 413 && (details.message ?? '') === '') return { window: undefined };
  const pattern = overflowPatterns.find((candidate) => candidate.test(words));
  if (pattern === undefined) return undefined;
  const told = overflowPatterns.map((candidate) => numberIn(words, candidate)).find((tokens) => tokens !== undefined);
  return { window: plausible(details.n_ctx ?? undefined) ?? told };
}
