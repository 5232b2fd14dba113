import { isJsonObject, type JsonValue } from '@trae-cli/protocol';
import { chatNotation, createGate, modelServer, splitAt, splitEvery } from '@trae-cli/testkit';
import { expect, test } from 'vitest';

const post = (url: string, body: JsonValue, signal?: AbortSignal): Promise<Response> =>
  fetch(`${url}/chat/completions`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { authorization: 'Bearer k', 'content-type': 'application/json' },
    ...(signal === undefined ? {} : { signal }),
  });

const stream = { model: 'm', stream: true };

const dataOf = (text: string): readonly string[] =>
  text
    .split('\n\n')
    .filter((block) => block !== '')
    .map((block) => block.replace('data: ', ''));

test('a text comes as a stream with a finish reason, usage and an end mark', async () => {
  await using server = await modelServer([{ text: 'Hello there' }]);
  const response = await post(server.url, stream);
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const chunks = dataOf(await response.text());
  expect(chunks.at(-1)).toBe('[DONE]');
  const choices = chunks.slice(0, -1).map((chunk) => (JSON.parse(chunk) as { choices: JsonValue[] }).choices[0]);
  expect(choices).toMatchObject([
    { delta: { role: 'assistant' } },
    { delta: { content: 'Hello ' } },
    { delta: { content: 'there' } },
    { finish_reason: 'stop' },
    undefined,
  ]);
});

test('whoever does not ask for a stream gets one body with the call in it', async () => {
  await using server = await modelServer([{ calls: [{ name: 'ls', arguments: { path: '.' } }] }]);
  const body = (await (await post(server.url, { model: 'm' })).json()) as JsonValue;
  expect(body).toMatchObject({
    choices: [
      {
        finish_reason: 'tool_calls',
        message: { tool_calls: [{ id: 'call_1', function: { name: 'ls', arguments: '{"path":"."}' } }] },
      },
    ],
  });
});

test('call arguments arrive in pieces that add up, also where a character is wider than a byte', async () => {
  const path = 'añö😀😀😀😀z';
  await using server = await modelServer([{ calls: [{ name: 'ls', arguments: { path } }] }]);
  const chunks = dataOf(await (await post(server.url, stream)).text());
  const pieces = chunks.flatMap((chunk) => [...chunk.matchAll(/"arguments":("(?:[^"\\]|\\.)*")/g)]);
  expect(JSON.parse(pieces.map((match) => JSON.parse(match[1] ?? '') as string).join(''))).toEqual({ path });
});

test('requests are written down with path, headers and body', async () => {
  await using server = await modelServer([{ text: 'a' }, { status: 503, json: { error: 'busy' } }]);
  await (await post(server.url, stream)).text();
  expect((await post(server.url, stream)).status).toBe(503);
  const [first] = server.requests;
  expect(first).toMatchObject({ method: 'POST', path: '/v1/chat/completions', body: stream });
  expect(first?.headers.authorization).toBe('Bearer k');
  expect(first?.raw.toString()).toBe(JSON.stringify(stream));
  expect(await first?.ended).toBe('answered');
});

test('a function can answer by the request, and models can be listed beside the script', async () => {
  await using server = await modelServer(
    ({ body }) => ({ text: isJsonObject(body) && body['model'] === 'm' ? 'm' : 'another' }),
    { models: ['m1', 'm2'] },
  );
  expect(await (await fetch(`${server.url}/models`)).json()).toMatchObject({ data: [{ id: 'm1' }, { id: 'm2' }] });
  expect(await (await post(server.url, stream)).text()).toContain('"content":"m"');
});

test('a client that leaves early is seen', async () => {
  await using server = await modelServer([{ chunks: [chatNotation.C({ content: 'A' })], end: 'hang' }]);
  const controller = new AbortController();
  const response = await post(server.url, stream, controller.signal);
  await response.body?.getReader().read();
  controller.abort();
  expect(await server.requests[0]?.ended).toBe('abandoned');
});

test('a reset connection is an error for the client after what was sent', async () => {
  await using server = await modelServer([{ chunks: ['data: 1\n\n'], end: 'reset' }]);
  const response = await post(server.url, stream);
  await expect(response.text()).rejects.toThrow('terminated');
});

test('the headers and the chunks wait for their gates', async () => {
  const [headers, chunk] = [createGate(), createGate()];
  await using server = await modelServer([
    { before: { until: headers.opened }, chunks: ['first', { until: chunk.opened }, 'second', { waitMs: 1 }, 'third'] },
  ]);
  const responding = post(server.url, stream);
  await server.untilRequests(1);
  headers.open();
  const decoder = new TextDecoder();
  let heard = '';
  for await (const bytes of (await responding).body ?? []) {
    heard += decoder.decode(bytes, { stream: true });
    if (heard === 'first') chunk.open();
  }
  expect(heard).toBe('firstsecondthird');
});

test('a request beyond the script is refused with the reason', async () => {
  await using server = await modelServer([]);
  const response = await post(server.url, stream);
  expect(response.status).toBe(400);
  expect(await response.text()).toContain('The script of the model server has 0 answers; request 1 came.');
});

test('closing the server ends exchanges that would hang for ever', async () => {
  const server = await modelServer([
    { before: { until: new Promise(() => undefined) } },
    () => new Promise(() => undefined),
  ]);
  const outcomes = Promise.allSettled([post(server.url, stream), post(server.url, stream)]);
  await server.untilRequests(2);
  await server[Symbol.asyncDispose]();
  expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});

test('closing the server ends a write that nobody reads', async () => {
  const server = await modelServer([{ chunks: Array.from({ length: 64 }, () => 'x'.repeat(1 << 20)) }]);
  const response = await post(server.url, stream);
  expect(response.status).toBe(200);
  await server[Symbol.asyncDispose]();
  expect(await server.requests[0]?.ended).toBe('abandoned');
  await expect(response.text()).rejects.toThrow('terminated');
});

test('a body is cut at any byte and adds up again', () => {
  expect(splitAt('aéz', [2]).map((packet) => [...packet])).toEqual([
    [0x61, 0xc3],
    [0xa9, 0x7a],
  ]);
  expect(Buffer.concat(splitEvery('😀 and more', 1)).toString()).toBe('😀 and more');
  expect(splitEvery('abcde', 2).map((packet) => packet.length)).toEqual([2, 2, 1]);
});
