import { plainDialect } from '../dialect.js';
import type { CatalogEntry, ModelRule } from '../entry.js';
import { effortField } from '../thinking.js';

const doesNotReason = { thinking: {} } as const;

const groqRetired = 'has been shut down; openai/gpt-oss-120b is the suggestion in its place.';

const groqModels: readonly ModelRule[] = [
  { pattern: /^openai\/gpt-oss-(120b|20b)$/, contextWindow: 131_072, maxOutput: 65_536 },
  {
    pattern: /^qwen\/qwen3\.8-.*$/,
    contextWindow: 131_072,
    maxOutput: 16_384,
    images: true,
    dialect: { thinking: effortField('none', 'low', 'medium', 'high') },
    parameters: { reasoning_format: 'parsed' },
  },
  {
    pattern: /^qwen\/qwen3\..*$/,
    contextWindow: 131_072,
    maxOutput: 16_384,
    images: true,
    dialect: { thinking: { none: { reasoning_effort: 'none' }, on: { reasoning_effort: 'default' } } },
    parameters: { reasoning_format: 'parsed' },
  },
  {
    pattern: /^minimaxai\/minimax-m2\.7$/,
    contextWindow: 196_608,
    maxOutput: 131_072,
    dialect: doesNotReason,
  },
  {
    pattern: /^groq\/compound(-mini)?$/,
    contextWindow: 131_072,
    maxOutput: 8192,
    notice: "runs the service's own tools only, so it cannot work on files here; openai/gpt-oss-120b can.",
  },
  { pattern: /^llama-3\.1-70b-versatile$/, contextWindow: 131_072, dialect: doesNotReason, notice: groqRetired },
  { pattern: /^mixtral-8x7b-32768$/, contextWindow: 32_768, dialect: doesNotReason, notice: groqRetired },
  { pattern: /^gemma2-9b-it$/, contextWindow: 8192, dialect: doesNotReason, notice: groqRetired },
  {
    pattern: /^llama-3\.(1-8b-instant|3-70b-versatile)$/,
    contextWindow: 131_072,
    dialect: doesNotReason,
    notice: 'was announced for removal in August 2026; openai/gpt-oss-120b is the suggestion in its place.',
  },
];

export const groq: CatalogEntry = {
  id: 'groq',
  displayName: 'Groq',
  kind: 'openai-compatible',
  baseUrl: 'https://api.groq.com/openai/v1',
  keyVariables: ['GROQ_API_KEY'],
  keyRequired: true,
  keyPrefixes: ['gsk_'],
  baseUrlVariables: ['GROQ_BASE_URL'],
  defaultModel: 'openai/gpt-oss-120b',
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
