import { plainDialect } from '../dialect.js';
import type { CatalogEntry, ModelRule } from '../entry.js';
import { effortField } from '../thinking.js';

const doesNotReason = { reasoning: false, dialect: { thinking: {} } } as const;
const withoutTools =
  'has no tool calling here, so that calls are asked for in its text; deepseek/deepseek-v4-flash does better.';

const deepSeek4 = { contextWindow: 1_000_000, maxOutput: 393_216, reasoning: true } as const;

const novitaModels: readonly ModelRule[] = [
  { pattern: /^deepseek\/deepseek-v4-flash$/, ...deepSeek4, price: { input: 0.14, output: 0.28 } },
  { pattern: /^deepseek\/deepseek-v4-pro$/, ...deepSeek4 },
  {
    pattern: /^zai-org\/glm-5\.1$/,
    contextWindow: 204_800,
    maxOutput: 131_072,
    price: { input: 1.4, output: 4.4 },
  },
  { pattern: /^moonshotai\/kimi-k2\.6$/, contextWindow: 262_144, price: { input: 0.95, output: 4 } },
  {
    pattern: /^minimax\/minimax-m2\.7$/,
    contextWindow: 204_800,
    maxOutput: 131_072,
    price: { input: 0.3, output: 1.2 },
  },
  {
    pattern: /^qwen\/qwen3-coder-480b-a35b-instruct$/,
    contextWindow: 262_144,
    maxOutput: 65_536,
    price: { input: 0.3, output: 1.3 },
    ...doesNotReason,
  },
  {
    pattern: /^openai\/gpt-oss-120b$/,
    contextWindow: 131_072,
    maxOutput: 32_768,
    reasoning: true,
    price: { input: 0.05, output: 0.25 },
    dialect: { thinking: effortField('low', 'medium', 'high') },
  },
  {
    pattern: /^meta-llama\/llama-3\.1-8b-instruct$/,
    contextWindow: 16_384,
    tools: false,
    price: { input: 0.02, output: 0.05 },
    ...doesNotReason,
    notice: withoutTools,
  },
  { pattern: /^meta-llama\/llama-3\.1-70b-instruct$/, ...doesNotReason },
  {
    pattern: /^mistralai\/mixtral-8x7b-instruct-v0\.1$/,
    contextWindow: 32_768,
    tools: false,
    ...doesNotReason,
    notice: withoutTools,
  },
  {
    pattern: /^microsoft\/wizardlm-2-8x22b$/,
    contextWindow: 65_536,
    tools: false,
    ...doesNotReason,
    notice: withoutTools,
  },
];

export const novita: CatalogEntry = {
  id: 'novita',
  displayName: 'Novita AI',
  apiFormat: 'openai-chat',
  baseUrl: 'https://api.novita.ai/v3/openai',
  keyVariables: ['NOVITA_API_KEY'],
  keyRequired: true,
  baseUrlVariables: ['NOVITA_BASE_URL'],
  defaultModel: 'deepseek/deepseek-v4-flash',
  dialect: { ...plainDialect, thinking: { none: { enable_thinking: false }, on: { enable_thinking: true } } },
  models: novitaModels,
  popularModels: [
    'deepseek/deepseek-v4-flash',
    'deepseek/deepseek-v4-pro',
    'qwen/qwen3-coder-480b-a35b-instruct',
    'zai-org/glm-5.1',
    'openai/gpt-oss-120b',
    'meta-llama/llama-3.1-8b-instruct',
    'meta-llama/llama-3.1-70b-instruct',
    'mistralai/mixtral-8x7b-instruct-v0.1',
    'microsoft/wizardlm-2-8x22b',
  ],
  keyUrl: 'https://novita.ai/settings/key-management',
  websiteUrl: 'https://novita.ai/',
  docsUrl: 'https://novita.ai/docs',
  rateLimit: 'By plan and model.',
};
