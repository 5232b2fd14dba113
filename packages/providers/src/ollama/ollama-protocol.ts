import type { Protocol } from '../service/protocol.js';
import { askAbout } from './ask-about.js';
import { createBody } from './body.js';
import { loadOllamaClient } from './client.js';
import { OllamaDecoder } from './decode.js';
import { findRepair } from './find-repair.js';
import { listModels } from './list-models.js';
import { parametersFor } from './parameters.js';
import { pull } from './pull.js';
import { verifyTurn } from './verify-turn.js';

/** Ollama's own protocol: the window is part of the request, and an answer is a line of JSON at a time. */
export const ollamaProtocol: Protocol = {
  framing: 'lines',
  load: loadOllamaClient,
  parametersFor,
  createBody,
  createDecoder: (options) => new OllamaDecoder(options),
  findRepair,
  listModels,
  keyCheckPath: '/api/tags',
  askAbout,
  verifyTurn,
  pull,
};
