import { type CatalogEntry, plainDialect } from '@trae-cli/providers';

/** An endpoint nobody knows anything about. */
export const plain: CatalogEntry = {
  id: 'plain',
  displayName: 'Plain',
  apiFormat: 'openai-chat',
  keyVariables: ['PLAIN_API_KEY'],
  keyRequired: true,
  baseUrlVariables: [],
  dialect: plainDialect,
  models: [],
};
