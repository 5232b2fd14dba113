import { Secret } from '@trae-cli/protocol';
import { catalog, createRegistry } from '@trae-cli/providers';
import { describeModelContract, type ModelAt } from '@trae-cli/testkit/contract';
import { canaryKey, never } from '../conversation.js';

const cases = [
  ['openai', 'gpt-6-sol', {}],
  ['azure', 'gpt-6-sol', {}],
  ['openai_compatible', 'm', { apiFormat: 'openai-responses' }],
] as const;

for (const [id, name, settings] of cases) {
  const modelAt: ModelAt = (url, { clock, maxRetries }) => {
    const registry = createRegistry(catalog, { clock, random: () => 0.5 });
    const given = { apiKey: new Secret(canaryKey, 'test'), baseUrl: url, maxRetries, ...settings };
    return registry.provider(id, given).model(name, never);
  };
  // The protocol has no texts that end an answer.
  describeModelContract(`${id}, ${name}, over Responses`, modelAt, { sendsStop: false });
}
