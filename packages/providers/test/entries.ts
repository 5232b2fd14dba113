import { type CatalogEntry, plainDialect } from '@trae-cli/providers';

/** An endpoint nobody knows anything about. */
export const plain: CatalogEntry = {
  id: 'plain',
  displayName: 'Plain',
  kind: 'openai-compatible',
  keyVariables: ['PLAIN_API_KEY'],
  keyRequired: true,
  baseUrlVariables: [],
  dialect: plainDialect,
  models: [],
};

/** Wants reasoning back on every assistant message once tools are used. */
export const deepseekLike: CatalogEntry = {
  ...plain,
  id: 'deepseek-like',
  displayName: 'DeepSeek-like',
  dialect: { ...plainDialect, replayReasoning: 'reasoning_content' },
};

/** Says `insufficient_quota` where it means tokens per minute. */
export const alibabaLike: CatalogEntry = {
  ...plain,
  id: 'alibaba-like',
  displayName: 'Alibaba-like',
  dialect: { ...plainDialect, parallelToolCalls: true, quotaIsRate: true },
};
