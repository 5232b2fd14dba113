import { Secret } from '@trae-cli/protocol';
import { createRegistry } from '@trae-cli/providers';
import { describeModelContract } from '@trae-cli/testkit/contract';
import { canaryKey, never } from './conversation.js';
import { plain } from './entries.js';

describeModelContract('the openai-compatible adapter', (url, { clock, maxRetries }) => {
  const registry = createRegistry([plain], { clock, random: () => 0.5 });
  const settings = { apiKey: new Secret(canaryKey, 'test'), baseUrl: url, maxRetries };
  return registry.provider(plain.id, settings).model('m', never);
});
