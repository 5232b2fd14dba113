import type { ModelInfo } from '@trae-cli/protocol';
import type { ModelListEntry } from '@trae-cli/wire';
import { onlySaid } from './about-model.js';
import { listPrice } from './list-price.js';
import { flagOf, memberOf, tokensOf } from './loose.js';

/** The smallest that is said: a window is no larger than where the request goes lets it be. */
const least = (...limits: readonly (number | undefined)[]): number | undefined => {
  const said = limits.filter((limit) => limit !== undefined);
  return said.length === 0 ? undefined : Math.min(...said);
};

function windowOf(entry: ModelListEntry): number | undefined {
  return (
    // LM Studio: what it is loaded with, which may be far less than what it could be.
    tokensOf(entry, 'loaded_context_length') ??
    least(entry.context_length, entry.top_provider?.context_length) ??
    entry.context_window ??
    entry.context_size ??
    entry.max_model_len ??
    entry.max_input_tokens ??
    entry.max_context_length ??
    // llama.cpp: what it runs with. What it was trained with is no promise, and passed over.
    entry.meta?.n_ctx ??
    tokensOf(memberOf(entry, 'model_info'), 'max_input_tokens')
  );
}

function maxOutputOf(entry: ModelListEntry): number | undefined {
  return (
    entry.top_provider?.max_completion_tokens ??
    entry.max_completion_tokens ??
    entry.max_output_tokens ??
    // Elsewhere the word may stand for the window.
    (entry.max_input_tokens === undefined ? undefined : entry.max_tokens) ??
    tokensOf(memberOf(entry, 'model_info'), 'max_output_tokens')
  );
}

/** Whether a list has one of these words; undefined where there is no list. */
const has = (list: readonly string[] | undefined, ...words: readonly string[]): boolean | undefined =>
  list === undefined ? undefined : words.some((word) => list.includes(word));

/** Names of what the model can do, where they come as names. */
const namedCapabilities = ({ capabilities }: ModelListEntry): readonly string[] | undefined =>
  Array.isArray(capabilities) ? capabilities : undefined;

const supports = ({ capabilities }: ModelListEntry, what: 'image_input' | 'thinking'): boolean | undefined =>
  capabilities === undefined || Array.isArray(capabilities) ? undefined : capabilities[what]?.supported;

/** A service whose every model calls tools says so of none; it is known by what else it says. */
const isAnthropic = ({ type, capabilities }: ModelListEntry): boolean =>
  type === 'model' && capabilities !== undefined && !Array.isArray(capabilities);

function toolsOf(entry: ModelListEntry): boolean | undefined {
  return (
    has(entry.supported_parameters, 'tools') ??
    has(entry.features, 'function-calling') ??
    has(namedCapabilities(entry), 'tool_use', 'tools', 'function_calling') ??
    flagOf(memberOf(entry, 'capabilities'), 'trained_for_tool_use') ??
    flagOf(memberOf(entry, 'model_info'), 'supports_function_calling') ??
    (isAnthropic(entry) ? true : undefined)
  );
}

function imagesOf(entry: ModelListEntry): boolean | undefined {
  return (
    has(entry.architecture?.input_modalities, 'image') ??
    supports(entry, 'image_input') ??
    flagOf(memberOf(entry, 'capabilities'), 'vision') ??
    flagOf(memberOf(entry, 'model_info'), 'supports_vision') ??
    (has(namedCapabilities(entry), 'vision', 'image_input') || entry.type === 'vlm' ? true : undefined)
  );
}

function reasoningOf(entry: ModelListEntry): boolean | undefined {
  if (entry.reasoning !== undefined) return true;
  return (
    has(entry.supported_parameters, 'reasoning', 'reasoning_effort') ??
    has(entry.features, 'reasoning') ??
    supports(entry, 'thinking') ??
    flagOf(memberOf(entry, 'model_info'), 'supports_reasoning') ??
    (has(namedCapabilities(entry), 'thinking', 'reasoning') === true ? true : undefined)
  );
}

/** The day of a date, and nothing that merely stands where one should. */
const dayOf = (text: string | undefined): string | undefined => /^\d{4}-\d{2}-\d{2}/.exec(text ?? '')?.[0];

function noticeOf({ active, lifecycle, retires_at, expiration_date }: ModelListEntry): string | undefined {
  const day = dayOf(retires_at) ?? dayOf(expiration_date);
  const end = day === undefined ? '' : `, and ends on ${day}`;
  if (lifecycle === 'retired') return 'is retired.';
  if (active === false) return 'is switched off by the service.';
  if (lifecycle === 'deprecated') return `is deprecated${end}.`;
  return day === undefined ? undefined : `ends on ${day}.`;
}

/** What one entry of a service's list says of its model, whichever service it is. What it does not say is absent. */
export function modelInfoFrom(entry: ModelListEntry): ModelInfo {
  return onlySaid({
    // Gemini puts the name of the collection before each name.
    id: entry.id.replace(/^models\//, ''),
    contextWindow: windowOf(entry),
    maxOutput: maxOutputOf(entry),
    tools: toolsOf(entry),
    images: imagesOf(entry),
    reasoning: reasoningOf(entry),
    price: listPrice(entry),
    notice: noticeOf(entry),
  });
}

/** Kinds of model that do not hold conversations, as services call them. */
const otherKinds: ReadonlySet<string> = new Set([
  'audio',
  'embedding',
  'embeddings',
  'image',
  'moderation',
  'rerank',
  'reranker',
  'transcribe',
  'video',
]);

/** Words in the names of models that do not, at services that say no more than names. */
const otherNames =
  /(?:^|[-_/.])(?:embed(?:ding)?s?|whisper|tts|dall-e|moderation|transcribe|rerank(?:er)?|sora|realtime|gpt-image|imagen|veo|lyria|babbage|davinci)(?:[-_/.\d]|$)/i;

/** Whether the model can be talked to in writing, as far as anybody says. */
export function holdsConversations({ id, type, architecture }: ModelListEntry): boolean {
  if (type !== undefined && otherKinds.has(type.toLowerCase())) return false;
  const output = architecture?.output_modalities;
  if (output !== undefined) return output.includes('text');
  return !otherNames.test(id);
}
