// A vendor in ten lines of data. Nothing else in the program knows its name: the agent, the retries, the errors and the
// help are the same for all of them. Without any code, the same is an entry under `model_providers` in trae_config.json.
// The vendor here is a local server that answers by a script.
import assert from 'node:assert/strict';
import { runAgent } from '@trae-cli/agent';
import { type RunOutcome, Secret } from '@trae-cli/protocol';
import { catalog, type CatalogEntry, createRegistry, plainDialect } from '@trae-cli/providers';
import { modelServer, testClock } from '@trae-cli/testkit';

await using server = await modelServer([{ text: 'It is noon.' }]);

const acme: CatalogEntry = {
  id: 'acme',
  displayName: 'Acme Inference',
  apiFormat: 'openai-chat',
  baseUrl: server.url,
  keyVariables: ['ACME_API_KEY'],
  keyRequired: true,
  baseUrlVariables: ['ACME_BASE_URL'],
  defaultModel: 'acme-large',
  dialect: { ...plainDialect, maxTokensField: 'max_completion_tokens', quotaIsRate: true },
  models: [{ pattern: /^acme-large$/, contextWindow: 131_072, images: true }],
};

const registry = createRegistry([...catalog, acme], { clock: testClock(), random: () => Math.random() });
const provider = registry.provider('acme', { apiKey: new Secret('acme-0123456789', 'ACME_API_KEY') });
const model = await provider.model('acme-large', new AbortController().signal);

const now = () => performance.now();
const options = {
  model,
  tools: [],
  instructions: 'You tell the time.',
  root: process.cwd(),
  version: '1',
  maxSteps: 5,
};
let outcome: RunOutcome | undefined;
for await (const event of runAgent('What time is it?', { ...options, now }))
  if (event.type === 'run_finished') outcome = event.outcome;

assert.deepEqual(outcome, { status: 'completed', summary: 'It is noon.' });
assert.equal(model.traits.contextWindow, 131_072);
assert.equal(server.requests[0]?.path, '/v1/chat/completions');
assert.equal(server.requests[0]?.headers.authorization, 'Bearer acme-0123456789');
assert.throws(() => registry.provider('acme', {}), /There is no API key for Acme Inference/);
console.log('Acme Inference says:', JSON.stringify(outcome));
