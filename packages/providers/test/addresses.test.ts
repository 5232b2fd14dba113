import { inspect } from 'node:util';
import { type LLMProvider, Secret } from '@trae-cli/protocol';
import { catalog, createRegistry, type ProviderSettings } from '@trae-cli/providers';
import { chatNotation, modelServer, type RawAnswer, testClock } from '@trae-cli/testkit';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { asking, canaryKey, conversation, hear, modelAt, never, told } from './conversation.js';
import { plain } from './entries.js';

const { C, F } = chatNotation;
const fine: RawAnswer = { chunks: [C({ content: 'Fine.' }) + F({}, 'stop')] };

afterEach(() => {
  vi.unstubAllEnvs();
});

const providerOf = (id: string, settings: ProviderSettings): LLMProvider =>
  createRegistry([...catalog, plain], { clock: testClock(), random: () => 0.5 }).provider(id, {
    apiKey: new Secret(canaryKey, 'test'),
    ...settings,
  });

describe('the address', () => {
  test.each([
    ['', '/chat/completions'],
    ['/', '/chat/completions'],
    ['/v1', '/v1/chat/completions'],
    ['/v1/', '/v1/chat/completions'],
    ['/v1//', '/v1/chat/completions'],
    ['/v1/chat/completions', '/v1/chat/completions'],
    ['/v1/chat/completions/', '/v1/chat/completions'],
    ['/api/v3/router', '/api/v3/router/chat/completions'],
  ])('case 102: with the path "%s" asks at %s', async (base, path) => {
    await using server = await modelServer([fine]);
    const heard = await hear(await modelAt(`${server.origin}${base}`), asking('hello'));
    expect(heard).toMatchObject({ text: 'Fine.', error: undefined });
    expect(server.requests[0]?.path).toBe(path);
  });

  test.each([{}, { baseUrl: '' }, { baseUrl: '  ' }])(
    'case 92: of an unknown service has to be given, %j is not enough',
    async (settings) => {
      const choose = async () => providerOf('openai_compatible', settings).model('m', never);
      await expect(choose()).rejects.toMatchObject({
        name: 'TraeError',
        message: expect.stringContaining('base_url is required for OpenAI-compatible services'),
      });
      await expect(choose()).rejects.toSatisfy((error) => inspect(error).includes('openai_compatible'));
    },
  );

  test.each([
    'not an address',
    'ftp://127.0.0.1/v1',
    'localhost:8000/v1',
    'http://',
    'http://user:word@127.0.0.1/v1',
    'http://opensesame@127.0.0.1/v1',
  ])('case 102b: %s is refused before anything is sent, with an example of what would do', async (baseUrl) => {
    const choose = async () => providerOf('openai_compatible', { baseUrl }).model('m', never);
    await expect(choose()).rejects.toMatchObject({
      code: 'config_invalid',
      message: expect.stringContaining('openai_compatible'),
      hint: expect.stringMatching(/./),
    });
    await expect(choose()).rejects.toSatisfy((error) => !inspect(error).includes('user:word'));
  });

  test.each(['sk-canary-0123456789abcdef', 'https://host.example/v1?key=opensesame', 'http://user:opensesame@h/v1'])(
    'what may be a key or a password in %s is not repeated',
    async (baseUrl) => {
      const choose = async () => providerOf('openai_compatible', { baseUrl }).model('m', never);
      await expect(choose()).rejects.toSatisfy((error) => !/opensesame|canary/.test(inspect(error)));
    },
  );

  test('§6.8: with nothing behind it is asked for a /v1 where the server knows no such path', async () => {
    await using server = await modelServer(() => ({
      status: 404,
      body: '404 page not found',
      headers: { 'content-type': 'text/plain' },
    }));
    expect(told(await hear(await modelAt(server.origin), asking('hello')))).toContain('/v1');
  });
});

test('case 93: variables of another vendor change neither address, key nor headers', async () => {
  vi.stubEnv('OPENAI_BASE_URL', 'http://127.0.0.1:1/v1');
  vi.stubEnv('OPENAI_ORG_ID', 'org-leak');
  vi.stubEnv('OPENAI_PROJECT_ID', 'proj-leak');
  vi.stubEnv('OPENAI_CUSTOM_HEADERS', 'X-Leak: 1\nauthorization: Bearer leak\nAccept: leak\nUSER-AGENT: leak');
  vi.stubEnv('OPENAI_API_KEY', 'sk-wrong-key');
  vi.stubEnv('OPENAI_ADMIN_KEY', 'sk-admin-key');
  await using talk = await conversation([fine], { entry: 'groq' });
  expect(await talk.hear()).toMatchObject({ text: 'Fine.', error: undefined });
  const headers = talk.server.requests[0]?.headers ?? {};
  expect(headers.authorization).toBe(`Bearer ${canaryKey}`);
  expect(JSON.stringify(headers)).not.toMatch(/leak|wrong-key|admin-key/i);
  expect(Object.keys(headers).filter((name) => name.startsWith('openai-'))).toEqual([]);
});

describe('headers', () => {
  test('case 100: name the application where that is configured', async () => {
    const headers = { 'HTTP-Referer': 'https://example.invalid', 'X-Title': 'Demo' };
    await using talk = await conversation([fine], { entry: 'openrouter', settings: { headers } });
    await talk.hear();
    expect(talk.server.requests[0]?.headers).toMatchObject({
      'http-referer': 'https://example.invalid',
      'x-title': 'Demo',
    });
  });

  test('case 100b: do not where it is not', async () => {
    await using talk = await conversation([fine], { entry: 'openrouter' });
    await talk.hear();
    expect(talk.server.requests[0]?.headers).not.toHaveProperty('http-referer');
    expect(talk.server.requests[0]?.headers).not.toHaveProperty('x-title');
  });

  test('§3.1: a server without keys gets one that opens nothing', async () => {
    await using server = await modelServer([fine]);
    const registry = createRegistry(catalog, { clock: testClock(), random: () => 0.5 });
    const model = await registry.provider('openai_compatible', { baseUrl: server.url }).model('m', never);
    expect(await hear(model, asking('hello'))).toMatchObject({ text: 'Fine.', error: undefined });
  });

  test('a server that wants a key and was given none makes the error name where to give one', async () => {
    await using server = await modelServer([{ status: 401, json: { error: { message: 'Unauthorized' } } }]);
    const registry = createRegistry(catalog, { clock: testClock(), random: () => 0.5 });
    const model = await registry.provider('openai_compatible', { baseUrl: server.url }).model('m', never);
    expect((await hear(model, asking('hello'))).error).toMatchObject({
      code: 'credentials_rejected',
      hint: 'Set OPENAI_COMPATIBLE_API_KEY, run trae-cli login openai_compatible, or pass --api-key.',
    });
  });

  test('§1: a vendor that wants a key is not asked without one', async () => {
    const registry = createRegistry(catalog, { clock: testClock(), random: () => 0.5 });
    const ask = async () => registry.provider('groq', {}).model('m', never);
    await expect(ask()).rejects.toMatchObject({ code: 'credentials_missing' });
    await expect(ask()).rejects.toMatchObject({ hint: expect.stringContaining('GROQ_API_KEY') });
  });
});

describe('the list of models', () => {
  test.each([
    ['case 101: as OpenAI has it', 'openai', { object: 'list', data: [{ id: 'a' }, { id: 'b' }] }],
    [
      'case 101b: as the bare array of Together',
      'together',
      [
        { id: 'a', type: 'chat' },
        { id: 'b', type: 'chat' },
      ],
    ],
    [
      'case 101c: with the prefix of Gemini before every id',
      'google',
      { data: [{ id: 'models/a' }, { id: 'models/b' }] },
    ],
    ['case 101d: under the name models', 'plain', { models: [{ id: 'a' }, { id: 'b' }] }],
    [
      'case 101e: with fields of the vendor',
      'openai_compatible',
      {
        data: [
          { id: 'a', max_model_len: 8192 },
          { id: 'b', pricing: null },
        ],
      },
    ],
  ])('%s', async (_title, id, json) => {
    await using server = await modelServer([{ json }]);
    expect(await providerOf(id, { baseUrl: server.url }).listModels(never)).toMatchObject([{ id: 'a' }, { id: 'b' }]);
    expect(server.requests[0]).toMatchObject({ method: 'GET', path: '/v1/models' });
    expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${canaryKey}`);
  });

  test('leaves out what cannot be a name: a page, a command to the terminal, the key itself', async () => {
    const ids = ['a', 'x'.repeat(1000), '\u001b[2J', canaryKey, `model-${canaryKey}`, 'b'];
    await using server = await modelServer([{ json: { data: ids.map((id) => ({ id })) } }]);
    const provider = providerOf('plain', { baseUrl: server.url });
    expect(await provider.listModels(never)).toMatchObject([{ id: 'a' }, { id: 'b' }]);
  });

  test.each<readonly [string, RawAnswer, object]>([
    ['a rejected key', { status: 401, json: { error: { message: 'no' } } }, { code: 'credentials_rejected' }],
    ['a page', { headers: { 'content-type': 'text/html' }, body: '<html></html>' }, { code: 'provider_protocol' }],
    ['something else', { json: { hello: 'world' } }, { code: 'provider_protocol' }],
  ])('case 101f: is an error where the answer is %s', async (_title, answer, error) => {
    await using server = await modelServer(() => answer);
    const provider = providerOf('plain', { baseUrl: server.url, maxRetries: 0 });
    await expect(provider.listModels(never)).rejects.toMatchObject({ name: 'TraeError', ...error });
  });
});
