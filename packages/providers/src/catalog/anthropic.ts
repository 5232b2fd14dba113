import { adaptiveThinking, constantThinking, latestThinking, thinkingBudgets } from '../anthropic/thinking-forms.js';
import { type Dialect, plainDialect } from '../dialect.js';
import type { CatalogEntry, ModelRule } from '../entry.js';

const large = { contextWindow: 1_000_000, maxOutput: 128_000, images: true, tools: true, reasoning: true } as const;
const small = { contextWindow: 200_000, maxOutput: 64_000, images: true, tools: true, reasoning: true } as const;

const latest: Partial<Dialect> = { sampling: 'none', thinking: latestThinking };
const alwaysThinking: Partial<Dialect> = { sampling: 'none', thinking: constantThinking };
const adaptive: Partial<Dialect> = { thinking: adaptiveThinking };

const budgeted: Partial<Dialect> = {
  thinking: thinkingBudgets,
  thinkingBeta: 'interleaved-thinking-2025-05-14',
};

const claudeModels: readonly ModelRule[] = [
  {
    pattern: /^claude-sonnet-5-5(-.+)?$/,
    ...large,
    price: { input: 2, output: 10, cacheRead: 0.1, cacheWrite: 2.5 },
    dialect: alwaysThinking,
  },
  {
    pattern: /^claude-opus-5-5(-.+)?$/,
    ...large,
    price: { input: 4, output: 20, cacheRead: 0.2, cacheWrite: 5 },
    dialect: alwaysThinking,
  },
  {
    pattern: /^claude-haiku-5-5(-.+)?$/,
    ...large,
    price: { input: 0.1, output: 0.5, cacheRead: 0.01, cacheWrite: 0.125 },
    dialect: latest,
  },
  {
    pattern: /^claude-fable-5-2(-.+)?$/,
    ...large,
    price: { input: 8, output: 40, cacheRead: 0.8, cacheWrite: 10 },
    dialect: alwaysThinking,
  },
  {
    pattern: /^claude-opus-(5|4-8)(-.+)?$/,
    ...large,
    price: { input: 5, output: 25, cacheRead: 0.5, cacheWrite: 6.25 },
    dialect: latest,
  },
  {
    pattern: /^claude-sonnet-5(-.+)?$/,
    ...large,
    price: { input: 2, output: 10, cacheRead: 0.2, cacheWrite: 2.5 },
    dialect: latest,
  },
  {
    pattern: /^claude-sonnet-4-6(-.+)?$/,
    ...large,
    price: { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75 },
    dialect: adaptive,
  },
  {
    pattern: /^claude-opus-4-6(-.+)?$/,
    ...large,
    price: { input: 5, output: 25, cacheRead: 0.5, cacheWrite: 6.25 },
    dialect: adaptive,
  },
  {
    pattern: /^claude-haiku-4-5(-.+)?$/,
    ...small,
    price: { input: 1, output: 5, cacheRead: 0.1, cacheWrite: 1.25 },
    dialect: budgeted,
  },
  {
    pattern: /^claude-sonnet-4-5(-.+)?$/,
    ...small,
    price: { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75 },
    dialect: budgeted,
    notice: 'is switched off on 30 November 2026; claude-sonnet-5-5 takes its place.',
  },
];

/** Keys from these variables are bearer tokens, as their vendor has it. */
export const bearerKeyVariables: readonly string[] = ['ANTHROPIC_AUTH_TOKEN'];

export const anthropic: CatalogEntry = {
  id: 'anthropic',
  displayName: 'Anthropic',
  apiFormat: 'anthropic',
  baseUrl: 'https://api.anthropic.com',
  keyVariables: ['ANTHROPIC_API_KEY', ...bearerKeyVariables],
  keyRequired: true,
  keyPrefixes: ['sk-ant-'],
  baseUrlVariables: ['ANTHROPIC_BASE_URL'],
  defaultModel: 'claude-sonnet-5-5',
  dialect: {
    ...plainDialect,
    sampling: 'no top_k',
    streamUsage: false,
    cacheMarks: true,
    thinking: latestThinking,
  },
  models: claudeModels,
  popularModels: [
    'claude-sonnet-5-5',
    'claude-opus-5-5',
    'claude-haiku-5-5',
    'claude-opus-4-8',
    'claude-sonnet-4-6',
    'claude-haiku-4-5',
    'claude-sonnet-4-5',
  ],
  keyUrl: 'https://platform.claude.com/settings/keys',
  websiteUrl: 'https://www.anthropic.com/',
  docsUrl: 'https://platform.claude.com/docs',
  rateLimit: 'By model, in requests and tokens a minute, and by how much the account has paid so far.',
  notes: [
    'The Messages API is spoken; gateways that speak it too are asked with `api_format: "anthropic"` and their base URL.',
    'The newest models take neither a temperature nor `top_p`, and older ones not both; what is not taken is left out.',
    'A key from `ANTHROPIC_AUTH_TOKEN` is sent as a bearer token, one from `ANTHROPIC_API_KEY` as `x-api-key`.',
  ],
};
