import { Secret } from '@trae-cli/protocol';
import { createRegistry } from '@trae-cli/providers';
import { describeModelContract } from '@trae-cli/testkit/contract';
import { canaryKey, never } from '../conversation.js';
import { gateway, vendor } from './messages-talk.js';

for (const entry of [vendor, gateway]) {
  describeModelContract(`the entry ${entry.id}, in Messages`, (url, { clock, maxRetries }) => {
    const registry = createRegistry([entry], { clock, random: () => 0.5 });
    // With the key in a header of the person's own there is no other to try.
    const headers = { 'x-api-key': canaryKey };
    const settings = { apiKey: new Secret(canaryKey, 'test'), baseUrl: url, maxRetries, headers };
    return registry.provider(entry.id, settings).model(entry.defaultModel ?? 'm', never);
  });
}
