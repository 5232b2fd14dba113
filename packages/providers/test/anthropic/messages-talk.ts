import { isJsonObject, type JsonObject, type JsonValue } from '@trae-cli/protocol';
import { type CatalogEntry, catalog, customEntry } from '@trae-cli/providers';
import { messagesNotation } from '@trae-cli/testkit';
import { type Conversation, conversation, type ConversationOptions, type Heard, heardFrom } from '../conversation.js';

export const { E } = messagesNotation;

export const vendor: CatalogEntry = (() => {
  const entry = catalog.find(({ id }) => id === 'anthropic');
  if (entry === undefined) throw new Error('The vendor is not in the catalog.');
  return entry;
})();

/** A gateway that nobody knows anything about. */
export const gateway: CatalogEntry = customEntry('house', { apiFormat: 'anthropic' });

export const startMessage = (more: JsonObject = {}): string =>
  E('message_start', {
    message: { id: 'msg_1', type: 'message', role: 'assistant', model: 'm', content: [], ...more },
  });

export const begin = (index: number, block: JsonObject): string =>
  E('content_block_start', { index, content_block: block });

export const delta = (index: number, fields: JsonObject): string => E('content_block_delta', { index, delta: fields });

export const end = (index: number): string => E('content_block_stop', { index });

export const stopWith = (reason: string, more: JsonObject = {}): string =>
  E('message_delta', { delta: { stop_reason: reason, stop_sequence: null }, ...more }) + E('message_stop');

export const textBlock = (index: number, text: string): string =>
  begin(index, { type: 'text', text: '' }) + delta(index, { type: 'text_delta', text }) + end(index);

/** A whole stream. */
export const streamOf = (blocks: string, reason = 'end_turn'): string => startMessage() + blocks + stopWith(reason);

export const answered = (text = 'Hi'): { readonly chunks: readonly string[] } => ({
  chunks: [streamOf(textBlock(0, text))],
});

export const sample = [
  startMessage({
    usage: { input_tokens: 10, cache_creation_input_tokens: 0, cache_read_input_tokens: 0, output_tokens: 1 },
  }),
  begin(0, { type: 'thinking', thinking: '', signature: '' }),
  delta(0, { type: 'thinking_delta', thinking: 'Hm' }),
  delta(0, { type: 'signature_delta', signature: 'EqQB' }),
  end(0),
  begin(1, { type: 'tool_use', id: 'toolu_1', name: 'read', input: {} }),
  delta(1, { type: 'input_json_delta', partial_json: '{"path":' }),
  delta(1, { type: 'input_json_delta', partial_json: '"a"}' }),
  end(1),
  stopWith('tool_use', { usage: { output_tokens: 89 } }),
] as const;

type Options = Omit<ConversationOptions, 'entry'> & { readonly entry?: CatalogEntry };

const model = 'claude-sonnet-5-5';

export const talkTo = (script: Parameters<typeof conversation>[0], options: Options = {}): Promise<Conversation> =>
  conversation(script, { entry: vendor, model, ...options });

export const heardOf = (chunks: string | readonly (string | Uint8Array)[], options: Options = {}): Promise<Heard> =>
  heardFrom(chunks, { entry: vendor, model, ...options });

export function field(value: JsonValue | undefined, ...path: readonly (string | number)[]): JsonValue | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (typeof step === 'number')
    return Array.isArray(value) ? field((value as JsonValue[]).at(step), ...rest) : undefined;
  return isJsonObject(value) ? field(value[step], ...rest) : undefined;
}

/** How often something is marked for the cache. */
export const marksIn = (body: JsonValue | undefined): number =>
  JSON.stringify(body).split('"cache_control"').length - 1;
