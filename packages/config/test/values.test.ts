import { expect, test } from 'vitest';
import { failureOf, load, loadFile } from './load.js';

const entry = (values: object) => ({ model_providers: { groq: values } });

test('every key of an entry arrives with its value, its line and the file it stands in', async () => {
  const config = await loadFile(
    entry({
      provider: 'openrouter',
      api_key: 'gsk_0123456789abcdef01',
      base_url: ' https://api.example/v1 ',
      full_url: true,
      api_format: 'anthropic',
      model: 'big',
      display_name: 'Groq at work',
      max_tokens: 4096,
      temperature: 0,
      top_p: 1,
      top_k: 40,
      reasoning_effort: 'xhigh',
      parallel_tool_calls: false,
      stream: false,
      max_retries: 0,
      timeout: '10m',
      context_window: { input: 128_000, output: 8192 },
      multimodal: true,
      headers: { 'X-Title': 'Mine' },
      auth: 'x-api-key',
      max_steps: 12,
      tier: 'free',
      requests_per_minute: 30,
      tokens_per_minute: 6000,
      keep_alive: '30m',
      tool_mode: 'prompted',
      price: { input: 0.5, output: 2, cache_read: 0, cache_write: 1 },
      compatibility: {
        omit: ['stream_options'],
        rename: { max_tokens: 'max_completion_tokens' },
        set: { stream: false, extra: { deep: [null, 1, ' a '] } },
        adapt: ['system_role'],
      },
    }),
  );
  const { name, apiKey, headers, ...settings } = config.provider('groq', []);
  const values = Object.fromEntries(Object.entries(settings).map(([key, setting]) => [key, setting?.value]));
  expect({ name, key: apiKey?.value.reveal(), title: headers['X-Title']?.value, ...values }).toEqual({
    name: 'groq',
    key: 'gsk_0123456789abcdef01',
    title: 'Mine',
    vendor: 'openrouter',
    baseUrl: 'https://api.example/v1',
    fullUrl: true,
    apiFormat: 'anthropic',
    model: 'big',
    displayName: 'Groq at work',
    maxTokens: 4096,
    temperature: 0,
    topP: 1,
    topK: 40,
    reasoningEffort: 'xhigh',
    parallelToolCalls: false,
    stream: false,
    maxRetries: 0,
    timeoutMs: 600_000,
    contextWindow: { input: 128_000, output: 8192 },
    multimodal: true,
    auth: 'x-api-key',
    maxSteps: 12,
    tier: 'free',
    requestsPerMinute: 30,
    tokensPerMinute: 6000,
    keepAlive: '30m',
    toolMode: 'prompted',
    price: { input: 0.5, output: 2, cacheRead: 0, cacheWrite: 1 },
    compatibility: {
      omit: ['stream_options'],
      rename: { max_tokens: 'max_completion_tokens' },
      set: { stream: false, extra: { deep: [null, 1, ' a '] } },
      adapt: ['system_role'],
    },
  });
  expect(settings.model?.source).toMatchObject({ kind: 'file', line: 9, file: config.files[0] });
  expect(config.findings).toEqual([]);
});

test('what stands at the top arrives too, and paths are relative to the file', async () => {
  const config = await loadFile({
    default_provider: 'groq',
    max_steps: 7,
    tools: ['bash'],
    disallowed_tools: [],
    allow_paths: ['../library', '~/notes', '/srv'],
    pass_env: ['OPENAI_API_KEY'],
    proxy: 'http://proxy.example:3128',
    no_proxy: ['a.example', '.b.example'],
    ca_file: 'certificates/company.pem',
    max_cost: 0.25,
    max_total_tokens: 1000,
  });
  const { caFile, maxCost, maxTotalTokens, noProxy, proxy } = config.general;
  expect([proxy, noProxy, maxCost, maxTotalTokens].map((setting) => setting?.value)).toEqual([
    'http://proxy.example:3128',
    'a.example,.b.example',
    0.25,
    1000,
  ]);
  expect(caFile?.value).toMatch(/^\/.*\/project\/certificates\/company\.pem$/);
  const { allowPaths, defaultProvider, disallowedTools, maxSteps, passEnv, tools } = config.general;
  expect([defaultProvider, maxSteps, tools, disallowedTools, passEnv].map((setting) => setting?.value)).toEqual([
    'groq',
    7,
    ['bash'],
    [],
    ['OPENAI_API_KEY'],
  ]);
  expect(allowPaths?.value).toEqual([
    expect.stringMatching(/\/library$/),
    expect.stringMatching(/\/home\/notes$/),
    '/srv',
  ]);
  expect(maxSteps?.source).toMatchObject({ kind: 'file', line: 3 });
});

test('without any file there is nothing to say, and nothing fails', async () => {
  const config = await load({});
  expect(config).toMatchObject({ files: [], providerNames: [], leaves: [], secrets: [], findings: [] });
  expect(config.provider('groq', ['GROQ_API_KEY'])).toMatchObject({ name: 'groq', headers: {} });
  expect(Object.values(config.general).filter((setting) => setting !== undefined)).toEqual([]);
});

test.each([
  [90, 90_000],
  [0.5, 500],
  ['90s', 90_000],
  ['1.5 m', 90_000],
  ['250ms', 250],
  ['24h', 86_400_000],
])('a timeout of %j is %d milliseconds', async (timeout, milliseconds) => {
  const config = await loadFile(entry({ timeout }));
  expect(config.provider('groq', []).timeoutMs?.value).toBe(milliseconds);
});

test.each([
  [entry({ auth: 'basic' }), 'must be "bearer" or "x-api-key"; trae_config.json:4 says "basic".'],
  [entry({ tier: 'paid' }), 'must be "free"'],
  [entry({ requests_per_minute: 0 }), 'must be a whole number, 1 or more'],
  [entry({ keep_alive: 'long' }), 'must be a text such as "30m" or "1h30m", or a number of seconds'],
  [entry({ keep_alive: -2 }), 'says -2.'],
  [entry({ keep_alive: '300' }), 'says "300": leave the quotes out.'],
  [entry({ supports_tool_calling: 'no' }), 'supports_tool_calling" must be true or false'],
  [entry({ price: { input: 1 } }), '"model_providers.groq.price" must be {"input": dollars, "output": dollars}'],
  [entry({ price: { input: -1, output: 1 } }), 'trae_config.json:5 says -1.'],
  [entry({ price: 3 }), 'trae_config.json:4 says 3.'],
  [entry({ compatibility: ['x'] }), 'must be an object with keys such as "omit" and "rename".'],
  [entry({ compatibility: { omit: 'x' } }), 'compatibility.omit" must be a list of names of parameters'],
  [entry({ compatibility: { adapt: ['Not This'] } }), 'must be a list of words in small letters'],
  [entry({ compatibility: { rename: { a: 1 } } }), 'must be an object whose keys and values are names of parameters'],
  [entry({ compatibility: { set: { 'a b': 1 } } }), 'has a key that is not the name of a parameter'],
  [entry({ compatibility: { set: { a: ['${'] } } }), 'has a "${" that is not followed by a name and "}"'],
  [entry({ models: [] }), 'must be an object that has an entry for each model.'],
  [entry({ models: { ' ': {} } }), '(trae_config.json:5) is not the name of a model'],
  [entry({ models: { 'a\nb': {} } }), 'it has a control character in it'],
  [
    entry({ models: { 'openai/gpt-4.1': { context_window: 'big' } } }),
    `"model_providers.groq.models.'openai/gpt-4.1'.context_window" must be a whole number of tokens`,
  ],
  [{ proxy: 'proxy:3128' }, '"proxy" must be an address such as "http://proxy:3128", as text'],
  [{ proxy: 'socks5://proxy:1080' }, '"proxy" must be an address'],
  [{ proxy: 'http://proxy:3128/path' }, '"proxy" must be an address'],
  [{ max_cost: 0 }, '"max_cost" must be a number of US dollars, more than 0'],
  [{ max_total_tokens: 1.5 }, '"max_total_tokens" must be a whole number, 1 or more'],
  [{ max_steps: 'many' }, '"max_steps" must be a whole number, 1 or more; trae_config.json:2 says "many".'],
  [{ max_steps: '200' }, 'says "200": leave the quotes out.'],
  [{ max_steps: 0 }, 'says 0.'],
  [{ max_steps: 1.5 }, 'says 1.5.'],
  [{ max_steps: [5] }, 'says a list.'],
  [
    { default_provider: 7 },
    '"default_provider" must be the name of a provider, as text; trae_config.json:2 says 7: put quotes around it.',
  ],
  [{ tools: 'bash' }, '"tools" must be a list of names of tools; trae_config.json:2 says "bash".'],
  [{ tools: ['bash', 3] }, 'trae_config.json:4 says 3.'],
  [{ pass_env: ['A=B'] }, '"pass_env" must be a list of names of variables; trae_config.json:3 says "A=B".'],
  [
    { model_providers: ['groq'] },
    '"model_providers" (trae_config.json:2) must be an object that has an entry for each provider.',
  ],
  [
    { model_providers: { groq: true } },
    '"model_providers.groq" (trae_config.json:3) must be an object with keys such as',
  ],
  [
    entry({ temperature: 2.1 }),
    '"model_providers.groq.temperature" must be a number from 0 to 2; trae_config.json:4 says 2.1.',
  ],
  [entry({ top_p: -1 }), 'must be a number from 0 to 1'],
  [entry({ top_k: -1 }), 'must be a whole number, 0 or more'],
  [entry({ max_retries: 0.5 }), 'must be a whole number, 0 or more'],
  [entry({ max_tokens: 1e300 }), 'must be a whole number, 1 or more'],
  [
    entry({ parallel_tool_calls: 'true' }),
    'must be true or false; trae_config.json:4 says "true": leave the quotes out.',
  ],
  [entry({ stream: 1 }), 'must be true or false; trae_config.json:4 says 1.'],
  [
    entry({ api_format: 'openai' }),
    'must be "openai-chat", "openai-responses", "anthropic" or "ollama"; trae_config.json:4 says "openai".',
  ],
  [entry({ reasoning_effort: 'extreme' }), '"high", "xhigh" or "max"; trae_config.json:4 says "extreme".'],
  [entry({ timeout: '5 years' }), '"90s", "10m" or "1h", up to 24 hours; trae_config.json:4 says "5 years".'],
  [entry({ timeout: '90' }), 'says "90": leave the quotes out.'],
  [entry({ timeout: 86_401 }), 'says 86401.'],
  [entry({ timeout: 0 }), 'says 0.'],
  [entry({ context_window: '128k' }), 'must be a whole number of tokens, or {"input": tokens, "output": tokens}'],
  [
    entry({ context_window: { output: 5 } }),
    'must be a whole number of tokens, or {"input": tokens, "output": tokens}',
  ],
  [
    entry({ model: 3.5 }),
    '"model_providers.groq.model" must be the name of a model, as text; trae_config.json:4 says 3.5: put quotes around it.',
  ],
  [
    entry({ model: 'a\nb' }),
    '"model_providers.groq.model" (trae_config.json:4) has a line break or a control character in it.',
  ],
  [entry({ display_name: '\u001b[2J' }), 'has a line break or a control character in it.'],
])('%j is refused with key, line and what would be accepted', async (content, words) => {
  const error = await failureOf(() => loadFile(content));
  expect([error.code, error.message]).toEqual(['config_invalid', expect.stringContaining(words)]);
  expect(error.hint).toMatch(/^Correct it there/);
});

test.each([
  ['a key that is a number', entry({ api_key: 123_456_789_012 })],
  ['a key where the entry should be', { model_providers: { groq: '123456789012' } }],
  ['a key in a list', entry({ api_key: ['123456789012'] })],
  ['a header that is an object', entry({ headers: { 'X-Key': { value: '123456789012' } } })],
  ['a header that is a number', entry({ headers: { 'X-Key': 123_456_789_012 } })],
  ['an address in a list', entry({ base_url: ['https://me:123456789012@host'] })],
  ['a key in the place of a number', entry({ max_tokens: 'sk-or-v1-123456789012345' })],
  ['a key in the place of a name', { model_providers: { 'sk-or-v1-123456789012345 ': {} } }],
])('%s is refused without being shown', async (_case, content) => {
  const error = await failureOf(() => loadFile(content));
  expect(error.code).toBe('config_invalid');
  expect(`${error.message} ${error.hint}`).not.toContain('123456789012');
});

test('several mistakes are told together, each with its line, and a great many are counted', async () => {
  const two = await failureOf(() => loadFile({ max_steps: 'many', ...entry({ stream: 'no' }) }));
  expect(two.message.split('\n')).toEqual([
    'trae_config.json has 2 mistakes:',
    '  "max_steps" must be a whole number, 1 or more; trae_config.json:2 says "many"',
    '  "model_providers.groq.stream" must be true or false; trae_config.json:5 says "no"',
  ]);
  const names = Array.from({ length: 14 }, (_, index) => [`p${index}`, { stream: 'no' }]);
  const many = await failureOf(() => loadFile({ model_providers: Object.fromEntries(names) }));
  expect(many.message.split('\n')).toHaveLength(12);
  expect(many.message).toMatch(/^trae_config.json has 14 mistakes:[^]*\n {2}and 4 more$/);
});

test.each(['', ' ', 'two words', 'tab\tbed', 'bell\u0007', 'right\u202eleft', 'replay'])(
  'a provider is not called %j',
  async (name) => {
    const error = await failureOf(() => loadFile({ model_providers: { [name]: {} } }));
    expect([error.code, error.message]).toEqual([
      'config_invalid',
      expect.stringContaining('(trae_config.json:3) is '),
    ]);
    // oxlint-disable-next-line no-control-regex -- none may reach the terminal
    expect(error.message).not.toMatch(/[\u0000-\u001f\u202e]/);
  },
);

test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
  'a provider, a header and a key called %s are nothing special',
  async (name) => {
    const text = `{"${name}": 1, "model_providers": {"${name}": {"${name}": 2, "model": "m", "headers": {"${name}": "h"}}}}`;
    const config = await loadFile(text);
    expect(config.providerNames).toEqual([name]);
    const provider = config.provider(name, []);
    expect([provider.model?.value, Object.entries(provider.headers).map(([key, { value }]) => [key, value])]).toEqual([
      'm',
      [[name, 'h']],
    ]);
    expect(config.findings.map(({ kind }) => kind)).toEqual(['unknown_key', 'unknown_key']);
  },
);

test('null, blank texts and a top_k of 0 say nothing', async () => {
  const config = await loadFile({
    default_provider: '',
    max_steps: null,
    mcp_servers: {},
    lakeview_config: null,
    ...entry({ api_key: '', base_url: ' ', model: '', max_tokens: null, top_k: 0, headers: null }),
  });
  expect([config.leaves, config.findings, config.providerNames]).toEqual([[], [], ['groq']]);
});
