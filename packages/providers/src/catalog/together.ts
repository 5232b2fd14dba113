import { plainDialect } from '../dialect.js';
import type { CatalogEntry, ModelRule } from '../entry.js';
import { effortField } from '../thinking.js';

const doesNotReason = { thinking: {} } as const;
const withoutTools =
  'has no tool calling, so that calls are asked for in its text, and has probably been withdrawn; zai-org/GLM-5.3 is the suggestion instead.';

const deepSeek4 = { contextWindow: 1_000_000, maxOutput: 384_000, reasoning: true } as const;
const gptOss = {
  contextWindow: 131_072,
  maxOutput: 131_072,
  reasoning: true,
  dialect: { thinking: effortField('low', 'medium', 'high') },
} as const satisfies Partial<ModelRule>;

const togetherModels: readonly ModelRule[] = [
  {
    pattern: /^zai-org\/GLM-5\.3$/,
    contextWindow: 1_048_575,
    maxOutput: 262_144,
    price: { input: 1.4, output: 4.4 },
  },
  { pattern: /^deepseek-ai\/DeepSeek-V4\.1-Flash$/, ...deepSeek4, price: { input: 0.3, output: 1.2 } },
  { pattern: /^deepseek-ai\/DeepSeek-V4-Pro-0813$/, ...deepSeek4, price: { input: 1.32, output: 3.96 } },
  { pattern: /^deepseek-ai\/DeepSeek-V4.*$/, ...deepSeek4 },
  {
    pattern: /^moonshotai\/Kimi-K3\.1-Pro$/,
    contextWindow: 1_000_000,
    maxOutput: 131_072,
    price: { input: 2, output: 10 },
  },
  {
    pattern: /^MiniMaxAI\/MiniMax-M3$/,
    contextWindow: 524_288,
    maxOutput: 524_288,
    price: { input: 0.3, output: 1.2 },
  },
  {
    pattern: /^Qwen\/Qwen3\.7-Max$/,
    contextWindow: 1_000_000,
    maxOutput: 131_072,
    price: { input: 2.5, output: 7.5 },
  },
  { pattern: /^openai\/gpt-oss-120b$/, ...gptOss, price: { input: 0.15, output: 0.6 } },
  { pattern: /^openai\/gpt-oss-20b$/, ...gptOss },
  {
    pattern: /^meta-llama\/Meta-Llama-3\.1-70B-Instruct-Turbo$/,
    contextWindow: 131_072,
    reasoning: false,
    dialect: doesNotReason,
    notice: 'has probably been withdrawn; zai-org/GLM-5.3 is the suggestion in its place.',
  },
  {
    pattern: /^(mistralai\/Mixtral-8x7B-Instruct-v0\.1|NousResearch\/Nous-Hermes-2-Mixtral-8x7B-DPO)$/,
    contextWindow: 32_768,
    tools: false,
    reasoning: false,
    dialect: doesNotReason,
    notice: withoutTools,
  },
];

export const together: CatalogEntry = {
  id: 'together',
  displayName: 'Together AI',
  apiFormat: 'openai-chat',
  baseUrl: 'https://api.together.xyz/v1',
  otherOrigins: ['https://api.together.ai'],
  keyVariables: ['TOGETHER_API_KEY'],
  keyRequired: true,
  baseUrlVariables: ['TOGETHER_BASE_URL'],
  defaultModel: 'zai-org/GLM-5.3',
  freeLimits: { requestsPerMinute: 600 },
  dialect: {
    ...plainDialect,
    thinking: { none: { reasoning: { enabled: false } }, on: { reasoning: { enabled: true } } },
  },
  models: togetherModels,
  // Otherwise the beginning of a long conversation may be cut off without a word.
  parameters: { context_length_exceeded_behavior: 'error' },
  popularModels: [
    'zai-org/GLM-5.3',
    'deepseek-ai/DeepSeek-V4.1-Flash',
    'moonshotai/Kimi-K3.1-Pro',
    'MiniMaxAI/MiniMax-M3',
    'openai/gpt-oss-120b',
    'meta-llama/Meta-Llama-3.1-70B-Instruct-Turbo',
    'mistralai/Mixtral-8x7B-Instruct-v0.1',
    'NousResearch/Nous-Hermes-2-Mixtral-8x7B-DPO',
  ],
  keyUrl: 'https://api.together.ai/settings/api-keys',
  websiteUrl: 'https://together.ai/',
  docsUrl: 'https://docs.together.ai/',
  rateLimit: 'Typically 600 requests a minute on the free tier; newer limits follow the load of each model.',
};
