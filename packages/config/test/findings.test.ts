import { expect, test } from 'vitest';
import { load, loadFile } from './load.js';

const entry = (values: object) => ({ model_providers: { groq: values } });

const messagesOf = async (content: unknown): Promise<readonly string[]> =>
  (await loadFile(content)).findings.map(({ kind, message }) => `${kind}: ${message}`);

test.each([
  [
    { max_step: 3 },
    '"max_step" (trae_config.json:2) is not a known key here, and has no effect: did you mean "max_steps"?',
  ],
  [
    { model: 'x' },
    '"model" (trae_config.json:2) is not a known key here, and has no effect: it belongs in an entry of "model_providers".',
  ],
  [{ api_key: 'x' }, 'it belongs in an entry of "model_providers".'],
  [{ maxTokens: 3 }, 'did you mean "max_tokens", in an entry of "model_providers"?'],
  [{ provider: 'ollama' }, 'did you mean "default_provider"?'],
  [{ providers: {} }, 'did you mean "model_providers"?'],
  [{ zzzzzzzz: 1 }, '"zzzzzzzz" (trae_config.json:2) is not a known key here, and has no effect.'],
  [
    entry({ max_token: 3 }),
    '"model_providers.groq.max_token" (trae_config.json:4) is not a known key here, and has no effect: did you mean "max_tokens"?',
  ],
  [entry({ apiKey: 'x' }), 'did you mean "api_key"?'],
  [entry({ url: 'x' }), 'did you mean "base_url"?'],
  [entry({ allow_paths: ['x'] }), 'it belongs at the top of the file.'],
  [entry({ proxy: 'http://p' }), 'it belongs at the top of the file.'],
  [{ rpm: 3 }, 'did you mean "requests_per_minute", in an entry of "model_providers"?'],
  [entry({ models: { 'a/b': { pricing: {} } } }), 'did you mean "price"?'],
  [entry({ models: { 'a/b': { base_url: 'x' } } }), 'it belongs in the entry of the provider.'],
  [entry({ price: { input: 1, output: 2, cached: 1 } }), '"model_providers.groq.price.cached" (trae_config.json:7)'],
  [entry({ compatibility: { drop: ['x'] } }), '"model_providers.groq.compatibility.drop" (trae_config.json:5)'],
  [
    entry({ context_window: { input: 1, total: 2 } }),
    '"model_providers.groq.context_window.total" (trae_config.json:6) is not a known key here, and has no effect.',
  ],
  [entry({ context_window: { input: 1, ouput: 2 } }), 'did you mean "output"?'],
])('an unknown key is found with its line and what was probably meant: %j', async (content, words) => {
  expect(await messagesOf(content)).toEqual([expect.stringContaining(words)]);
});

test.each([
  ['openrouter', { api_key: 'sk-or-v1-your-api-key' }],
  ['ollama', { base_url: 'http://localhost:8080', api_key: '' }],
  ['openai_compatible', { base_url: 'http://localhost:8000/v1', model: 'ollama/llama3.2' }],
])('an entry of %s without the model_providers around it is told where it belongs', async (name, values) => {
  const messages = await messagesOf({ [name]: values });
  expect(messages).toEqual([
    `unknown_key: "${name}" (trae_config.json:2) is not a known key here, and has no effect: an entry of a provider belongs in "model_providers": move it there.`,
  ]);
});

test.each([
  [{ mcp_servers: { playwright: { command: 'npx' } } }, 'mcp_servers', 'no server is started'],
  [{ allow_mcp_servers: ['playwright'] }, 'allow_mcp_servers', 'not built yet'],
  [{ enable_lakeview: true }, 'enable_lakeview', 'not built yet'],
  [{ lakeview_config: { model_provider: null } }, 'lakeview_config', 'not built yet'],
  [{ lakeview: { model: 'x' } }, 'lakeview', 'not built yet'],
  [{ enable_lakeview: true, lakeview_config: { model_provider: null } }, 'enable_lakeview', 'not built yet'],
  [{ docker_image: 'python' }, 'docker_image', 'they run on this machine'],
  [{ docker_keep: true }, 'docker_keep', 'not built yet'],
])('a part that is not built yet is told once, and not ignored: %j', async (content, key, words) => {
  const { findings } = await loadFile(content);
  expect(findings).toMatchObject([{ kind: 'not_built', key, source: { kind: 'file', line: 2 } }]);
  expect(findings[0]?.message).toContain(words);
});

test.each([
  [{ enable_lakeview: false, lakeview_config: { model_name: 'x' } }],
  [{ $schema: 'https://example.invalid' }],
])('what is switched off or says nothing is not told: %j', async (content) => {
  expect(await messagesOf(content)).toEqual([]);
});

test.each(['candidate_count', 'stop_sequences', 'api_version'])(
  "the original's %s is told to have no effect, with the reason",
  async (key) => {
    expect(await messagesOf(entry({ [key]: 1 }))).toEqual([
      expect.stringMatching(
        new RegExp(`^no_effect: "model_providers.groq.${key}" \\(trae_config.json:4\\) has no effect: \\w`),
      ),
    ]);
  },
);

test('max_completion_tokens is read as max_tokens, which ranks above it where both stand there', async () => {
  const one = await loadFile(entry({ max_completion_tokens: 5 }));
  expect([one.provider('groq', []).maxTokens?.value, one.findings]).toEqual([5, []]);
  const both = await loadFile(entry({ max_completion_tokens: 5, max_tokens: 6 }));
  expect([both.provider('groq', []).maxTokens?.value, both.findings.map(({ kind }) => kind)]).toEqual([
    6,
    ['no_effect'],
  ]);
});

test.each([
  [{ supports_tool_calling: false }, 'prompted', []],
  [{ supports_tool_calling: true }, undefined, []],
  [{ supports_tool_calling: false, tool_mode: 'native' }, 'native', ['no_effect']],
])("the original's supports_tool_calling is read as tool_mode: %j", async (values, mode, kinds) => {
  const config = await loadFile(entry(values));
  expect([config.provider('groq', []).toolMode?.value, config.findings.map(({ kind }) => kind)]).toEqual([mode, kinds]);
});

test('placeholders of examples are told and count as not set, whichever of the three they stand for', async () => {
  const config = await loadFile(
    entry({ api_key: 'you_azure_api_key', base_url: 'your_azure_base_url', model: 'model_name', max_tokens: 4096 }),
  );
  const { apiKey, baseUrl, model, maxTokens } = config.provider('groq', []);
  expect([apiKey, baseUrl, model, maxTokens?.value]).toEqual([undefined, undefined, undefined, 4096]);
  expect(config.findings.map(({ kind, key }) => [kind, key])).toEqual([
    ['placeholder', 'model_providers.groq.api_key'],
    ['placeholder', 'model_providers.groq.base_url'],
    ['placeholder', 'model_providers.groq.model'],
  ]);
  expect(config.findings[0]?.message).toBe(
    '"model_providers.groq.api_key" (trae_config.json:4) is the placeholder of an example and counts as not set: replace it, or take it out.',
  );
});

test('a variable written as the shell writes it is told how it is written here', async () => {
  expect(await messagesOf(entry({ api_key: '$GROQ_API_KEY' }))).toEqual([
    expect.stringContaining('a variable is written ${NAME}.'),
  ]);
});

test.each([
  ['"gsk_0123456789abcdef01"', 'quotes'],
  ['gsk_0123456789abcdef01\n', 'white space'],
])('a key that has to be tidied is told, without being shown: %j', async (key, what) => {
  const config = await loadFile(entry({ api_key: key }));
  expect(config.provider('groq', []).apiKey?.value.reveal()).toBe('gsk_0123456789abcdef01');
  expect(config.findings.map(({ kind, message }) => [kind, message])).toEqual([
    [
      'tidied',
      `"model_providers.groq.api_key" (trae_config.json:4) has ${what} around the key itself, which were taken off.`,
    ],
  ]);
});

test('fifty thousand unknown keys are counted, quickly, and not listed', async () => {
  const keys = Array.from({ length: 50_000 }, (_, index) => [`unknown${index}`, 0]);
  const messages = await messagesOf(Object.fromEntries(keys));
  expect(messages).toHaveLength(21);
  expect(messages.at(-1)).toBe('unknown_key: trae_config.json has 49980 more places of which the same is true.');
});

test('ten thousand providers and as many headers are read before anybody loses patience', async () => {
  const providers = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`p${index}`, { model: 'm' }]));
  const headers = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`x${index}`, 'v']));
  const config = await loadFile(JSON.stringify({ model_providers: { ...providers, groq: { headers } } }));
  expect(Object.keys(config.provider('groq', []).headers)).toHaveLength(10_000);
});

test('names from a file give the terminal no orders and no second line', async () => {
  const config = await load({ project: { 'trae_config.json': { '\u001b[2J\nmax_steps': 1, ['a'.repeat(500)]: 1 } } });
  for (const { message } of config.findings) {
    // oxlint-disable-next-line no-control-regex -- none may reach the terminal
    expect(message).not.toMatch(/[\u0000-\u001f]/);
    expect(message.length).toBeLessThan(250);
  }
  expect(config.findings).toHaveLength(2);
});
