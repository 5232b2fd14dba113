import type { PullProgress, TraeError } from '@trae-cli/protocol';
import { ollamaNotation } from '@trae-cli/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { deserted, hear, asking, never } from '../conversation.js';
import { bareServer, key, providerAt, talkWith, type Talk } from './talk.js';

const { N } = ollamaNotation;

const installed = { ollama: { models: { 'qwen3.5': {}, 'llama3.2:3b': {}, 'house/coder': {} } } };

/** The vendor's client writes to the terminal where it is surprised; nothing here may get that far. */
const written: unknown[] = [];
const methods = ['log', 'warn', 'error', 'info', 'debug'] as const;
const kept = methods.map((name) => [name, console[name]] as const);

beforeEach(() => {
  written.length = 0;
  for (const name of methods) console[name] = (...words: unknown[]) => void written.push(words);
});

afterEach(() => {
  for (const [name, method] of kept) console[name] = method;
  expect(written).toEqual([]);
});

const errorOf = (promise: Promise<unknown>): Promise<TraeError> =>
  promise.then(
    () => Promise.reject(new Error('Nothing was thrown.')),
    (error: TraeError) => error,
  );

const pulled = async (talk: Talk, name: string, signal = never): Promise<readonly PullProgress[]> => {
  const progress: PullProgress[] = [];
  for await (const step of talk.provider.pull?.(name, signal) ?? []) progress.push(step);
  return progress;
};

test('case 101: the installed models are listed by name, with what newer servers say of them', async () => {
  await using talk = await talkWith([], { server: installed });
  expect((await talk.provider.listModels(never)).map(({ id }) => id)).toEqual([
    'qwen3.5:latest',
    'llama3.2:3b',
    'house/coder:latest',
  ]);
});

test('case 101b: abilities and windows come along, and an odd entry costs only itself', async () => {
  const models = [
    { name: 'a:latest', capabilities: ['completion', 'tools'], details: { context_length: 8192 } },
    { name: 7 },
    { name: 'b:latest', capabilities: 'many', details: null },
  ];
  await using server = await bareServer(() => ({ body: JSON.stringify({ models }) }));
  expect(await providerAt(server.origin).listModels(never)).toEqual([
    { id: 'a:latest', tools: true, images: false, reasoning: false, contextWindow: 8192 },
    { id: 'b:latest' },
  ]);
});

test.each([
  ['another kind of list', { body: '{"object":"list","data":[]}' }, 'provider_protocol'],
  ['a web page', { body: '<html></html>' }, 'provider_protocol'],
  ['words', { body: 'It works!' }, 'provider_protocol'],
  ['an error in words', { status: 500, body: 'oops' }, 'provider_unavailable'],
  ['an error as an object', { status: 401, body: '{"error":{"message":"no"}}' }, 'credentials_rejected'],
])('%s in the place of the list is an error, and nothing is written to the terminal', async (_what, answer, code) => {
  await using server = await bareServer(() => answer);
  expect((await errorOf(providerAt(server.origin).listModels(never))).code).toBe(code);
});

test('a model that is not there is named with the ways to fetch it, and with the ones that are', async () => {
  await using talk = await talkWith([], { server: installed, model: 'qwen3.6' });
  const { code, hint, message } = await errorOf(talk.model());
  expect(code).toBe('model_unknown');
  expect(message).toContain('does not have the model "qwen3.6". Did you mean');
  expect(hint).toContain('`ollama pull qwen3.6`');
  expect(hint).toContain('--pull');
  expect(hint).toContain('qwen3.5, llama3.2:3b, house/coder');
});

test.each(['qwen3.5', 'qwen3.5:latest', 'house/coder'])('%s is there under its whole name', async (model) => {
  await using talk = await talkWith([], { server: installed, model });
  expect((await talk.model()).ref.model).toBe(model);
});

test('a server of another kind is told from one that lacks the model', async () => {
  const notFound = { error: { message: 'File Not Found', type: 'not_found_error', code: 404 } };
  await using server = await bareServer(() => ({ status: 404, body: JSON.stringify(notFound) }));
  const { code, hint } = await errorOf(providerAt(server.origin).model('m', never));
  expect(code).toBe('config_invalid');
  expect(hint).toContain('Check the base URL');
});

test('a refused key is heard of before a turn', async () => {
  await using server = await bareServer(() => ({ status: 401, body: '{"error":"unauthorized"}' }));
  const provider = providerAt(server.origin, { settings: { apiKey: key() } });
  expect((await errorOf(provider.model('m', never))).code).toBe('credentials_rejected');
  expect((await errorOf(provider.checkKey(never))).code).toBe('credentials_rejected');
});

test('a server that stalls when it is asked about the model is talked to all the same, with a window', async () => {
  const line = '{"message":{"content":"Fine."},"done":true,"prompt_eval_count":5}';
  await using server = await bareServer((path) => (path === '/api/chat' ? { body: line } : undefined));
  const model = await providerAt(server.origin, { settings: { headersTimeoutMs: 60 } }).model('m', never);
  expect((await hear(model, asking('hello'))).text).toBe('Fine.');
  expect(model.traits).toMatchObject({ contextWindow: 32_768 });
});

test('case 128: a download is told step by step, and ends with the last', async () => {
  const steps = [
    { status: 'pulling manifest' },
    { status: 'pulling d1', digest: 'd1', total: 100, completed: 40 },
    { status: 'success' },
  ];
  await using talk = await talkWith([{ chunks: steps.map(N) }], { server: installed });
  expect(await pulled(talk, 'gemma4')).toEqual([
    { status: 'pulling manifest' },
    { status: 'pulling d1', total: 100, completed: 40 },
    { status: 'success' },
  ]);
});

test('case 128b: an error in the middle of a success is the error', async () => {
  const chunks = [N({ status: 'pulling manifest' }), N({ error: 'pull model manifest: file does not exist' })];
  await using talk = await talkWith([{ chunks }], { server: installed });
  const { code, hint, message } = await errorOf(pulled(talk, 'gemma5'));
  expect(code).toBe('model_unknown');
  expect(message).toContain('There is no model "gemma5" to fetch');
  expect(hint).toContain('https://ollama.com/library');
});

test.each([
  ['stops without an end', [N({ status: 'pulling manifest' })], 'stream_broken'],
  ['has a line that is no JSON', [N({ status: 'pulling manifest' }), 'oops\n'], 'provider_protocol'],
  ['tells an error as an object', [N({ error: { message: 'disk full' } })], 'provider_unavailable'],
])('case 128c: a download that %s has failed', async (_what, chunks, code) => {
  await using talk = await talkWith([{ chunks }], { server: installed });
  expect((await errorOf(pulled(talk, 'gemma4'))).code).toBe(code);
});

test('nothing is fetched that is there', async () => {
  await using talk = await talkWith([], { server: installed });
  expect(await pulled(talk, 'qwen3.5')).toEqual([]);
  expect(talk.paths).toEqual(['/api/show']);
});

test('a download ends when it is aborted, and when nobody listens any more', async () => {
  const endless = { chunks: [N({ status: 'pulling manifest' })], end: 'hang' } as const;
  await using talk = await talkWith([endless, endless], { server: installed });
  const controller = new AbortController();
  const reason = new Error('enough');
  const steps = talk.provider.pull?.('gemma4', controller.signal)[Symbol.asyncIterator]();
  await steps?.next();
  controller.abort(reason);
  await expect(steps?.next()).rejects.toBe(reason);
  for await (const _step of talk.provider.pull?.('gemma4', never) ?? []) break;
  expect(await Promise.all(talk.server.turns.map(({ ended }) => ended))).toEqual(['abandoned', 'abandoned']);
});

test('where nobody listens, a download says how to start the server', async () => {
  const origin = (await deserted()).replace(/\/v1$/, '');
  const steps = providerAt(origin).pull?.('gemma4', never)[Symbol.asyncIterator]();
  const { code, hint } = await errorOf(Promise.resolve(steps?.next()));
  expect(code).toBe('provider_unavailable');
  expect(hint).toContain('`ollama serve`');
});
