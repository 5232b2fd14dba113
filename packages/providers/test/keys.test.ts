import { inspect } from 'node:util';
import { Secret } from '@trae-cli/protocol';
import { catalog, type CatalogEntry, createRegistry, customEntry, type ProviderSettings } from '@trae-cli/providers';
import { modelServer, type RawAnswer, testClock } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { canaryKey, never } from './conversation.js';

const registryOf = (entries: readonly CatalogEntry[]) =>
  createRegistry(entries, { clock: testClock(), random: () => 0.5 });
const provider = (id: string, settings: ProviderSettings) => registryOf(catalog).provider(id, settings);
const keyed = (value: string, origin = 'GROQ_API_KEY') => ({ apiKey: new Secret(value, origin) });

describe('a key of another vendor', () => {
  test.each([
    ['groq', 'sk-or-v1-0123456789abcdef', 'a key of OpenRouter (sk-or-…), and would be sent to Groq'],
    ['openai', 'gsk_0123456789abcdef', 'a key of Groq (gsk_…), and would be sent to OpenAI'],
    ['deepseek', 'sk-ant-api03-0123456789', 'a key of Anthropic (sk-ant-…), and would be sent to DeepSeek'],
    ['openrouter', 'sk-proj-0123456789abcdef', 'a key of OpenAI (sk-proj-…), and would be sent to OpenRouter'],
    ['alibaba', 'AIzaSyA0123456789abcdef0123456789', 'a key of Google Gemini (AIza…), and would be sent to Alibaba'],
  ])('is not sent to %s', (id, key, words) => {
    const choose = () => provider(id, keyed(key));
    expect(choose).toThrow(
      expect.objectContaining({
        code: 'credentials_rejected',
        message: expect.stringContaining(`The key from GROQ_API_KEY looks like ${words}`),
      }),
    );
    expect(choose).toThrow(expect.toSatisfy((error) => !inspect(error, { depth: 12 }).includes(key)));
  });

  test.each([
    ['groq', 'gsk_0123456789abcdef'],
    ['openai', 'sk-0123456789abcdef'],
    ['openai', 'sk-svcacct-0123456789'],
    ['deepseek', 'sk-0123456789abcdef'],
    ['novita', 'sk_0123456789abcdef'],
    ['google', 'AIzaSyA0123456789abcdef0123456789'],
  ])('is not what %s takes %s for', (id, key) => {
    expect(() => provider(id, keyed(key))).not.toThrow();
  });

  test('may be meant where requests go elsewhere, or to a provider of the person’s own', () => {
    const elsewhere = { ...keyed('sk-or-v1-0123456789abcdef'), baseUrl: 'https://gateway.example/v1' };
    expect(() => provider('groq', elsewhere)).not.toThrow();
    expect(() => registryOf([...catalog, customEntry('house')]).provider('house', elsewhere)).not.toThrow();
  });

  test('is one for another account of a vendor as well, whose own are not', () => {
    const vendor = catalog.find(({ id }) => id === 'groq');
    const work = customEntry('work', vendor === undefined ? {} : { vendor });
    const registry = registryOf([...catalog, work]);
    expect(() => registry.provider('work', keyed('gsk_0123456789abcdef'))).not.toThrow();
    expect(() => registry.provider('work', keyed('sk-or-v1-0123456789abcdef'))).toThrow(
      'looks like a key of OpenRouter',
    );
  });
});

describe('what no key has in it is named', () => {
  test.each([
    ['gsk_01\n23', 'a line break in it'],
    ['gsk_01 23', 'a space in it'],
    ['Bearer gsk_0123', 'the word Bearer before it'],
    ['"gsk_0123', 'a quotation mark in it'],
    ['gsk_“0123”', 'a quotation mark in it'],
    ['gsk_0123…', 'a character in it that no key has'],
  ])('%j has %s', (key, flaw) => {
    expect(() => provider('groq', keyed(key))).toThrow(
      expect.objectContaining({
        code: 'credentials_rejected',
        message: `The API key from GROQ_API_KEY has ${flaw}.`,
        hint: expect.stringContaining('console.groq.com'),
      }),
    );
  });
});

describe('a key is checked', () => {
  const refused: RawAnswer = { status: 401, json: { error: { message: `Incorrect API key: ${canaryKey}` } } };
  const checked = async (id: string, answer: RawAnswer) => {
    await using server = await modelServer([answer]);
    const house = provider(id, { ...keyed(canaryKey), baseUrl: server.url });
    const outcome = await house.checkKey(never).then(
      () => 'good',
      (error: unknown) => error,
    );
    expect(inspect(outcome, { depth: 12 })).not.toContain(canaryKey);
    return { outcome, requests: server.requests };
  };

  test('by one request that says nothing', async () => {
    const { outcome, requests } = await checked('groq', { json: { data: [] } });
    expect(outcome).toBe('good');
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({ method: 'GET', path: '/v1/models' });
    expect(requests[0]?.headers.authorization).toBe(`Bearer ${canaryKey}`);
  });

  test('where a key is needed, which the list of OpenRouter is not', async () => {
    const { outcome, requests } = await checked('openrouter', { json: { data: { label: 'x', limit: null } } });
    expect([outcome, requests[0]?.path]).toEqual(['good', '/v1/key']);
  });

  test('in the header that Azure wants it in', async () => {
    const { outcome, requests } = await checked('azure', { json: { data: [] } });
    expect([outcome, requests[0]?.headers['api-key'], requests[0]?.headers.authorization]).toEqual([
      'good',
      canaryKey,
      undefined,
    ]);
  });

  test('and refused', async () => {
    const { outcome } = await checked('groq', refused);
    expect(outcome).toMatchObject({ code: 'credentials_rejected', hint: expect.stringContaining('GROQ_API_KEY') });
  });

  test.each<readonly [string, RawAnswer]>([
    ['there is nothing at the path', { status: 404, json: { error: { message: 'Not Found' } } }],
    [
      'the key is good for turns only',
      { status: 403, json: { error: { message: 'Missing scopes: api.model.read. You use a restricted API key.' } } },
    ],
    ['a page answers', { headers: { 'content-type': 'text/html' }, body: '<html>Sign in</html>' }],
  ])('without a verdict where %s', async (_title, answer) => {
    const { outcome } = await checked('doubao', answer);
    expect(outcome).toMatchObject({
      code: 'provider_protocol',
      message: expect.stringContaining('/v1/models gave no answer that a key could be checked by'),
    });
  });

  test('until somebody stops it', async () => {
    await using server = await modelServer([{ before: { until: new Promise(() => undefined) } }]);
    const controller = new AbortController();
    const reason = new Error('enough');
    const checking = provider('groq', { ...keyed(canaryKey), baseUrl: server.url }).checkKey(controller.signal);
    await server.untilRequests(1);
    controller.abort(reason);
    await expect(checking).rejects.toBe(reason);
  });
});

test('a token in a header of the person’s own is a key as well', async () => {
  const headers = { Authorization: 'Bearer entra' };
  const endpoint = 'https://resource.openai.azure.com';
  expect(() => provider('azure', { headers, baseUrl: endpoint })).not.toThrow();
  expect(() => provider('azure', { baseUrl: endpoint })).toThrow('There is no API key for Azure OpenAI');
  await using server = await modelServer([{ json: { data: [] } }]);
  await provider('azure', { headers, baseUrl: server.url }).checkKey(never);
  expect(server.requests[0]?.headers).toMatchObject({ authorization: 'Bearer entra' });
  expect(server.requests[0]?.headers).not.toHaveProperty('api-key');
});
