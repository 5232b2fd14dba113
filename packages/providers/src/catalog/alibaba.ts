import { plainDialect } from '../dialect.js';
import type { CatalogEntry, ModelRule } from '../entry.js';
import type { ReasoningEffort } from '../thinking.js';

const doesNotReason = { thinking: {} } as const;
const thinking = (effort: ReasoningEffort) => ({ enable_thinking: true, reasoning_effort: effort }) as const;

const alibabaModels: readonly ModelRule[] = [
  {
    pattern: /^qwen3-coder-(plus|flash)(-.+)?$/,
    contextWindow: 1_000_000,
    maxOutput: 65_536,
    dialect: doesNotReason,
  },
  { pattern: /^qwen3\.7-(plus|max)(-.+)?$/, contextWindow: 1_000_000, maxOutput: 65_536 },
  {
    pattern: /^qwen3\.8-(flash|max)(-.+)?$/,
    contextWindow: 1_000_000,
    maxOutput: 131_072,
    dialect: {
      thinking: {
        none: { enable_thinking: false },
        low: thinking('low'),
        medium: thinking('medium'),
        high: thinking('high'),
      },
    },
  },
  { pattern: /^qwen-turbo(-.+)?$/, contextWindow: 1_000_000, maxOutput: 16_384 },
  { pattern: /^qwen-plus(-.+)?$/, contextWindow: 1_000_000, maxOutput: 32_768 },
  {
    pattern: /^qwen-max-longcontext$/,
    dialect: doesNotReason,
    notice: 'is in no current list of models; qwen3-coder-plus, with a window of 1,000,000 tokens, is the suggestion.',
  },
  { pattern: /^qwen-max(-.+)?$/, contextWindow: 32_768, maxOutput: 8192, dialect: doesNotReason },
];

export const alibaba: CatalogEntry = {
  id: 'alibaba',
  aliases: ['dashscope'],
  displayName: 'Alibaba Cloud (DashScope)',
  kind: 'openai-compatible',
  baseUrl: 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1',
  otherOrigins: ['https://dashscope.aliyuncs.com', 'https://dashscope-us.aliyuncs.com'],
  keyVariables: ['ALIBABA_API_KEY', 'DASHSCOPE_API_KEY'],
  keyRequired: true,
  baseUrlVariables: ['ALIBABA_BASE_URL', 'DASHSCOPE_BASE_URL'],
  defaultModel: 'qwen3-coder-plus',
  dialect: {
    ...plainDialect,
    parallelToolCalls: true,
    quotaIsRate: true,
    thinking: { none: { enable_thinking: false }, on: { enable_thinking: true } },
  },
  models: alibabaModels,
  advice: {
    auth: 'Keys are good for one region only: with a key from China the base URL is https://dashscope.aliyuncs.com/compatible-mode/v1, from the US https://dashscope-us.aliyuncs.com/compatible-mode/v1.',
  },
  popularModels: [
    'qwen3-coder-plus',
    'qwen3-coder-flash',
    'qwen3.8-flash',
    'qwen3.8-max',
    'qwen-turbo',
    'qwen-plus',
    'qwen-max',
    'qwen-max-longcontext',
  ],
  keyUrl: 'https://www.alibabacloud.com/help/en/model-studio/get-api-key',
  websiteUrl: 'https://www.alibabacloud.com/help/en/model-studio/',
  docsUrl: 'https://www.alibabacloud.com/help/en/model-studio/compatibility-of-openai-with-dashscope',
  freeTier:
    'Typically 1,000,000 tokens in total over qwen-turbo, qwen-plus, qwen-max and qwen-max-longcontext, without a time limit (https://www.alibabacloud.com/help/en/model-studio/new-free-quota).',
  rateLimit: 'By model; after the free tokens one pays for what one uses.',
  notes: [
    'Keys belong to one region. The base URL above is that of Singapore, for everybody outside China and the US.',
  ],
};
