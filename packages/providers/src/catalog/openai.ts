import type { Price } from '@trae-cli/protocol';
import { type Dialect, plainDialect } from '../dialect.js';
import type { CatalogEntry, ModelRule } from '../entry.js';
import { nestedEfforts } from '../openai-responses/reasoning-effort.js';
import { effortField, type ReasoningEffort } from '../thinking.js';

type Chat = Pick<ModelRule, 'dialect' | 'parameters'>;

const reasons: Partial<Dialect> = { instructionsRole: 'developer', sampling: 'none', refusesStop: true };
const summarised = { summary: 'auto' } as const;

/** Reasons from turn to turn over Responses; `chat` is for those who ask over Chat Completions all the same. */
const thinker = (efforts: readonly ReasoningEffort[], chat: Chat) =>
  ({
    apiFormat: 'openai-responses',
    images: true,
    reasoning: true,
    dialect: { sampling: 'none', parallelToolCalls: true, thinking: nestedEfforts(efforts, summarised) },
    parameters: { reasoning: summarised },
    variants: { 'openai-chat': chat },
  }) as const satisfies Partial<ModelRule>;

/** Tools are refused over Chat Completions unless the effort is `none`, also where the field is left out. */
const withoutEffort: Chat = {
  dialect: { ...reasons, thinking: effortField('none') },
  parameters: { reasoning_effort: 'none' },
};

const withEffort = (...efforts: readonly ReasoningEffort[]): Chat => ({
  dialect: { ...reasons, thinking: effortField(...efforts) },
});

const oneCallAtATime: Chat = {
  dialect: { ...reasons, parallelToolCalls: false, thinking: effortField('low', 'medium', 'high') },
};

const newest = { contextWindow: 272_000, maxOutput: 128_000 } as const;
const earlier = { contextWindow: 400_000, maxOutput: 128_000 } as const;
const all = ['none', 'low', 'medium', 'high', 'xhigh', 'max'] as const;
const firstEfforts = ['minimal', 'low', 'medium', 'high'] as const;
const upToExtraHigh = ['none', 'low', 'medium', 'high', 'xhigh'] as const;

/** Those that cannot do without thinking have no tools over Chat Completions at all. */
const alwaysThinks = {
  ...newest,
  ...thinker(['low', 'medium', 'high', 'xhigh', 'max'], withEffort('low', 'medium', 'high', 'xhigh', 'max')),
};
const codex = {
  ...earlier,
  ...thinker(['low', 'medium', 'high', 'xhigh'], withEffort('low', 'medium', 'high', 'xhigh')),
};
const sixth = { ...newest, ...thinker(all, withoutEffort) };
const fifth = { ...newest, ...thinker(upToExtraHigh, withoutEffort) };
const numbered = thinker(['low', 'medium', 'high'], oneCallAtATime);
const oSeries = { ...numbered, contextWindow: 200_000, dialect: { ...numbered.dialect, parallelToolCalls: false } };

const doesNotReason: Partial<Dialect> = { thinking: {} };

const speaker = {
  images: true,
  reasoning: false,
  dialect: doesNotReason,
  variants: { 'openai-responses': { dialect: { ...doesNotReason, parallelToolCalls: true } } },
} as const satisfies Partial<ModelRule>;

const long = { ...speaker, contextWindow: 1_047_576, maxOutput: 32_768 };
const omni = { ...speaker, contextWindow: 128_000, maxOutput: 16_384 };

const exact = (dollars: number): number => Number(dollars.toPrecision(9));

/** US dollars for a million tokens. What is over 272,000 in one request makes all of it dearer. */
const tiered = (input: number, output: number): Price => ({
  input,
  output,
  cacheRead: exact(input / 10),
  cacheWrite: exact(input * 1.25),
  tiers: [
    {
      above: 272_000,
      input: exact(input * 2),
      output: exact(output * 1.5),
      cacheRead: exact(input / 5),
      cacheWrite: exact(input * 2.5),
    },
  ],
});

export const openAiModels: readonly ModelRule[] = [
  { pattern: /^gpt-4\.1(-\d.*)?$/, ...long, price: { input: 2, output: 8, cacheRead: 0.5 } },
  { pattern: /^gpt-4\.1-mini(-\d.*)?$/, ...long, price: { input: 0.4, output: 1.6, cacheRead: 0.1 } },
  { pattern: /^gpt-4\.1-.+$/, ...long },
  // The first of its name costs twice as much.
  { pattern: /^gpt-4o-2024-05-13$/, ...omni, maxOutput: 4096, price: { input: 5, output: 15 } },
  { pattern: /^gpt-4o(-\d.*)?$/, ...omni, price: { input: 2.5, output: 10, cacheRead: 1.25 } },
  { pattern: /^gpt-4o-mini(-\d.*)?$/, ...omni, price: { input: 0.15, output: 0.6, cacheRead: 0.075 } },
  { pattern: /^gpt-4o-.+$/, ...omni },
  { pattern: /^gpt-6-sol(-\d.*)?$/, ...sixth, price: tiered(2, 10) },
  { pattern: /^gpt-6\.1-sol(-\d.*)?$/, ...alwaysThinks, price: { input: 2, output: 10, cacheRead: 0.1 } },
  { pattern: /^gpt-6\.1-sol-.+$/, ...alwaysThinks },
  { pattern: /^gpt-6\.1-terra(-\d.*)?$/, ...sixth, price: { input: 1, output: 5 } },
  { pattern: /^gpt-6-luna(-\d.*)?$/, ...sixth, price: tiered(0.1, 0.5) },
  { pattern: /^gpt-6-astra(-\d.*)?$/, ...alwaysThinks, price: tiered(10, 50) },
  { pattern: /^gpt-6-astra-.+$/, ...alwaysThinks },
  { pattern: /^gpt-6.*$/, ...sixth },
  { pattern: /^gpt-5\.6-sol(-\d.*)?$/, ...fifth, price: tiered(4, 20) },
  { pattern: /^gpt-5\.6-terra(-\d.*)?$/, ...fifth, price: tiered(2, 12) },
  { pattern: /^gpt-5\.6-luna(-\d.*)?$/, ...fifth, price: tiered(0.2, 1.2) },
  { pattern: /^gpt-5\.[4-9].*$/, ...fifth },
  { pattern: /^gpt-5\.3-codex(-\d.*)?$/, ...codex, price: { input: 1.75, output: 14, cacheRead: 0.175 } },
  { pattern: /^gpt-5\..*$/, ...earlier, ...thinker(upToExtraHigh, withEffort(...upToExtraHigh)) },
  // The first of its family cannot do without thinking.
  { pattern: /^gpt-5.*$/, ...earlier, ...thinker(firstEfforts, withEffort(...firstEfforts)) },
  // Of what is still to come nobody knows more than that it reasons.
  { pattern: /^gpt-(?:[7-9]|\d\d).*$/, ...thinker(upToExtraHigh, withoutEffort) },
  { pattern: /^o3-mini.*$/, ...oSeries, images: false },
  { pattern: /^(?:o\d|codex-).*$/, ...oSeries },
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
  // Of what is not known here; the models that reason have one of their own.
  apiFormat: 'openai-chat',
  baseUrl: 'https://api.openai.com/v1',
  keyVariables: ['OPENAI_API_KEY'],
  keyRequired: true,
  keyPrefixes: ['sk-proj-', 'sk-svcacct-', 'sk-admin-'],
  baseUrlVariables: ['OPENAI_BASE_URL'],
  defaultModel: 'gpt-6-sol',
  dialect: openAiDialect,
  models: openAiModels,
  popularModels: ['gpt-6-sol', 'gpt-6.1-terra', 'gpt-6-luna', 'gpt-5.3-codex', 'gpt-4.1', 'gpt-4.1-mini', 'gpt-4o'],
  keyUrl: 'https://platform.openai.com/api-keys',
  websiteUrl: 'https://openai.com/',
  docsUrl: 'https://platform.openai.com/docs',
  rateLimit: 'By model and by how much the account has paid so far.',
  notes: [
    'Models that reason are asked over the Responses API, the others over Chat Completions; `api_format` decides for all.',
    'Nothing of a conversation is stored at OpenAI: thoughts go back to the model encrypted, in the request.',
    'Over Chat Completions the families from gpt-5.4 on call tools only without reasoning, so they are asked for none.',
  ],
};
