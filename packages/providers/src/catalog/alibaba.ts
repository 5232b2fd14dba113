import { plainDialect } from '../dialect.js';
import type { CatalogEntry, ModelRule } from '../entry.js';
import type { ReasoningEffort } from '../thinking.js';

const doesNotReason = { reasoning: false, dialect: { thinking: {} } } as const;
const thinking = (effort: ReasoningEffort) => ({ enable_thinking: true, reasoning_effort: effort }) as const;

const turbo = { contextWindow: 1_000_000, maxOutput: 16_384, reasoning: true } as const;
const max = { contextWindow: 32_768, maxOutput: 8192, ...doesNotReason } as const;
const plus = { contextWindow: 1_000_000, maxOutput: 32_768, reasoning: true } as const;
const coder = { contextWindow: 1_000_000, maxOutput: 65_536, ...doesNotReason } as const;

/** In the international region. Prices that are known in yuan only are left out: nothing converts them for good. */
const alibabaModels: readonly ModelRule[] = [
  // Long requests cost more; by how much is not known for sure.
  { pattern: /^qwen3-coder-plus$/, ...coder, price: { input: 1, output: 5 } },
  { pattern: /^qwen3-coder-(plus|flash)(-.+)?$/, ...coder },
  { pattern: /^qwen3\.7-plus(-.+)?$/, contextWindow: 1_000_000, maxOutput: 65_536, reasoning: true },
  { pattern: /^qwen3\.7-max(-.+)?$/, contextWindow: 1_000_000, maxOutput: 131_072, reasoning: true },
  {
    pattern: /^qwen3\.8-(flash|max)(-.+)?$/,
    contextWindow: 1_000_000,
    maxOutput: 131_072,
    reasoning: true,
    dialect: {
      thinking: {
        none: { enable_thinking: false },
        low: thinking('low'),
        medium: thinking('medium'),
        high: thinking('high'),
      },
    },
  },
  { pattern: /^qwen-turbo$/, ...turbo, price: { input: 0.05, output: 0.2 } },
  { pattern: /^qwen-turbo-.+$/, ...turbo },
  { pattern: /^qwen-plus$/, ...plus, price: { input: 0.4, output: 1.2 } },
  { pattern: /^qwen-plus-.+$/, ...plus },
  {
    pattern: /^qwen-max-longcontext$/,
    ...doesNotReason,
    notice: 'is in no current list of models; qwen3-coder-plus, with a window of 1,000,000 tokens, is the suggestion.',
  },
  { pattern: /^qwen-max$/, ...max, price: { input: 1.6, output: 6.4 } },
  { pattern: /^qwen-max-.+$/, ...max },
];

export const alibaba: CatalogEntry = {
  id: 'alibaba',
  aliases: ['dashscope'],
  displayName: 'Alibaba Cloud (DashScope)',
  apiFormat: 'openai-chat',
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
