import {
  messagesErrorSchema,
  messagesEventSchema,
  messagesModelsSchema,
  messagesRequestSchema,
  ollamaChatLineSchema,
  ollamaChatRequestSchema,
  ollamaErrorSchema,
  ollamaPullLineSchema,
  ollamaShowSchema,
  ollamaTagsSchema,
  responsesEventSchema,
  responsesRequestSchema,
} from '@trae-cli/wire';
import { describe, expect, test } from 'vitest';

describe('Messages', () => {
  const request = {
    model: 'm',
    max_tokens: 16_000,
    stream: true,
    system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } }],
    tools: [{ name: 'read', input_schema: { type: 'object', properties: {} }, cache_control: { type: 'ephemeral' } }],
    tool_choice: { type: 'auto', disable_parallel_tool_use: false },
    thinking: { type: 'adaptive' },
    output_config: { effort: 'high' },
    messages: [
      { role: 'user', content: 'hi' },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: '', signature: 'Eq' },
          { type: 'redacted_thinking', data: 'x' },
          { type: 'tool_use', id: 'toolu_1', name: 'read', input: { path: 'a' } },
          { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: {} },
        ],
      },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'text', is_error: false }] },
    ],
  };

  test('a request is read with what its schema does not name', () => {
    expect(messagesRequestSchema.parse({ ...request, service_tier: 'auto' })).toEqual({
      ...request,
      service_tier: 'auto',
    });
  });

  test.each([
    [[{ type: 'text', text: ' \n' }]],
    [[{ type: 'tool_use', id: 'functions.read:0', name: 'read', input: {} }]],
    [[{ type: 'tool_use', id: 'a', name: 'read', input: '{}' }]],
    [[{ type: 'thinking', thinking: 'no signature' }]],
    [[]],
  ])('an answer of the model does not go back as %j', (content) => {
    const messages = [{ role: 'assistant', content }];
    expect(messagesRequestSchema.safeParse({ ...request, messages }).success).toBe(false);
  });

  test.each([
    [{ type: 'content_block_start', index: 3, content_block: { type: 'tool_use', id: 'a', name: 'read' } }],
    [{ type: 'content_block_delta', index: 0, delta: { type: 'citations_delta', citation: {} } }],
    [{ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 7, input_tokens: null } }],
    [{ type: 'ping' }],
    [{ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }],
  ])('%j is an event', (event) => {
    expect(messagesEventSchema.parse(event)).toMatchObject(event);
  });

  test('an error may lack what is around it', () => {
    const error = { type: 'invalid_request_error', message: 'bad' };
    expect(messagesErrorSchema.parse({ error })).toMatchObject({ error });
    expect(messagesErrorSchema.parse({ type: 'error', error, request_id: 'r' })).toMatchObject({ request_id: 'r' });
  });

  test('a page of models may lack all that makes it a page', () => {
    expect(messagesModelsSchema.parse({ data: [{ id: 'a' }], has_more: 'no' })).toMatchObject({
      data: [{ id: 'a' }],
      has_more: undefined,
    });
  });
});

describe('Responses', () => {
  const request = {
    model: 'm',
    stream: true,
    store: false,
    include: ['reasoning.encrypted_content'],
    instructions: 'Be brief.',
    tools: [{ type: 'function', name: 'read', parameters: { type: 'object', properties: {} }, strict: false }],
    max_output_tokens: 16,
    input: [
      {
        role: 'user',
        content: [
          { type: 'input_text', text: 'look' },
          { type: 'input_image', image_url: 'data:,' },
        ],
      },
      { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'x' },
      { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Reading' }] },
      { type: 'function_call', call_id: 'a', name: 'read', arguments: '{}' },
      { type: 'function_call_output', call_id: 'a', output: [{ type: 'input_text', text: 'of a' }] },
      { type: 'web_search_call', id: 'ws_1' },
    ],
  };

  test('a request is read with what its schema does not name', () => {
    expect(responsesRequestSchema.parse({ ...request, truncation: 'disabled' })).toEqual({
      ...request,
      truncation: 'disabled',
    });
  });

  test.each([
    [{ max_output_tokens: 15 }],
    [{ tools: [] }],
    [{ tools: [{ type: 'function', function: { name: 'read' } }] }],
    [{ input: [{ role: 'assistant', content: [{ type: 'input_text', text: 'x' }] }] }],
    [{ input: [{ type: 'function_call', call_id: '', name: 'read', arguments: '{}' }] }],
    [{ input: [{ type: 'function_call_output', call_id: 'a' }] }],
    [{ input: [{ role: 'tool', content: 'x' }] }],
  ])('a request is refused with %j', (fields) => {
    expect(responsesRequestSchema.safeParse({ ...request, ...fields }).success).toBe(false);
  });

  test.each([
    [{ type: 'response.created', response: { id: 'r', status: 'in_progress' } }],
    [{ type: 'response.output_item.done', output_index: 1, item: { type: 'function_call', arguments: '{}' } }],
    [{ type: 'response.failed', response: { error: { code: 'server_error', message: 'bad' } } }],
    [{ type: 'error', code: null, message: 'bad', param: null }],
    [{ type: 'error', error: { message: 'bad' } }],
  ])('%j is an event', (event) => {
    expect(responsesEventSchema.parse(event)).toEqual(event);
  });
});

describe('Ollama', () => {
  test.each([
    [{ role: 'assistant', tool_calls: [{ function: { name: 'read', arguments: '{}' } }] }],
    [{ role: 'user', content: 'x', images: ['data:image/png;base64,iVBO'] }],
    [{ role: 'user', content: [{ type: 'text', text: 'x' }] }],
  ])('a request is refused with the message %j', (message) => {
    expect(ollamaChatRequestSchema.safeParse({ model: 'm', messages: [message] }).success).toBe(false);
  });

  test('a request says how much room the model has', () => {
    const request = {
      model: 'm',
      messages: [],
      think: 'high',
      options: { num_ctx: 8192, mirostat: 1 },
      keep_alive: -1,
    };
    expect(ollamaChatRequestSchema.parse(request)).toEqual(request);
  });

  test.each([
    [
      {
        message: { role: 'assistant', content: '', tool_calls: [{ function: { name: 'ls', arguments: {} } }] },
        done: true,
      },
    ],
    [{ error: 'model runner has unexpectedly stopped' }],
    [{ model: 'm', done: true, done_reason: 'load' }],
  ])('%j is a line of an answer', (line) => {
    expect(ollamaChatLineSchema.parse(line)).toEqual(line);
  });

  test.each([
    [{ status: 'pulling 1', digest: 'sha256:1', total: 9, completed: 1 }],
    [{ status: 'success' }],
    [{ error: 'pull model manifest: file does not exist' }],
  ])('%j is a line of a download', (line) => {
    expect(ollamaPullLineSchema.parse(line)).toEqual(line);
  });

  test('what is odd in one model leaves the others as they are', () => {
    const models = [{ name: 'a:latest', size: 'big', details: null, capabilities: ['tools'] }, null, { size: 1 }];
    expect(ollamaTagsSchema.parse({ models }).models).toEqual([{ name: 'a:latest', capabilities: ['tools'] }]);
    expect(ollamaTagsSchema.parse({ models: null }).models).toEqual([]);
  });

  test('an old server says little of a model', () => {
    expect(ollamaShowSchema.parse({ modelfile: '', parameters: 'num_ctx 8192' })).toMatchObject({
      parameters: 'num_ctx 8192',
    });
  });

  test('an error is text, never an object', () => {
    expect(ollamaErrorSchema.parse({ error: 'unauthorized', signin_url: 'x' })).toMatchObject({ signin_url: 'x' });
    expect(ollamaErrorSchema.safeParse({ error: { message: 'bad' } }).success).toBe(false);
  });
});
