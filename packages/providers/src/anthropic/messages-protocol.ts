import type { Protocol } from '../service/protocol.js';
import { RequestBody } from '../service/request-body.js';
import { MessagesDecoder } from './decode.js';
import { findRepair } from './find-repair.js';
import { headersFor } from './headers.js';
import { listMessagesModels } from './list-models.js';
import { loadMessagesClient } from './messages-client.js';
import { MessagesFormat } from './messages-format.js';
import { parametersFor } from './parameters.js';

/** Anthropic's Messages, and what others have made like them. */
export const messagesProtocol: Protocol = {
  framing: 'events',
  load: loadMessagesClient,
  parametersFor,
  createBody: (reader) => new RequestBody(new MessagesFormat(reader)),
  createDecoder: (options) => new MessagesDecoder(options),
  headersFor,
  findRepair,
  listModels: listMessagesModels,
  keyCheckPath: '/v1/models?limit=1',
};
