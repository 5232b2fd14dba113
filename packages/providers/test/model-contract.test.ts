import { Secret } from '@trae-cli/protocol';
import { catalog, createRegistry } from '@trae-cli/providers';
import { describeModelContract } from '@trae-cli/testkit/contract';
import { canaryKey, never } from './conversation.js';
import { plain } from './entries.js';

for (const entry of [...catalog, plain]) {
  describeModelContract(`the entry ${entry.id}`, (url, { clock, maxRetries }) => {
    const registry = createRegistry([entry], { clock, random: () => 0.5 });
    const settings = { apiKey: new Secret(canaryKey, 'test'), baseUrl: url, maxRetries };
    return registry.provider(entry.id, settings).model(entry.defaultModel ?? 'm', never);
  });
}
