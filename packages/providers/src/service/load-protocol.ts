import type { ApiFormat } from '../api-format.js';
import { chatProtocol } from '../openai-compatible/chat-protocol.js';
import type { Protocol } from './protocol.js';

/** Most runs speak the first one; whoever speaks another waits for it to be loaded. */
const loaders: Readonly<Record<ApiFormat, () => Promise<Protocol>>> = {
  'openai-chat': () => Promise.resolve(chatProtocol),
  'openai-responses': async () => (await import('../openai-responses/responses-protocol.js')).responsesProtocol,
  anthropic: async () => (await import('../anthropic/messages-protocol.js')).messagesProtocol,
  ollama: async () => (await import('../ollama/ollama-protocol.js')).ollamaProtocol,
};

export const loadProtocol = (apiFormat: ApiFormat): Promise<Protocol> => loaders[apiFormat]();
