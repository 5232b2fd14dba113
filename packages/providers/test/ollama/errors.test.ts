import { catalog } from '@trae-cli/providers';
import { expect, test, vi } from 'vitest';
import { endpointOf } from '../../src/endpoint.js';
import { translate } from '../../src/errors/translate.js';
import { asking, deserted, hear, never, retriesOf, told } from '../conversation.js';
import { noticesOf, providerAt, type TalkOptions, talkWith } from './talk.js';

const refusal = (status: number, error: string, more = {}) => ({ status, json: { error, ...more } });

async function refusedWith(answer: Parameters<typeof talkWith>[0], options: TalkOptions = {}) {
  await using talk = await talkWith(answer, options);
  const heard = await talk.hear();
  return { heard, turns: talk.server.turns.length };
}

test('case 90: where nobody listens, it is tried three times, and the commands are named', async () => {
  const origin = (await deserted()).replace(/\/v1$/, '');
  const model = await providerAt(origin, { settings: { maxRetries: 3 } }).model('qwen3.5', never);
  const heard = await hear(model, asking('hello'));
  expect(retriesOf(heard)).toHaveLength(2);
  expect(heard.error).toMatchObject({ code: 'provider_unavailable' });
  expect(told(heard)).toContain(new URL(origin).host);
  for (const command of ['`ollama serve`', '`ollama list`', '`ollama pull qwen3.5`', 'install.sh | sh'])
    expect(told(heard)).toContain(command);
});

test.each([
  ['http://127.0.0.1:11434', /`ollama serve`.*`ollama pull m`/],
  ['http://box:11434', /Start Ollama on that machine.*OLLAMA_HOST=0\.0\.0\.0 ollama serve.*http:\/\/box:11434/],
  ['https://ollama.com', /^Check the network connection/],
])('case 90b: what to start where %s refuses the connection', (baseUrl, words) => {
  const cause = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
  const entry = catalog.find(({ id }) => id === 'ollama');
  if (entry === undefined) throw new Error('There is no entry.');
  const context = {
    endpoint: endpointOf(entry, baseUrl, {}),
    apiFormat: 'ollama',
    model: 'm',
    quotaIsRate: false,
  } as const;
  expect(translate({ type: 'unreachable', cause }, context).error.hint).toMatch(words);
});

test('case 121: a model without tools is told apart, and nobody tries the same again', async () => {
  const { heard, turns } = await refusedWith(
    [refusal(400, 'registry.ollama.ai/library/gemma:latest does not support tools')],
    {
      settings: { maxRetries: 3, toolMode: 'native' },
    },
  );
  expect(heard.error).toMatchObject({ code: 'request_rejected' });
  expect(turns).toBe(1);
});

test('case 121b: unless the person says otherwise, the same turn is asked for again without tools, and the next ones too', async () => {
  const said = 'registry.ollama.ai/library/gemma:latest does not support tools';
  await using talk = await talkWith([refusal(400, said), { text: 'Fine.' }, { text: 'Again.' }]);
  expect((await talk.hear()).text).toBe('Fine.');
  expect((await talk.hear()).text).toBe('Again.');
  expect(talk.bodies.map((body) => 'tools' in body)).toEqual([true, false, false]);
});

test('case 121c: a model that says that it has no tools is never sent any', async () => {
  const server = { ollama: { models: { m: { capabilities: ['completion'] } } } };
  await using talk = await talkWith([{ text: 'Fine.' }], { server });
  expect((await talk.hear()).text).toBe('Fine.');
  expect(talk.bodies[0]).not.toHaveProperty('tools');
});

test('case 122: a model that does not think is asked again without that', async () => {
  const server = { ollama: { models: { m: { capabilities: null } } } };
  await using talk = await talkWith(
    [refusal(400, '"m" does not support thinking'), { text: 'Fine.' }, { text: 'Again.' }],
    {
      server,
      settings: { reasoningEffort: 'high' },
    },
  );
  expect((await talk.hear()).text).toBe('Fine.');
  await talk.hear();
  expect(talk.bodies.map((body) => body['think'])).toEqual([true, undefined, undefined]);
});

test('an option of the wrong type is left out, the window kept', async () => {
  await using talk = await talkWith([refusal(400, 'option "top_k" must be of type integer'), { text: 'Fine.' }]);
  expect((await talk.hear(asking('x', { sampling: { topK: 1.5 } }))).text).toBe('Fine.');
  expect(talk.bodies.map((body) => body['options'])).toEqual([{ num_ctx: 65_536, top_k: 1.5 }, { num_ctx: 65_536 }]);
});

test('case 125: a page that is not found is an address that is wrong, and nobody writes to the terminal', async () => {
  const written = (['stdout', 'stderr'] as const).map((stream) => vi.spyOn(process[stream], 'write'));
  const { heard, turns } = await refusedWith([
    { status: 404, headers: { 'content-type': 'text/plain' }, body: '404 page not found' },
  ]);
  for (const stream of written) {
    expect(stream).not.toHaveBeenCalled();
    stream.mockRestore();
  }
  expect(heard.error).toMatchObject({ code: 'config_invalid' });
  expect(told(heard)).toContain('Check the base URL');
  expect(turns).toBe(1);
});

test.each([
  [401, { error: 'unauthorized' }, 'credentials_rejected', /OLLAMA_API_KEY|API key/],
  [
    401,
    { error: 'unauthorized', signin_url: 'https://ollama.com/connect?name=x&key=y' },
    'credentials_rejected',
    /Sign in at https:\/\/ollama\.com\/connect\?name=x&key=y/,
  ],
  [
    500,
    { error: 'model requires more system memory (9.9 GiB) than is available (7.2 GiB)' },
    'provider_unavailable',
    /smaller model.*context_window/,
  ],
  [400, { error: 'prompt too long; exceeded max context length by 312 tokens' }, 'context_overflow', /context-window/],
  [400, { error: '"m" does not support chat' }, 'model_unknown', /does not support chat/],
])('HTTP %i %j is %s, at once', async (status, json, code, words) => {
  const { heard, turns } = await refusedWith([{ status, json }], { settings: { maxRetries: 3 } });
  expect(heard.error).toMatchObject({ code });
  expect(told(heard)).toMatch(words);
  expect(turns).toBe(1);
});

test.each([503, 500])('HTTP %i is tried again', async (status) => {
  const busy = refusal(status, 'server busy, please try again.  maximum pending requests exceeded');
  const { heard } = await refusedWith([busy, { text: 'Fine.' }], { settings: { maxRetries: 3 } });
  expect(heard.text).toBe('Fine.');
});

test('a model that is slow to load is not a timeout, and is announced', async () => {
  const { heard } = await refusedWith([
    { before: { waitMs: 150 }, chunks: ['{"message":{"content":"a"},"done":true}\n'] },
  ]);
  expect(heard).toMatchObject({ text: 'a', stop: 'end' });
  expect(noticesOf(heard).join()).toContain('is being loaded into memory');
});

test('a server that falls silent in the middle is hung up on, by the limit that was set', async () => {
  const { heard } = await refusedWith([{ text: 'half', breaksOff: 'hang' }], { settings: { idleTimeoutMs: 60 } });
  expect(heard.error).toMatchObject({ code: 'stream_broken' });
});

test('case 126: of two chats at once, one is aborted and the other goes on', async () => {
  await using talk = await talkWith((request) =>
    JSON.stringify(request.body).includes('first')
      ? { text: 'half', breaksOff: 'hang' }
      : { before: { waitMs: 50 }, chunks: ['{"message":{"content":"whole"},"done":true}\n'] },
  );
  const controller = new AbortController();
  const stop = (event: { type: string }): void => {
    if (event.type === 'text_delta') controller.abort();
  };
  const [first, second] = await Promise.all([
    talk.hear(asking('first'), { signal: controller.signal, onEvent: stop }),
    talk.hear(asking('second')),
  ]);
  expect(first.stop).toBeUndefined();
  expect(second).toMatchObject({ text: 'whole', stop: 'end' });
});
