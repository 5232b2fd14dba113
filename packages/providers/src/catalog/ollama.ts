import { plainDialect } from '../dialect.js';
import type { CatalogEntry, ModelRule } from '../entry.js';
import type { Thinking } from '../thinking.js';

/** On one's own machine only electricity is paid for. */
const free = { price: { input: 0, output: 0 } } as const;

const onOrOff: Thinking = { none: { think: false }, on: { think: true } };
const levels: Thinking = { low: { think: 'low' }, medium: { think: 'medium' }, high: { think: 'high' } };

const weakNotice = 'is known to work badly with agents: it calls tools unreliably; qwen3.5 and gemma4 do better.';

/** What the server says of a model itself ranks above this. */
const ollamaModels: readonly ModelRule[] = [
  { pattern: /^gpt-oss(?::.*)?[-:]cloud$/, reasoning: true, dialect: { thinking: levels } },
  { pattern: /^.*[-:]cloud$/ },
  { pattern: /^gpt-oss(?::.*)?$/, contextWindow: 131_072, reasoning: true, dialect: { thinking: levels }, ...free },
  {
    pattern: /^codellama(?::.*)?$/,
    contextWindow: 16_384,
    tools: false,
    notice:
      'has no tool calling, so that calls are asked for in its text, and is known to work badly with agents; qwen3.5 and gemma4 do better.',
    ...free,
  },
  { pattern: /^llama3\.[123](?::.*)?$/, contextWindow: 131_072, notice: weakNotice, ...free },
  { pattern: /^llama3(?::.*)?$/, contextWindow: 8192, notice: weakNotice, ...free },
  { pattern: /^(?:qwen2\.5(?:-coder)?|mistral)(?::.*)?$/, contextWindow: 32_768, notice: weakNotice, ...free },
  { pattern: /^(?:starcoder2?(?::.*)?|deepseek-r1(?::(?:1\.5b|7b|8b|latest).*)?)$/, notice: weakNotice, ...free },
  { pattern: /^qwen3\.5(?::.*)?$/, contextWindow: 262_144, images: true, reasoning: true, ...free },
  { pattern: /^gemma4(?::.*)?$/, contextWindow: 262_144, images: true, ...free },
  { pattern: /^.*$/, ...free },
];

/** A server of one's own, and the same in the vendor's cloud, over Ollama's own protocol. */
export const ollama: CatalogEntry = {
  id: 'ollama',
  displayName: 'Ollama',
  apiFormat: 'ollama',
  baseUrl: 'http://localhost:11434',
  otherOrigins: ['http://127.0.0.1:11434', 'http://[::1]:11434', 'https://ollama.com'],
  keyVariables: ['OLLAMA_API_KEY'],
  keyRequired: false,
  baseUrlVariables: ['OLLAMA_HOST', 'OLLAMA_BASE_URL'],
  defaultModel: 'qwen3.5',
  maxRetries: 3,
  dialect: { ...plainDialect, streamUsage: false, thinking: onOrOff },
  models: ollamaModels,
  advice: {
    not_found: 'A model is fetched with `ollama pull NAME`, or with --pull; `ollama list` shows those that are there.',
    stream_truncated: 'The log of the server says why it stopped.',
  },
  popularModels: [
    'qwen3.5',
    'gemma4',
    'qwen3-coder:30b',
    'gpt-oss:20b',
    'llama3.2:latest',
    'codellama:latest',
    'mistral:latest',
    'qwen2.5:latest',
  ],
  keyUrl: 'https://ollama.com/settings/keys',
  websiteUrl: 'https://ollama.com/',
  docsUrl: 'https://docs.ollama.com/',
  preparation: ['ollama serve   (unless it runs already)', 'ollama pull MODEL'],
  freeTier: 'Completely free on your own machine.',
  rateLimit: 'None on your own machine.',
  notes: [
    'Needs no key, except for models in the cloud and for servers behind a gate; the key goes to the configured address only.',
    'The window is asked for in every request (`num_ctx`): `context_window`, else 65,536 tokens, as far as the model goes and the memory of this machine reaches.',
    'A model that is not there is fetched with `ollama pull NAME` or `--pull`.',
  ],
};
