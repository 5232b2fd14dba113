import { plainDialect } from '../dialect.js';
import type { CatalogEntry, ModelRule } from '../entry.js';
import type { ReasoningEffort } from '../thinking.js';

const thinking = (effort: ReasoningEffort) => ({ thinking: { type: 'enabled' }, reasoning_effort: effort }) as const;
const notThinking = { thinking: { type: 'disabled' } } as const;

const levels = {
  none: notThinking,
  low: thinking('low'),
  medium: thinking('medium'),
  high: thinking('high'),
} as const;

/** Prices are in yuan, and left out: nothing converts them for good. */
const doubaoModels: readonly ModelRule[] = [
  {
    // Dated versions are written with hyphens only: doubao-seed-2-1-pro-260801.
    pattern: /^doubao-seed-2[.-]1-.+$/,
    contextWindow: 256_000,
    maxOutput: 128_000,
    reasoning: true,
    dialect: { thinking: levels },
  },
  { pattern: /^doubao-seed-2[.-]\d+-.+$/, reasoning: true, dialect: { thinking: levels } },
];

export const doubao: CatalogEntry = {
  id: 'doubao',
  aliases: ['ark'],
  displayName: 'Doubao (Volcengine Ark)',
  apiFormat: 'openai-chat',
  baseUrl: 'https://ark.cn-beijing.volces.com/api/v3',
  keyVariables: ['ARK_API_KEY', 'VOLCENGINE_API_KEY', 'DOUBAO_API_KEY'],
  keyRequired: true,
  baseUrlVariables: ['DOUBAO_BASE_URL', 'ARK_BASE_URL'],
  defaultModel: 'doubao-seed-2.1-pro',
  dialect: { ...plainDialect, thinking: { none: notThinking, on: { thinking: { type: 'enabled' } } } },
  models: doubaoModels,
  advice: { not_found: 'Models have to be activated in the Ark console; endpoints of your own are called ep-….' },
  popularModels: ['doubao-seed-2.1-pro', 'doubao-seed-2.1-turbo', 'doubao-seed-2.0-code'],
  keyUrl: 'https://console.volcengine.com/ark/region:ark+cn-beijing/apiKey',
  websiteUrl: 'https://www.volcengine.com/product/ark',
  docsUrl: 'https://www.volcengine.com/docs/82379',
  rateLimit: 'By model and account.',
  notes: [
    'A model is a public name or an endpoint of your own (`ep-…`), and has to be activated in the console first.',
  ],
};
