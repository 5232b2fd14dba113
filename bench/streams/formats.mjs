/** What a service of each protocol sends for one small delta, and around all of them. */
const event = (value) => `data: ${JSON.stringify(value)}\n\n`;
const named = (type, more) => `event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`;
const line = (value) => `${JSON.stringify(value)}\n`;

const chat = (choices, more = {}) =>
  event({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'bench', choices, ...more });
const chatDelta = (delta, finishReason = null) => chat([{ index: 0, delta, finish_reason: finishReason }]);

const words = (number) => ` w${number % 1000}`;

/** By the name of the protocol: the path it is asked at, the content type, and the pieces of a stream. */
export const streamFormats = {
  'openai-chat': {
    path: '/v1/chat/completions',
    contentType: 'text/event-stream',
    begin: chatDelta({ role: 'assistant', content: '' }),
    delta: (number) => chatDelta({ content: words(number) }),
    end: `${chatDelta({}, 'stop')}${chat([], { usage: { prompt_tokens: 9, completion_tokens: 9 } })}data: [DONE]\n\n`,
  },
  'openai-responses': {
    path: '/v1/responses',
    contentType: 'text/event-stream',
    begin:
      named('response.created', { response: { id: 'r', status: 'in_progress' } }) +
      named('response.output_item.added', {
        output_index: 0,
        item: { id: 'm', type: 'message', role: 'assistant', content: [] },
      }),
    delta: (number) =>
      named('response.output_text.delta', {
        item_id: 'm',
        output_index: 0,
        content_index: 0,
        sequence_number: number,
        delta: words(number),
      }),
    end: named('response.completed', {
      response: { id: 'r', status: 'completed', output: [], usage: { input_tokens: 9, output_tokens: 9 } },
    }),
  },
  anthropic: {
    path: '/v1/messages',
    contentType: 'text/event-stream',
    begin:
      named('message_start', {
        message: { id: 'm', type: 'message', role: 'assistant', content: [], usage: { input_tokens: 9 } },
      }) + named('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
    delta: (number) => named('content_block_delta', { index: 0, delta: { type: 'text_delta', text: words(number) } }),
    end:
      named('content_block_stop', { index: 0 }) +
      named('message_delta', { delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 9 } }) +
      named('message_stop', {}),
  },
  ollama: {
    path: '/api/chat',
    contentType: 'application/x-ndjson',
    begin: '',
    delta: (number) =>
      line({
        model: 'bench',
        created_at: '2026-11-20T12:00:00.000000000Z',
        message: { role: 'assistant', content: words(number) },
        done: false,
      }),
    // No count of the prompt: a made-up one would look like a server that has cut it.
    end: line({ model: 'bench', message: { role: 'assistant', content: '' }, done: true, done_reason: 'stop' }),
  },
};
