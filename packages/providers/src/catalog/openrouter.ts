import { plainDialect } from '../dialect.js';
import type { CatalogEntry, ModelRule } from '../entry.js';

/** Without this Claude and Qwen are read anew, and paid for anew, at every step. */
const cached = { cache_control: { type: 'ephemeral' } } as const;

const free = { input: 0, output: 0 } as const;

/** Refuses both sampling parameters, whatever their values. */
const claude5 = {
  contextWindow: 1_000_000,
  maxOutput: 128_000,
  images: true,
  reasoning: true,
  dialect: { sampling: 'none' },
  parameters: cached,
} as const satisfies Partial<ModelRule>;

const gpt6 = { contextWindow: 1_050_000, maxOutput: 128_000, images: true, reasoning: true } as const;

/** Prices differ by whom a request is routed to; what it did cost is told with every answer. */
const openRouterModels: readonly ModelRule[] = [
  {
    pattern: /^anthropic\/claude-3\.5-sonnet(:.+)?$/,
    contextWindow: 200_000,
    images: true,
    reasoning: false,
    dialect: { sampling: 'temperature only' },
    parameters: cached,
    notice: 'has probably been withdrawn; anthropic/claude-sonnet-5.5 is its successor.',
  },
  {
    pattern: /^anthropic\/claude-sonnet-5\.5$/,
    ...claude5,
    price: { input: 2, output: 10, cacheRead: 0.1, cacheWrite: 2.5 },
  },
  {
    pattern: /^anthropic\/claude-opus-5\.5$/,
    ...claude5,
    price: { input: 4, output: 20, cacheRead: 0.2, cacheWrite: 5 },
  },
  {
    pattern: /^anthropic\/claude-haiku-5\.5$/,
    ...claude5,
    price: { input: 0.1, output: 0.5, cacheRead: 0.01, cacheWrite: 0.125 },
  },
  { pattern: /^~?anthropic\/claude-\w+-5.*$/, ...claude5 },
  {
    pattern: /^~?anthropic\/claude-\w+-4\.[789].*$/,
    contextWindow: 200_000,
    images: true,
    dialect: { sampling: 'none' },
    parameters: cached,
  },
  {
    pattern: /^~?anthropic\/.*$/,
    contextWindow: 200_000,
    images: true,
    dialect: { sampling: 'temperature only' },
    parameters: cached,
  },
  {
    pattern: /^openai\/gpt-6-sol$/,
    ...gpt6,
    price: {
      input: 2,
      output: 10,
      cacheRead: 0.2,
      cacheWrite: 2.5,
      tiers: [{ above: 272_000, input: 4, output: 15, cacheRead: 0.4, cacheWrite: 5 }],
    },
  },
  {
    pattern: /^openai\/gpt-6-luna$/,
    ...gpt6,
    price: {
      input: 0.1,
      output: 0.5,
      cacheRead: 0.01,
      cacheWrite: 0.125,
      tiers: [{ above: 272_000, input: 0.2, output: 0.75, cacheRead: 0.02, cacheWrite: 0.25 }],
    },
  },
  { pattern: /^openai\/gpt-4o(-mini)?$/, contextWindow: 128_000, images: true, reasoning: false },
  {
    pattern: /^google\/gemini-3\.8-flash$/,
    contextWindow: 1_000_000,
    maxOutput: 65_536,
    images: true,
    reasoning: true,
    price: { input: 0.83, output: 4.13 },
  },
  { pattern: /^google\/gemma-4-31b-it:free$/, contextWindow: 262_144, maxOutput: 32_768, images: true, price: free },
  {
    pattern: /^google\/gemma-2-9b-it:free$/,
    contextWindow: 8192,
    tools: false,
    reasoning: false,
    price: free,
    notice: 'has probably been withdrawn, and its window of 8,192 tokens is too small for an agent.',
  },
  { pattern: /^(deepseek\/deepseek-v4\.1-flash|z-ai\/glm-5\.3|moonshotai\/kimi-k3\.1-pro)$/, contextWindow: 1_000_000 },
  {
    pattern: /^qwen\/qwen3\.8-flash$/,
    contextWindow: 1_000_000,
    maxOutput: 131_072,
    reasoning: true,
    price: { input: 0.15, output: 0.47 },
    parameters: cached,
  },
  {
    pattern: /^qwen\/qwen3-coder$/,
    contextWindow: 262_144,
    maxOutput: 65_536,
    reasoning: false,
    price: { input: 0.3, output: 1 },
    parameters: cached,
  },
  { pattern: /^qwen\/.*$/, parameters: cached },
  { pattern: /^cohere\/north-mini-code:free$/, contextWindow: 256_000, maxOutput: 64_000, price: free },
  {
    pattern: /^nvidia\/nemotron-3-ultra-550b-a55b:free$/,
    contextWindow: 1_000_000,
    maxOutput: 65_536,
    price: free,
  },
  { pattern: /^meta-llama\/llama-3\.1-70b-instruct$/, contextWindow: 131_072, reasoning: false },
];

export const openrouter: CatalogEntry = {
  id: 'openrouter',
  displayName: 'OpenRouter',
  apiFormat: 'openai-chat',
  baseUrl: 'https://openrouter.ai/api/v1',
  keyVariables: ['OPENROUTER_API_KEY'],
  keyRequired: true,
  keyPrefixes: ['sk-or-'],
  // The list of models is open to everybody.
  keyCheckPath: '/key',
  baseUrlVariables: ['OPENROUTER_BASE_URL'],
  defaultModel: 'anthropic/claude-sonnet-5.5',
  freeLimits: { requestsPerMinute: 20 },
  dialect: {
    ...plainDialect,
    maxTokensField: 'max_completion_tokens',
    // Usage is always reported here.
    streamUsage: false,
    parallelToolCalls: true,
    replayReasoning: 'reasoning_details',
    thinking: {
      none: { reasoning: { effort: 'none' } },
      minimal: { reasoning: { effort: 'minimal' } },
      low: { reasoning: { effort: 'low' } },
      medium: { reasoning: { effort: 'medium' } },
      high: { reasoning: { effort: 'high' } },
      xhigh: { reasoning: { effort: 'xhigh' } },
    },
  },
  models: openRouterModels,
  headerVariables: { 'HTTP-Referer': 'OPENROUTER_SITE_URL', 'X-Title': 'OPENROUTER_SITE_NAME' },
  popularModels: [
    'anthropic/claude-sonnet-5.5',
    'openai/gpt-6-sol',
    'google/gemini-3.8-flash',
    'deepseek/deepseek-v4.1-flash',
    'qwen/qwen3-coder',
    'z-ai/glm-5.3',
    'google/gemma-4-31b-it:free',
    'cohere/north-mini-code:free',
    'anthropic/claude-3.5-sonnet',
    'openai/gpt-4o',
    'meta-llama/llama-3.1-70b-instruct',
    'google/gemma-2-9b-it:free',
  ],
  keyUrl: 'https://openrouter.ai/settings/keys',
  websiteUrl: 'https://openrouter.ai/',
  docsUrl: 'https://openrouter.ai/docs',
  freeTier: 'Models whose names end in `:free`.',
  rateLimit:
    'By model and plan; free models typically 20 requests a minute, and 50 a day, or 1,000 a day once 10 credits were bought.',
};
