import { Secret } from '@trae-cli/protocol';
import { catalog, type CatalogEntry } from '@trae-cli/providers';
import {
  answeredCalls,
  chatNotation,
  createGate,
  type ModelServer,
  modelServer,
  readRequest,
  type Respond,
  type ServerScript,
} from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { asking, canaryKey, hear, never } from '../conversation.js';
import { type CheckName, checks } from './checks.js';
import { type Recorder, recorder } from './recorder.js';
import { replay } from './replay.js';
import { keepable, type Tape, tapeIn } from './tape.js';
import { providerOf } from './vendor.js';

const { C, D, F } = chatNotation;
const key = new Secret(canaryKey, 'test');

function entryOf(id: string): CatalogEntry {
  const entry = catalog.find((one) => one.id === id);
  if (entry === undefined) throw new Error(`${id} is not in the catalog.`);
  return entry;
}

type Service = readonly [format: string, provider: string, model: string, basePath: string];

/** A service of each protocol, a model of it, and what its base URL ends with. */
const services: readonly Service[] = [
  ['openai-chat', 'groq', 'openai/gpt-oss-120b', '/openai/v1'],
  ['openai-responses', 'openai', 'gpt-6-sol', '/v1'],
  ['anthropic', 'anthropic', 'claude-sonnet-5-5', ''],
  ['ollama', 'ollama', 'm', ''],
];

const counting = { text: 'one, two, three, and so on until thirty' };

/** Looks up what it is asked for, and tells what it was told. */
const lookingUp: Respond = (request) => {
  const answers = answeredCalls(readRequest(request).steps).flatMap((call) => call.answers);
  if (answers.length > 0) return { text: answers.join(' and ') };
  return { calls: ['Oslo', 'Lima'].map((town) => ({ name: 'lookup_code', arguments: { town } })) };
};

async function tapeOf(check: CheckName, [, provider, model, basePath]: Service, script: ServerScript): Promise<Tape> {
  await using server = await modelServer(script, { models: ['one', 'two'], ollama: { models: { m: {} } } });
  await using between = await recorder(`${server.origin}${basePath}`);
  await checks[check]({
    provider: providerOf({ entry: entryOf(provider), key }, between.baseUrl),
    model,
    signal: never,
  });
  const exchanges = await between.exchanges();
  return { version: 1, provider, model, basePath: between.basePath, check, recordedOn: '2026-01-01', exchanges };
}

describe.each(services)('over %s', (...service) => {
  test.each([
    ['speech', [counting]],
    ['tools', lookingUp],
    ['key', []],
    ['models', lookingUp],
  ] as const)('a recording of %s can be kept, and is played back with the same result', async (check, script) => {
    const tape = await tapeOf(check, service, script);
    expect(tape.exchanges.length).toBeGreaterThan(0);
    const text = keepable(tape, key);
    expect(text).not.toContain(canaryKey);
    await expect(replay(tapeIn(text, 'tape'))).resolves.toBeUndefined();
  });
});

type Talk = { readonly server: ModelServer; readonly between: Recorder } & AsyncDisposable;

async function talk(script: ServerScript): Promise<Talk> {
  const server = await modelServer(script);
  const between = await recorder(server.url);
  return {
    server,
    between,
    async [Symbol.asyncDispose]() {
      await between[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

const modelAt = (between: Recorder) =>
  providerOf({ entry: entryOf('groq'), key }, between.baseUrl, { maxRetries: 0 }).model('m', never);

const tapeWith = (exchanges: Tape['exchanges']): Tape => ({
  version: 1,
  provider: 'groq',
  model: 'm',
  basePath: '/v1',
  check: 'speech',
  recordedOn: '2026-01-01',
  exchanges,
});

test('every piece is handed over when it comes, and written down with its time', async () => {
  const heard = createGate();
  await using passing = await talk([{ chunks: [C({ content: 'A' }), { until: heard.opened }, F({}, 'stop') + D] }]);
  const model = await modelAt(passing.between);
  await hear(model, asking('hello'), {
    onEvent: (event) => {
      if (event.type === 'text_delta') heard.open();
    },
  });
  const [exchange] = await passing.between.exchanges();
  expect(exchange?.response.chunks).toMatchObject([{ text: C({ content: 'A' }) }, { text: F({}, 'stop') + D }]);
  const [first, last] = (exchange?.response.chunks ?? []).map(({ atMs }) => atMs);
  expect(last).toBeGreaterThanOrEqual(first ?? Infinity);
});

test('the service is asked as it would be without a recorder, key and all, and the tape has no key', async () => {
  const json = { error: { message: `Incorrect API key provided: ${canaryKey}, of org-aB3dE5fG7hJ9.` } };
  await using passing = await talk([{ status: 401, json, headers: { 'x-request-id': 'req_1', 'retry-after': '3' } }]);
  await hear(await modelAt(passing.between), asking('hello'));
  expect(passing.server.requests[0]?.headers.authorization).toBe(`Bearer ${canaryKey}`);
  const kept = keepable(tapeWith(await passing.between.exchanges()), key);
  expect(kept).not.toContain(canaryKey);
  expect(kept).not.toContain('aB3dE5fG7hJ9');
  const [exchange] = tapeIn(kept, 'tape').exchanges;
  expect(exchange?.request.headers['authorization']).toBe('[redacted]');
  expect(exchange?.response).toMatchObject({ status: 401, headers: { 'retry-after': '3' } });
  expect(exchange?.response.headers).not.toHaveProperty('x-request-id');
});

test('a key that lies across two pieces is found, and the tape is not kept', async () => {
  const text = `data: ${canaryKey}`;
  await using passing = await talk([{ chunks: [C({ content: 'A' }), text.slice(0, 15), text.slice(15), D] }]);
  await hear(await modelAt(passing.between), asking('hello'));
  const [exchange] = await passing.between.exchanges();
  if (exchange === undefined) throw new Error('Nothing was recorded.');
  const pieces = [text.slice(0, 15), text.slice(15)].map((piece) => ({ atMs: 1, text: piece }));
  const split = { ...exchange, response: { ...exchange.response, chunks: pieces } };
  expect(() => keepable(tapeWith([split]), key)).toThrow('has the key in it');
});

test('a connection that breaks is broken on the tape as well', async () => {
  await using passing = await talk([{ text: 'half a', breaksOff: 'reset' }]);
  const heard = await hear(await modelAt(passing.between), asking('hello'));
  expect(heard.error).toMatchObject({ code: 'stream_broken' });
  const exchanges = await passing.between.exchanges();
  expect(exchanges).toMatchObject([{ response: { status: 200, end: 'reset' } }]);
  await expect(replay(tapeWith(exchanges))).rejects.toMatchObject({ code: 'stream_broken' });
});

test('a client that asks for something else than was recorded is told apart', async () => {
  await using passing = await talk([counting]);
  await hear(await modelAt(passing.between), asking('hello'));
  const elsewhere = (await passing.between.exchanges()).map((exchange) => ({
    ...exchange,
    request: { ...exchange.request, path: '/v2/chat' },
  }));
  await expect(replay(tapeWith(elsewhere))).rejects.toMatchObject({ code: 'provider_unavailable' });
});
