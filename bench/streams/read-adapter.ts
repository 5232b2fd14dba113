/**
 * Reads one stream through an adapter of this project, and says how long it took and how much memory there was.
 *
 *     node --conditions=@trae-cli/source --import tsx bench/streams/read-adapter.ts API_FORMAT BASE_URL
 */
import { userMessage } from '@trae-cli/protocol';
import { type ApiFormat, createRegistry, customEntry } from '@trae-cli/providers';

const [apiFormat = 'openai-chat', baseUrl = ''] = process.argv.slice(2);
const clock = { now: () => performance.now(), sleep: () => Promise.resolve() };
const registry = createRegistry([customEntry('bench', { apiFormat: apiFormat as ApiFormat })], {
  clock,
  random: () => Math.random(),
});
const { signal } = new AbortController();
const model = await registry.provider('bench', { baseUrl, maxRetries: 0 }).model('bench', signal);
const request = { instructions: '', messages: [userMessage('go')], tools: [] };

/** Every so many characters of text the memory is looked at. */
const sampleEvery = 50_000;
const memoryBytes: number[] = [];
let characters = 0;
let nextSample = sampleEvery;
let startedAt = performance.now();
for await (const event of model.stream(request, signal)) {
  // What is loaded once, before the first request, is no matter of speed.
  if (event.type === 'requested') startedAt = performance.now();
  if (event.type !== 'text_delta') continue;
  characters += event.text.length;
  if (characters < nextSample) continue;
  nextSample += sampleEvery;
  memoryBytes.push(process.memoryUsage().rss);
}
process.stdout.write(JSON.stringify({ characters, durationMs: performance.now() - startedAt, memoryBytes }));
