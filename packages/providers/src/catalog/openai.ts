import { type Dialect, plainDialect } from '../dialect.js';
import type { CatalogEntry, ModelRule } from '../entry.js';
import { effortField } from '../thinking.js';

const reasons: Partial<Dialect> = { instructionsRole: 'developer', sampling: 'none' };
const doesNotReason: Partial<Dialect> = { thinking: {} };

/** Tools are refused over Chat Completions unless the effort is `none`, also where the field is left out. */
const withoutEffort = {
  dialect: { ...reasons, thinking: effortField('none') },
  parameters: { reasoning_effort: 'none' },
  images: true,
} as const;

const oneCallAtATime: Partial<Dialect> = {
  ...reasons,
  parallelToolCalls: false,
  thinking: effortField('low', 'medium', 'high'),
};

const responsesOnly = 'calls tools only over the Responses API, which is not spoken here yet; gpt-4.1 works.';

export const openAiModels: readonly ModelRule[] = [
  {
    pattern: /^gpt-4\.1(-.+)?$/,
    contextWindow: 1_047_576,
    maxOutput: 32_768,
    images: true,
    dialect: doesNotReason,
  },
  { pattern: /^gpt-4o(-.+)?$/, contextWindow: 128_000, maxOutput: 16_384, images: true, dialect: doesNotReason },
  {
    pattern: /^gpt-6(\.1-sol|-astra)(-.+)?$/,
    contextWindow: 272_000,
    maxOutput: 128_000,
    images: true,
    dialect: reasons,
    notice: responsesOnly,
  },
  { pattern: /^gpt-6.*$/, contextWindow: 272_000, maxOutput: 128_000, ...withoutEffort },
  { pattern: /^gpt-5\.[4-9].*$/, contextWindow: 272_000, maxOutput: 128_000, ...withoutEffort },
  {
    pattern: /^gpt-5\..*$/,
    contextWindow: 400_000,
    maxOutput: 128_000,
    images: true,
    dialect: { ...reasons, thinking: effortField('none', 'low', 'medium', 'high', 'xhigh') },
  },
  {
    // The first of its family cannot do without thinking.
    pattern: /^gpt-5.*$/,
    contextWindow: 400_000,
    maxOutput: 128_000,
    images: true,
    dialect: { ...reasons, thinking: effortField('minimal', 'low', 'medium', 'high') },
  },
  { pattern: /^o3-mini.*$/, contextWindow: 200_000, dialect: oneCallAtATime },
  { pattern: /^o\d.*$/, contextWindow: 200_000, images: true, dialect: oneCallAtATime },
];

export const openAiDialect: Dialect = {
  ...plainDialect,
  maxTokensField: 'max_completion_tokens',
  parallelToolCalls: true,
  sampling: 'no top_k',
};

export const openai: CatalogEntry = {
  id: 'openai',
  displayName: 'OpenAI',
  kind: 'openai-compatible',
  baseUrl: 'https://api.openai.com/v1',
  keyVariables: ['OPENAI_API_KEY'],
  keyRequired: true,
  keyPrefixes: ['sk-proj-', 'sk-svcacct-', 'sk-admin-'],
  baseUrlVariables: ['OPENAI_BASE_URL'],
  defaultModel: 'gpt-4.1',
  dialect: openAiDialect,
  models: openAiModels,
  popularModels: ['gpt-4.1', 'gpt-4.1-mini', 'gpt-4o', 'gpt-6-sol', 'gpt-6-luna'],
  keyUrl: 'https://platform.openai.com/api-keys',
  websiteUrl: 'https://openai.com/',
  docsUrl: 'https://platform.openai.com/docs',
  rateLimit: 'By model and by how much the account has paid so far.',
  notes: [
    'Over Chat Completions the families from gpt-5.4 on call tools only without reasoning, so they are asked for none.',
  ],
};
