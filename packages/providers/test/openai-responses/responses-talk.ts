import type { JsonObject, JsonValue } from '@trae-cli/protocol';
import { responsesNotation } from '@trae-cli/testkit';
import { type ConversationOptions, conversation, heardFrom } from '../conversation.js';

const { R } = responsesNotation;

/** A server of nobody in particular that is asked over Responses. */
export const overResponses = {
  entry: 'openai_compatible',
  settings: { apiFormat: 'openai-responses' },
} as const satisfies ConversationOptions;

export const fromOpenAi = { entry: 'openai', model: 'gpt-6-sol' } as const satisfies ConversationOptions;

export const usage = {
  input_tokens: 100,
  input_tokens_details: { cached_tokens: 80 },
  output_tokens: 20,
  output_tokens_details: { reasoning_tokens: 5 },
  total_tokens: 120,
};

const at = (output_index: number, id: string): JsonObject => ({ output_index, item_id: id });

export const created = R('response.created', { response: { id: 'resp_1', object: 'response', status: 'in_progress' } });
export const completed = (more: JsonObject = {}): string =>
  R('response.completed', { response: { id: 'resp_1', object: 'response', status: 'completed', usage, ...more } });
export const incomplete = (reason?: string): string =>
  R('response.incomplete', {
    response: { id: 'resp_1', status: 'incomplete', incomplete_details: reason === undefined ? null : { reason } },
  });
export const added = (output_index: number, item: JsonObject): string =>
  R('response.output_item.added', { output_index, item });
export const done = (output_index: number, item: JsonObject): string =>
  R('response.output_item.done', { output_index, item });
export const said = (index: number, delta: string): string =>
  R('response.output_text.delta', { ...at(index, `msg_${index}`), content_index: 0, delta });
export const thought = (index: number, delta: string, summary_index = 0): string =>
  R('response.reasoning_summary_text.delta', { ...at(index, `rs_${index}`), summary_index, delta });
export const written = (index: number, delta: string): string =>
  R('response.function_call_arguments.delta', { ...at(index, `fc_${index}`), delta });

export const messageItem = (index: number, text: string): JsonObject => ({
  type: 'message',
  id: `msg_${index}`,
  role: 'assistant',
  status: 'completed',
  content: [{ type: 'output_text', text, annotations: [] }],
});
export const reasoningItem = (index: number, ...summary: readonly string[]): JsonObject => ({
  type: 'reasoning',
  id: `rs_${index}`,
  summary: summary.map((text) => ({ type: 'summary_text', text })),
  encrypted_content: `gAAAA${index}==`,
});
export const callItem = (index: number, path: string, more: JsonObject = {}): JsonObject => ({
  type: 'function_call',
  id: `fc_${index}`,
  call_id: `call_${index}`,
  name: 'read',
  arguments: JSON.stringify({ path }),
  status: 'completed',
  ...more,
});
const begun = (item: JsonObject): JsonObject => ({ ...item, status: 'in_progress', arguments: '' });

export const message = (index: number, text: string): string =>
  added(index, { type: 'message', id: `msg_${index}`, content: [] }) +
  said(index, text) +
  done(index, messageItem(index, text));
export const reasoning = (index: number, text: string): string =>
  added(index, { type: 'reasoning', id: `rs_${index}`, summary: [] }) +
  thought(index, text) +
  done(index, reasoningItem(index, text));
export const call = (index: number, path: string): string => {
  const item = callItem(index, path);
  return added(index, begun(item)) + written(index, JSON.stringify({ path })) + done(index, item);
};

export const hearing = (...events: readonly string[]) => heardFrom(events, overResponses);

/** What the model is sent beside the parameters. */
export function inputOf(body: JsonObject | undefined): readonly JsonValue[] {
  const input = body?.['input'];
  if (!Array.isArray(input)) throw new Error('The body has no input.');
  return input as readonly JsonValue[];
}

export const talkWith = (answers: Parameters<typeof conversation>[0], options: ConversationOptions = overResponses) =>
  conversation(answers, options);
