import type { Protocol } from '../service/protocol.js';
import { RequestBody } from '../service/request-body.js';
import { loadOpenAiClient } from '../transport/openai-client.js';
import { ChatFormat } from './chat-format.js';
import { ChatDecoder } from './decode.js';
import { parametersFor } from './parameters.js';

/** OpenAI's Chat Completions, as everybody has copied them. */
export const chatProtocol: Protocol = {
  framing: 'events',
  load: loadOpenAiClient,
  parametersFor,
  createBody: (reader) => new RequestBody(new ChatFormat(reader)),
  createDecoder: (options) => new ChatDecoder(options),
  synonyms: { max_tokens: 'max_completion_tokens', max_completion_tokens: 'max_tokens' },
  // A run that names its model never asks.
  listModels: async (asking) => (await import('../service/list-models.js')).listOpenAiModels(asking),
  keyCheckPath: '/models',
};
