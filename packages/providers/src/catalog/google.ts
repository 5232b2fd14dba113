import { plainDialect } from '../dialect.js';
import type { CatalogEntry, ModelRule } from '../entry.js';
import { effortField } from '../thinking.js';

const gemini = { contextWindow: 1_048_576, maxOutput: 65_536, images: true, reasoning: true } as const;
const flash25 = { ...gemini, dialect: { thinking: effortField('none', 'low', 'medium', 'high') } } as const;
const pro25 = { ...gemini, dialect: { thinking: effortField('low', 'medium', 'high') } } as const;

const geminiModels: readonly ModelRule[] = [
  { pattern: /^gemini-3\.8-flash$/, ...gemini, price: { input: 0.75, output: 3.75, cacheRead: 0.075 } },
  {
    pattern: /^gemini-3\.1-pro-preview(-customtools)?$/,
    ...gemini,
    price: {
      input: 2,
      output: 12,
      cacheRead: 0.2,
      tiers: [{ above: 200_000, input: 4, output: 18, cacheRead: 0.4 }],
    },
  },
  { pattern: /^gemini-4-argon$/, ...gemini, maxOutput: 32_768, price: { input: 2, output: 10 } },
  { pattern: /^gemini-2\.5-flash$/, ...flash25, price: { input: 0.3, output: 2.5, cacheRead: 0.03 } },
  { pattern: /^gemini-2\.5-flash-.+$/, ...flash25 },
  {
    pattern: /^gemini-2\.5-pro$/,
    ...pro25,
    price: {
      input: 1.25,
      output: 10,
      cacheRead: 0.125,
      tiers: [{ above: 200_000, input: 2.5, output: 15, cacheRead: 0.25 }],
    },
  },
  { pattern: /^gemini-2\.5-pro-.+$/, ...pro25 },
  { pattern: /^gemini-.+$/, ...gemini },
];

export const google: CatalogEntry = {
  id: 'google',
  aliases: ['gemini'],
  displayName: 'Google Gemini',
  apiFormat: 'openai-chat',
  baseUrl: 'https://generativelanguage.googleapis.com/v1beta/openai',
  keyVariables: ['GEMINI_API_KEY', 'GOOGLE_API_KEY'],
  keyRequired: true,
  keyPrefixes: ['AIza'],
  baseUrlVariables: ['GEMINI_BASE_URL', 'GOOGLE_BASE_URL'],
  defaultModel: 'gemini-3.8-flash',
  dialect: {
    ...plainDialect,
    sampling: 'no top_k',
    thinking: effortField('minimal', 'low', 'medium', 'high'),
    // Calls without a signature are refused, and those of other models have none; this one is taken for any.
    foreignCallSeal: { google: { thought_signature: 'skip_thought_signature_validator' } },
  },
  models: geminiModels,
  popularModels: ['gemini-3.8-flash', 'gemini-3.1-pro-preview', 'gemini-4-argon', 'gemini-2.5-pro', 'gemini-2.5-flash'],
  keyUrl: 'https://aistudio.google.com/apikey',
  websiteUrl: 'https://ai.google.dev/',
  docsUrl: 'https://ai.google.dev/gemini-api/docs/openai',
  freeTier: 'Some models, with limits by the minute and by the day.',
  rateLimit: 'By model and plan.',
};
