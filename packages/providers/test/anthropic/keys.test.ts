import { type LLMProvider, Secret } from '@trae-cli/protocol';
import { type CatalogEntry, createRegistry, type ProviderSettings } from '@trae-cli/providers';
import { modelServer, type RawAnswer, testClock } from '@trae-cli/testkit';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { asking, canaryKey, hear, never } from '../conversation.js';
import { answered, gateway, talkTo, vendor } from './messages-talk.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

const refused: RawAnswer = {
  status: 401,
  json: { type: 'error', error: { type: 'authentication_error', message: 'invalid x-api-key' } },
};

const providerAt = (baseUrl: string, settings: ProviderSettings = {}, entry: CatalogEntry = gateway): LLMProvider =>
  createRegistry([entry], { clock: testClock(), random: () => 0.5 }).provider(entry.id, {
    apiKey: new Secret(canaryKey, 'test'),
    maxRetries: 0,
    baseUrl,
    ...settings,
  });

const asBearer = `Bearer ${canaryKey}`;

describe('the key', () => {
  test.each([
    ['the vendor’s own entry', vendor],
    ['an entry of the person’s own', gateway],
  ])('case 114: goes out as x-api-key with the version that everybody speaks, from %s', async (_title, entry) => {
    await using talk = await talkTo([answered()], { entry });
    await talk.hear();
    const { headers } = talk.server.requests[0] ?? {};
    expect(headers).toMatchObject({ 'x-api-key': canaryKey, 'anthropic-version': '2023-06-01' });
    expect(headers).not.toHaveProperty('authorization');
  });

  test('case 114b: goes out as a bearer token where the person says so', async () => {
    await using talk = await talkTo([answered()], { entry: gateway, settings: { auth: 'bearer' } });
    await talk.hear();
    const { headers } = talk.server.requests[0] ?? {};
    expect(headers).toMatchObject({ authorization: asBearer, 'anthropic-version': '2023-06-01' });
    expect(headers).not.toHaveProperty('x-api-key');
  });

  test('case 114c: goes out as a bearer token where it is from the variable for those', async () => {
    const apiKey = new Secret(canaryKey, 'ANTHROPIC_AUTH_TOKEN');
    await using talk = await talkTo([answered()], { settings: { apiKey } });
    await talk.hear();
    expect(talk.server.requests[0]?.headers['authorization']).toBe(asBearer);
    expect(vendor.keyVariables).toEqual(['ANTHROPIC_API_KEY', 'ANTHROPIC_AUTH_TOKEN']);
  });

  test('is tried in the other header once where a gateway refuses it, and stays there', async () => {
    await using talk = await talkTo([refused, answered(), answered('again')], { entry: gateway });
    const heard = await talk.hear();
    expect(heard).toMatchObject({ error: undefined, text: 'Hi' });
    expect(heard.events).toContainEqual({
      type: 'noticed',
      message: expect.stringContaining('the other of the two headers'),
    });
    expect(await talk.hear()).toMatchObject({ error: undefined, text: 'again' });
    const seen = talk.server.requests.map(({ headers }) => [headers['x-api-key'], headers['authorization']]);
    expect(seen).toEqual([
      [canaryKey, undefined],
      [undefined, asBearer],
      [undefined, asBearer],
    ]);
  });

  test('is given up where both are refused', async () => {
    await using talk = await talkTo([refused, refused, answered()], { entry: gateway });
    expect((await talk.hear()).error).toMatchObject({ code: 'credentials_rejected', retryable: false });
    expect(talk.server.requests).toHaveLength(2);
  });

  test('is tried in no other header than the one that the person has written', async () => {
    await using talk = await talkTo([refused, answered()], {
      entry: gateway,
      settings: { headers: { 'X-Api-Key': canaryKey } },
    });
    expect((await talk.hear()).error).toMatchObject({ code: 'credentials_rejected' });
    expect(talk.server.requests).toHaveLength(1);
  });

  test('is checked in both headers as well', async () => {
    await using server = await modelServer([refused, { json: { data: [] } }, refused, refused]);
    await providerAt(server.origin).checkKey(never);
    await expect(providerAt(server.origin).checkKey(never)).rejects.toMatchObject({ code: 'credentials_rejected' });
    expect(server.requests.map(({ path }) => path)).toEqual(Array.from({ length: 4 }, () => '/v1/models?limit=1'));
  });

  test('need not be there at a server of one’s own', async () => {
    await using server = await modelServer([answered()]);
    const model = await createRegistry([gateway], { clock: testClock(), random: () => 0.5 })
      .provider('house', { baseUrl: server.origin })
      .model('m', never);
    expect(await hear(model, asking('hello'))).toMatchObject({ text: 'Hi' });
    expect(server.requests[0]?.headers).not.toHaveProperty('x-api-key');
    expect(server.requests[0]?.headers).not.toHaveProperty('authorization');
  });
});

test('case 93: nothing of the vendor’s environment reaches another address', async () => {
  vi.stubEnv('ANTHROPIC_BASE_URL', 'http://127.0.0.1:1');
  vi.stubEnv('ANTHROPIC_API_KEY', 'sk-ant-wrong');
  vi.stubEnv('ANTHROPIC_AUTH_TOKEN', 'wrong');
  vi.stubEnv(
    'ANTHROPIC_CUSTOM_HEADERS',
    'X-Leak: 1\nAuthorization: Bearer leak\nanthropic-beta: leak\nX-API-KEY: leak',
  );
  vi.stubEnv('ANTHROPIC_LOG', 'debug');
  await using talk = await talkTo([answered()], { entry: gateway });
  expect(await talk.hear()).toMatchObject({ error: undefined, text: 'Hi' });
  const { headers = {} } = talk.server.requests[0] ?? {};
  expect(JSON.stringify(headers)).not.toMatch(/leak|wrong|stainless/i);
  expect(headers['x-api-key']).toBe(canaryKey);
});

describe('the address', () => {
  test.each([
    ['', '/v1/messages'],
    ['/', '/v1/messages'],
    ['/v1', '/v1/messages'],
    ['/v1/', '/v1/messages'],
    ['/v1/messages', '/v1/messages'],
    ['/v3/anthropic', '/v3/anthropic/v1/messages'],
    ['/v3/anthropic/v1', '/v3/anthropic/v1/messages'],
    ['/api/v1', '/api/v1/messages'],
  ])('case 102: with the path "%s" asks at %s', async (base, path) => {
    await using server = await modelServer([answered()]);
    const model = await providerAt(`${server.origin}${base}`).model('m', never);
    expect(await hear(model, asking('hello'))).toMatchObject({ error: undefined, text: 'Hi' });
    expect(server.requests[0]?.path).toBe(path);
  });

  test('is used as it is where it is whole', async () => {
    await using server = await modelServer([answered()]);
    const model = await providerAt(`${server.origin}/llm/turns?tenant=a`, { fullUrl: true }).model('m', never);
    expect(await hear(model, asking('hello'))).toMatchObject({ text: 'Hi' });
    expect(server.requests[0]?.path).toBe('/llm/turns?tenant=a');
  });
});

describe('the list of models', () => {
  const page = (ids: readonly string[], more: object): RawAnswer => ({
    json: { data: ids.map((id) => ({ id, type: 'model', display_name: id })), ...more },
  });

  test('has what the service says of each', async () => {
    const listed = {
      id: 'claude-x',
      type: 'model',
      max_input_tokens: 200_000,
      max_tokens: 64_000,
      lifecycle: 'deprecated',
      retires_at: '2026-11-30T00:00:00Z',
    };
    await using server = await modelServer([{ json: { data: [listed], has_more: false } }]);
    expect(await providerAt(server.origin).listModels(never)).toMatchObject([
      { id: 'claude-x', contextWindow: 200_000, maxOutput: 64_000, notice: expect.stringContaining('2026-11-30') },
    ]);
  });

  test('is read page by page, and not for ever', async () => {
    await using server = await modelServer([
      page(['a', 'b'], { has_more: true, last_id: 'b' }),
      page(['c'], { has_more: true, last_id: 'c&d' }),
      page(['e'], { has_more: true, last_id: 'c&d' }),
    ]);
    expect((await providerAt(server.origin).listModels(never)).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'e']);
    const after = server.requests.map(({ path }) => new URL(path, server.origin).searchParams.get('after_id'));
    expect(after).toEqual([null, 'b', 'c&d']);
  });

  test('may come in the form of another protocol', async () => {
    await using server = await modelServer([
      { json: { object: 'list', data: [{ id: 'm' }] } },
      { json: [{ id: 'n' }] },
    ]);
    expect(await providerAt(server.origin).listModels(never)).toMatchObject([{ id: 'm' }]);
    expect(await providerAt(server.origin).listModels(never)).toMatchObject([{ id: 'n' }]);
  });

  test('is none where the answer is something else', async () => {
    await using server = await modelServer([{ json: { hello: 'there' } }]);
    await expect(providerAt(server.origin).listModels(never)).rejects.toMatchObject({ code: 'provider_protocol' });
  });
});
