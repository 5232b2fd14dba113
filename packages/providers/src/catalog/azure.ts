import type { CatalogEntry } from '../entry.js';
import { openAiDialect, openAiModels } from './openai.js';

const aDeployment = 'a model here is the name of one of your deployments';

export const azure: CatalogEntry = {
  id: 'azure',
  displayName: 'Azure OpenAI',
  apiFormat: 'openai-chat',
  addressPath: '/openai/v1',
  addressExample: 'https://RESOURCE.openai.azure.com',
  keyVariables: ['AZURE_OPENAI_API_KEY', 'AZURE_API_KEY'],
  keyRequired: true,
  auth: { header: 'api-key' },
  baseUrlVariables: ['AZURE_OPENAI_ENDPOINT', 'AZURE_OPENAI_BASE_URL', 'AZURE_BASE_URL'],
  unlistedModels: aDeployment,
  dialect: openAiDialect,
  // A deployment is usually called what its model is called; what it costs is in the contract.
  models: openAiModels.map(({ price: _price, ...rule }) => rule),
  advice: { not_found: 'On Azure the model is the name of your deployment, which may differ from that of its model.' },
  keyUrl: 'https://portal.azure.com/',
  websiteUrl: 'https://azure.microsoft.com/products/ai-services/openai-service',
  docsUrl: 'https://learn.microsoft.com/azure/ai-foundry/openai/',
  rateLimit: 'By deployment.',
  notes: [
    'Everybody has an address of their own, `https://RESOURCE.openai.azure.com`; `/openai/v1` is added where it has no path.',
    'The model is the name of your deployment. A deployment called like its model gets that model’s limits.',
    'A deployment called like a model that reasons is asked over the Responses API, any other over Chat Completions: `api_format` decides where the name does not tell.',
    'The key goes in the header `api-key`; a token of Entra goes in `headers`, as `Authorization`.',
  ],
};
