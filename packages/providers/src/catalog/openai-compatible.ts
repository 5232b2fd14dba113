import { plainDialect } from '../dialect.js';
import type { CatalogEntry } from '../entry.js';

/** Any other server: LiteLLM, vLLM, llama.cpp, LM Studio, a gateway. The profile that refuses least. */
export const openaiCompatible: CatalogEntry = {
  id: 'openai_compatible',
  displayName: 'OpenAI-compatible',
  apiFormat: 'openai-chat',
  keyVariables: ['OPENAI_COMPATIBLE_API_KEY'],
  keyRequired: false,
  baseUrlVariables: ['OPENAI_COMPATIBLE_BASE_URL'],
  dialect: { ...plainDialect, replayReasoning: 'as received' },
  models: [],
  notes: ['For vLLM, llama.cpp, LM Studio, LiteLLM and gateways. A key is sent where there is one.'],
};
