import { plainDialect } from '../dialect.js';
import type { CatalogEntry, ModelRule } from '../entry.js';
import { effortField } from '../thinking.js';

const geminiModels: readonly ModelRule[] = [
  { pattern: /^gemini-4-argon$/, contextWindow: 1_048_576, maxOutput: 32_768, images: true },
  {
    pattern: /^gemini-2\.5-flash(-.+)?$/,
    contextWindow: 1_048_576,
    maxOutput: 65_536,
    images: true,
    dialect: { thinking: effortField('none', 'low', 'medium', 'high') },
  },
  {
    pattern: /^gemini-2\.5-pro(-.+)?$/,
    contextWindow: 1_048_576,
    maxOutput: 65_536,
    images: true,
    dialect: { thinking: effortField('low', 'medium', 'high') },
  },
  { pattern: /^gemini-.+$/, contextWindow: 1_048_576, maxOutput: 65_536, images: true },
];

export const google: CatalogEntry = {
  id: 'google',
  aliases: ['gemini'],
  displayName: 'Google Gemini',
  kind: 'openai-compatible',
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
