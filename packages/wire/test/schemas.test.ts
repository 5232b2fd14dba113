import { chatChunkSchema, chatReplySchema, chatRequestSchema, errorBodySchema, modelListSchema } from '@trae-cli/wire';
import { describe, expect, test } from 'vitest';

describe('a request', () => {
  const request = {
    model: 'm',
    stream: true,
    messages: [
      { role: 'system', content: 'Be brief.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'look' },
          { type: 'image_url', image_url: { url: 'data:,' } },
        ],
      },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'a', type: 'function', function: { name: 'read', arguments: '{"path":"x"}' } }],
      },
      { role: 'tool', tool_call_id: 'a', content: 'text' },
    ],
    tools: [{ type: 'function', function: { name: 'read', parameters: { type: 'object', properties: {} } } }],
    tool_choice: 'auto',
  };

  test('is read with what its schema does not name', () => {
    expect(chatRequestSchema.parse({ ...request, seed: 7 })).toEqual({ ...request, seed: 7 });
  });

  test('is refused where a role is not one', () => {
    const messages = [{ role: 'narrator', content: 'Once upon a time' }];
    expect(chatRequestSchema.safeParse({ ...request, messages }).success).toBe(false);
  });
});

describe('an answer', () => {
  test.each([
    [{ id: 'c', choices: [{ index: 0, delta: { content: 'Hi' }, finish_reason: null }] }],
    [{ choices: [], prompt_filter_results: [] }],
    [{ choices: null, usage: { prompt_tokens: 9, completion_tokens: 1, cost: 0.1 } }],
    [{ choices: [{ delta: { tool_calls: [{ index: '0', function: { arguments: { path: 'x' } } }] } }] }],
    [{ error: { code: 502, message: 'gone' }, choices: [] }],
  ])('may come in the chunk %j', (chunk) => {
    expect(chatChunkSchema.parse(chunk)).toEqual(chunk);
  });

  test('may come whole', () => {
    const reply = { choices: [{ message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }] };
    expect(chatReplySchema.parse(reply)).toEqual(reply);
  });
});

test.each([
  [[{ id: 'a' }, { id: 'b' }]],
  [{ object: 'list', data: [{ id: 'a' }, null, {}, { id: 'b' }] }],
  [{ models: [{ id: 'a' }, { id: 'b' }] }],
])('the models of %j are a and b', (list) => {
  expect(modelListSchema.parse(list).map(({ id }) => id)).toEqual(['a', 'b']);
});

describe('an error', () => {
  test.each([
    [{ error: { message: 'bad', type: 'invalid_request_error', param: null, code: null } }],
    [{ error: { code: 429, message: 'bad', metadata: { raw: 'worse' } }, user_id: 'u' }],
    [{ type: 'error', error: { type: 'overloaded_error', message: 'bad' }, request_id: 'r' }],
    [{ error: 'bad' }],
    [{ detail: 'bad' }],
    [{ detail: [{ loc: ['body', 'stream_options'], msg: 'bad', type: 'extra_forbidden' }] }],
    [{ code: 'InvalidParameter', message: 'bad', request_id: 'r' }],
    [{ code: 400, reason: 'INVALID_REQUEST_BODY', message: 'bad', metadata: {} }],
    [{ object: 'error', message: 'bad', type: 'BadRequestError', param: null, code: 400 }],
    [[{ error: { code: 400, message: 'bad', status: 'INVALID_ARGUMENT' } }]],
    [{ message: 'bad' }],
  ])('is known in the form %j', (body) => {
    expect(errorBodySchema.parse(body)).toMatchObject(body);
  });

  test('is known also where a field is not what it should be', () => {
    const body = { error: { message: 'bad', code: { deep: 1 }, metadata: 'none' } };
    expect(errorBodySchema.parse(body)).toMatchObject({ error: { message: 'bad', code: null } });
  });

  test.each([[{}], ['bad'], [null], [[]]])('is not %j', (body) => {
    expect(errorBodySchema.safeParse(body).success).toBe(false);
  });
});
