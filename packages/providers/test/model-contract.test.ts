import { Secret } from '@trae-cli/protocol';
import { catalog, createRegistry } from '@trae-cli/providers';
import { describeModelContract, type ModelAt } from '@trae-cli/testkit/contract';
import { canaryKey, never } from './conversation.js';
import { plain } from './entries.js';

for (const entry of [...catalog, plain]) {
  const { apiFormat, defaultModel = 'm', id, models } = entry;
  const modelAt: ModelAt = (url, { clock, maxRetries }) => {
    const registry = createRegistry([entry], { clock, random: () => 0.5 });
    // A key that is refused is tried in another header only where nobody says which one it is in.
    const auth = apiFormat === 'anthropic' ? ({ auth: 'x-api-key' } as const) : {};
    const settings = { apiKey: new Secret(canaryKey, 'test'), baseUrl: url, maxRetries, ...auth };
    return registry.provider(id, settings).model(defaultModel, never);
  };
  const spoken = models.find(({ pattern }) => pattern.test(defaultModel))?.apiFormat ?? apiFormat;
  // Responses has no texts that end an answer.
  describeModelContract(`the entry ${id}`, modelAt, { sendsStop: spoken !== 'openai-responses' });
}
