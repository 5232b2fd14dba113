import { listOpenAiModels } from '../service/list-models.js';
import type { Protocol } from '../service/protocol.js';
import { RequestBody } from '../service/request-body.js';
import { loadOpenAiClient } from '../transport/openai-client.js';
import { ResponsesDecoder } from './decode.js';
import { findResponsesRepair } from './find-repair.js';
import { parametersFor } from './parameters.js';
import { ResponsesFormat } from './responses-format.js';

/** OpenAI's Responses, which keeps the thoughts of a model from one turn to the next. */
export const responsesProtocol: Protocol = {
  framing: 'events',
  load: loadOpenAiClient,
  parametersFor,
  createBody: (reader) => new RequestBody(new ResponsesFormat(reader)),
  createDecoder: (options) => new ResponsesDecoder(options),
  findRepair: findResponsesRepair,
  listModels: listOpenAiModels,
  keyCheckPath: '/models',
};
