import { plainDialect } from '../dialect.js';
import type { CatalogEntry, ModelRule } from '../entry.js';
import { effortField } from '../thinking.js';

const doesNotReason = { reasoning: false, dialect: { thinking: {} } } as const;

const groqRetired = 'has been shut down; openai/gpt-oss-120b is the suggestion in its place.';

const gptOss = { contextWindow: 131_072, maxOutput: 65_536, reasoning: true } as const;

const qwen = {
  contextWindow: 131_072,
  maxOutput: 16_384,
  reasoning: true,
  parameters: { reasoning_format: 'parsed' },
} as const;
const qwen38 = { ...qwen, images: true, dialect: { thinking: effortField('none', 'low', 'medium', 'high') } } as const;
const qwen3 = {
  ...qwen,
  dialect: { thinking: { none: { reasoning_effort: 'none' }, on: { reasoning_effort: 'default' } } },
} as const;

const groqModels: readonly ModelRule[] = [
  {
    pattern: /^openai\/gpt-oss-120b$/,
    ...gptOss,
    price: { input: 0.15, output: 0.6, cacheRead: 0.075 },
  },
  { pattern: /^openai\/gpt-oss-20b$/, ...gptOss, price: { input: 0.075, output: 0.3 } },
  { pattern: /^qwen\/qwen3\.8-27b$/, ...qwen38, price: { input: 0.8, output: 4 } },
  { pattern: /^qwen\/qwen3\.8-.*$/, ...qwen38 },
  { pattern: /^qwen\/qwen3\.6-27b$/, ...qwen3, price: { input: 0.6, output: 3 } },
  { pattern: /^qwen\/qwen3\..*$/, ...qwen3 },
  {
    pattern: /^minimaxai\/minimax-m2\.7$/,
    contextWindow: 196_608,
    maxOutput: 131_072,
    dialect: { thinking: {} },
  },
  {
    pattern: /^groq\/compound(-mini)?$/,
    contextWindow: 131_072,
    maxOutput: 8192,
    tools: false,
    notice:
      "calls the service's own tools only, so that calls of ours are asked for in its text; openai/gpt-oss-120b does better.",
  },
  { pattern: /^llama-3\.1-70b-versatile$/, contextWindow: 131_072, ...doesNotReason, notice: groqRetired },
  { pattern: /^mixtral-8x7b-32768$/, contextWindow: 32_768, ...doesNotReason, notice: groqRetired },
  { pattern: /^gemma2-9b-it$/, contextWindow: 8192, ...doesNotReason, notice: groqRetired },
  {
    pattern: /^llama-3\.(1-8b-instant|3-70b-versatile)$/,
    contextWindow: 131_072,
    ...doesNotReason,
    notice: 'was announced for removal in August 2026; openai/gpt-oss-120b is the suggestion in its place.',
  },
];

export const groq: CatalogEntry = {
  id: 'groq',
  displayName: 'Groq',
  apiFormat: 'openai-chat',
  baseUrl: 'https://api.groq.com/openai/v1',
  keyVariables: ['GROQ_API_KEY'],
  keyRequired: true,
  requestsSpan: 'day',
  keyPrefixes: ['gsk_'],
  baseUrlVariables: ['GROQ_BASE_URL'],
  defaultModel: 'openai/gpt-oss-120b',
  freeLimits: { requestsPerMinute: 30 },
  dialect: {
    ...plainDialect,
    maxTokensField: 'max_completion_tokens',
    parallelToolCalls: true,
    sampling: 'no top_k',
    thinking: effortField('low', 'medium', 'high'),
  },
  models: groqModels,
  advice: { minute_limit: 'The free plan of some models has room for less than one request of an agent.' },
  popularModels: [
    'openai/gpt-oss-120b',
    'openai/gpt-oss-20b',
    'qwen/qwen3.8-27b',
    'minimaxai/minimax-m2.7',
    'llama-3.1-8b-instant',
    'llama-3.1-70b-versatile',
    'mixtral-8x7b-32768',
    'gemma2-9b-it',
  ],
  keyUrl: 'https://console.groq.com/keys',
  websiteUrl: 'https://groq.com/',
  docsUrl: 'https://console.groq.com/docs',
  freeTier: 'A free plan with lower limits.',
  rateLimit: 'Typically 30 requests a minute on the free plan.',
};
