import { plainDialect } from '../dialect.js';
import type { CatalogEntry, ModelRule } from '../entry.js';
import type { ReasoningEffort, Thinking } from '../thinking.js';

const thinking = (effort: ReasoningEffort) => ({ thinking: { type: 'enabled' }, reasoning_effort: effort }) as const;
const notThinking = { thinking: { type: 'disabled' } } as const;

const flashThinking: Thinking = {
  none: notThinking,
  low: thinking('low'),
  medium: 'high',
  high: thinking('high'),
  max: thinking('max'),
};

const deepSeekModels: readonly ModelRule[] = [
  {
    pattern: /^deepseek-(flash|v4\.1-flash)$/,
    contextWindow: 1_000_000,
    maxOutput: 384_000,
    images: true,
    reasoning: true,
    price: { input: 0.3, output: 1.2, cacheRead: 0.006 },
  },
  {
    pattern: /^deepseek-v4-pro$/,
    contextWindow: 1_000_000,
    maxOutput: 384_000,
    reasoning: true,
    price: { input: 1.32, output: 3.96, cacheRead: 0.044 },
    dialect: { thinking: { none: notThinking, high: thinking('high'), max: thinking('max') } },
  },
  { pattern: /^deepseek-v4-flash$/, contextWindow: 1_000_000, maxOutput: 384_000, reasoning: true },
  {
    pattern: /^deepseek-(chat|coder)$/,
    contextWindow: 128_000,
    reasoning: false,
    notice: 'was retired on 24 July 2026; deepseek-flash without thinking (--reasoning-effort none) takes its place.',
  },
  {
    pattern: /^deepseek-reasoner$/,
    contextWindow: 128_000,
    reasoning: true,
    notice: 'was retired on 24 July 2026; deepseek-flash takes its place.',
  },
];

export const deepseek: CatalogEntry = {
  id: 'deepseek',
  displayName: 'DeepSeek',
  apiFormat: 'openai-chat',
  baseUrl: 'https://api.deepseek.com/v1',
  keyVariables: ['DEEPSEEK_API_KEY'],
  keyRequired: true,
  baseUrlVariables: ['DEEPSEEK_BASE_URL'],
  defaultModel: 'deepseek-flash',
  freeLimits: { requestsPerMinute: 60 },
  dialect: {
    ...plainDialect,
    sampling: 'no top_k',
    replayReasoning: 'reasoning_content',
    thinking: flashThinking,
  },
  models: deepSeekModels,
  popularModels: ['deepseek-flash', 'deepseek-v4-pro', 'deepseek-chat', 'deepseek-coder'],
  keyUrl: 'https://platform.deepseek.com/api_keys',
  websiteUrl: 'https://deepseek.com/',
  docsUrl: 'https://api-docs.deepseek.com/',
  rateLimit:
    'Typically 60 requests a minute; the vendor itself counts what runs at once, 2,500 requests to flash and 500 to pro.',
  notes: ['Models think unless told not to (`--reasoning-effort none`), and ignore the temperature while they do.'],
};
