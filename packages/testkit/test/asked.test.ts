import type { JsonObject } from '@trae-cli/protocol';
import { answeredCalls, modelServer, readRequest } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { post } from './asking.js';

/** What a server makes of a request. */
async function asked(path: string, body: JsonObject) {
  await using server = await modelServer([{ text: 'Hi' }]);
  await (await post(`${server.origin}${path}`, { model: 'm', ...body })).text();
  const [request] = server.turns;
  if (request === undefined) throw new Error('Nothing was asked.');
  return readRequest(request);
}

type Talk = { readonly path: string; readonly whole: JsonObject; readonly stray: JsonObject };

const chatCall = { id: 'a', type: 'function', function: { name: 'read', arguments: '{"path":"x"}' } };
const chatAnswer = { role: 'tool', tool_call_id: 'a', content: 'of x' };
const useBlock = { type: 'tool_use', id: 'a', name: 'read', input: { path: 'x' } };
const resultBlock = { type: 'tool_result', tool_use_id: 'a', content: [{ type: 'text', text: 'of x' }] };
const callItem = { type: 'function_call', call_id: 'a', name: 'read', arguments: '{"path":"x"}' };
const outputItem = { type: 'function_call_output', call_id: 'a', output: 'of x' };
const ollamaCall = { function: { name: 'read', arguments: { path: 'x' } } };
const ollamaAnswer = { role: 'tool', tool_name: 'read', content: 'of x' };
const user = (content: JsonObject[] | string): JsonObject => ({ role: 'user', content });

const talks: Readonly<Record<string, Talk>> = {
  'Chat Completions': {
    path: '/v1/chat/completions',
    whole: {
      stop: ['END'],
      messages: [
        user([{ type: 'image_url', image_url: { url: 'data:image/png;base64,iVBO' } }]),
        { role: 'assistant', content: null, tool_calls: [chatCall] },
        chatAnswer,
      ],
    },
    stray: { messages: [{ role: 'assistant', tool_calls: [chatCall] }, user('Wait.'), chatAnswer] },
  },
  Messages: {
    path: '/v1/messages',
    whole: {
      max_tokens: 9,
      stop_sequences: ['END'],
      messages: [
        user([{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBO' } }]),
        { role: 'assistant', content: [{ type: 'thinking', thinking: '', signature: 's' }, useBlock] },
        user([resultBlock, { type: 'text', text: 'And?' }]),
      ],
    },
    stray: {
      max_tokens: 9,
      messages: [
        user('Go.'),
        { role: 'assistant', content: [useBlock] },
        user([{ type: 'text', text: 'Wait.' }, resultBlock]),
      ],
    },
  },
  Ollama: {
    path: '/api/chat',
    whole: {
      options: { stop: ['END'] },
      messages: [
        { role: 'user', content: '', images: ['iVBO'] },
        { role: 'assistant', content: '', tool_calls: [ollamaCall] },
        ollamaAnswer,
      ],
    },
    stray: { messages: [{ role: 'assistant', tool_calls: [ollamaCall] }, ollamaAnswer, ollamaAnswer] },
  },
  Responses: {
    path: '/v1/responses',
    whole: {
      input: [
        user([{ type: 'input_image', image_url: 'data:image/png;base64,iVBO' }]),
        { type: 'reasoning', summary: [], encrypted_content: 'sealed' },
        callItem,
        outputItem,
      ],
    },
    stray: { input: [callItem, user('Wait.'), outputItem] },
  },
};

describe.each(Object.entries(talks))('a conversation in %s', (name, { path, whole, stray }) => {
  test('tells its calls with their answers, its images and the texts that end it', async () => {
    const { images, steps, stop } = await asked(path, whole);
    expect(answeredCalls(steps)).toMatchObject([{ name: 'read', arguments: { path: 'x' }, answers: ['of x'] }]);
    expect(images).toEqual(['iVBO']);
    expect(stop).toEqual(name === 'Responses' ? [] : ['END']);
  });

  test('is refused where an answer does not stand behind its call', async () => {
    await expect(asked(path, stray).then(({ steps }) => answeredCalls(steps))).rejects.toThrow(/stands b/);
  });
});

test.each([
  ['/v1/chat/completions', { messages: [{ role: 'narrator', content: 'Once' }] }],
  [
    '/v1/chat/completions',
    { messages: [{ role: 'assistant', tool_calls: [{ ...chatCall, function: { name: 'x', arguments: '{"a' } }] }] },
  ],
  [
    '/v1/messages',
    { max_tokens: 9, messages: [user(' '), { role: 'assistant', content: [{ type: 'text', text: ' ' }] }] },
  ],
  ['/v1/messages', { max_tokens: 9, messages: [{ role: 'assistant', content: 'Hi' }] }],
  ['/v1/messages', { messages: [user('Go.')] }],
  [
    '/v1/messages',
    {
      max_tokens: 9,
      messages: [user('Go.'), { role: 'assistant', content: [{ ...useBlock, id: 'functions.read:0' }] }],
    },
  ],
  ['/v1/responses', { input: [{ ...callItem, call_id: 'x'.repeat(65) }] }],
  ['/v1/responses', { input: [], stop: ['END'] }],
  ['/api/chat', { messages: [{ role: 'assistant', tool_calls: [{ function: { name: 'x', arguments: '{}' } }] }] }],
  ['/api/chat', { messages: [{ role: 'user', content: '', images: ['data:image/png;base64,iVBO'] }] }],
])('%s refuses %j', async (path, body) => {
  await expect(asked(path, body)).rejects.toThrow(/invalid|JSON|first message|no `stop`/i);
});
