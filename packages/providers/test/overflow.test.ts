import type { JsonValue } from '@trae-cli/protocol';
import { chatNotation } from '@trae-cli/testkit';
import { expect, test } from 'vitest';
import { conversation, told } from './conversation.js';

const { C, D, F, U } = chatNotation;

type Sample = readonly [family: string, status: number, body: JsonValue | string, window?: string];

const message = (text: string, more: Readonly<Record<string, JsonValue>> = {}): JsonValue => ({
  error: { message: text, type: 'invalid_request_error', ...more },
});

/** One sample for each row of providers.md section 5.5; the window where the service names it. */
const samples: readonly Sample[] = [
  ['the code of OpenAI', 400, message('Too long.', { code: 'context_length_exceeded' })],
  [
    'OpenAI, vLLM, DeepSeek',
    400,
    message("This model's maximum context length is 131072 tokens. However, you requested 140000 tokens."),
    '131072',
  ],
  ['OpenAI Responses', 400, message('Your input exceeds the context window of this model.')],
  ...['context_length_exceeded', 'max_tokens_exceeded', 'token_limit_exceeded', 'string_too_long'].map(
    (type): Sample => [
      `OpenRouter, ${type}`,
      400,
      { error: { code: 400, message: 'Provider returned error', metadata: { error_type: type } } },
    ],
  ),
  ['Anthropic', 400, message('prompt is too long: 213462 tokens > 200000 maximum'), '200000'],
  ['older Anthropic', 400, message('input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000')],
  ['Anthropic, by size', 413, message('Request exceeds the maximum size', { type: 'request_too_large' })],
  ['Bedrock', 400, message('Input is too long for requested model.')],
  ['Gemini', 400, message('The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).')],
  ['Groq', 400, message('Please reduce the length of the messages or completion.')],
  ['DashScope', 400, message('<400> InternalError.Algo.InvalidParameter: Range of input length should be [1, 30720]')],
  ['Together', 403, message('Input validation error: inputs tokens + max_new_tokens must be <= 131072')],
  [
    'TGI, with its quotes',
    422,
    {
      error: 'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 3000 `inputs` tokens',
    },
    '4096',
  ],
  [
    'later vLLM',
    400,
    message(
      "You passed 99073 input tokens and requested 32000 output tokens. However, the model's context length is only 131072 tokens, resulting in a maximum input length of 99072 tokens.",
    ),
    '131072',
  ],
  [
    'vLLM with images',
    400,
    { object: 'error', message: 'The decoder prompt (length 12324) is longer than the maximum model length of 8192.' },
    '8192',
  ],
  [
    'OpenAI, with a limit of its own',
    400,
    message('Input tokens exceed the configured limit of 272000 tokens. Your messages resulted in 318569 tokens.'),
    '272000',
  ],
  [
    'Together, 422',
    422,
    message("The input (140000 tokens) is longer than the model's context length (131072 tokens)."),
  ],
  ['xAI', 400, message("This model's maximum prompt length is 131072 but the request contains 140000 tokens.")],
  ['gateways', 400, message("The prompt exceeds the model's maximum context length.")],
  ['gateways, in other words', 400, message('context window exceeded')],
  ['Copilot', 400, message('prompt token count of 140000 exceeds the limit of 128000')],
  ['Moonshot', 400, message('Your request exceeded model token limit: 131072')],
  ['MiniMax', 400, message('invalid params, context window exceeds limit')],
  ['Mistral', 400, message('Prompt contains 140000 tokens, too large for model with 131072 maximum context length')],
  [
    'llama.cpp',
    400,
    {
      error: {
        code: 400,
        message: 'the request exceeds the available context size, try increasing it',
        type: 'exceed_context_size_error',
        n_prompt_tokens: 9000,
        n_ctx: 8192,
      },
    },
    '8192',
  ],
  [
    'older llama.cpp',
    500,
    { error: { code: 500, message: 'the request exceeds the available context size', type: 'server_error' } },
  ],
  [
    'LM Studio',
    400,
    message('The number of tokens to keep from the initial prompt is greater than the context length.'),
  ],
  ['LM Studio, keeping', 400, { error: 'Cannot truncate prompt with n_keep (13575) >= n_ctx (4096)' }, '4096'],
  [
    'LM Studio, loaded',
    400,
    {
      error:
        'Trying to keep the first 5000 tokens. However, the model is loaded with context length of only 4096 tokens.',
    },
    '4096',
  ],
  [
    'Ollama, handing on what its runner says',
    400,
    {
      error: JSON.stringify({
        error: {
          code: 400,
          message: 'request (5000 tokens) exceeds the available context size (4096 tokens), try increasing it',
          type: 'exceed_context_size_error',
        },
      }),
    },
    'try increasing it. The window is 4096 tokens.',
  ],
  ['Ollama', 400, message('input exceeded max context length')],
  ['Ollama, in other words', 400, message('prompt too long; exceeded max context length by 20 tokens')],
  ['LiteLLM', 400, message('litellm.ContextWindowExceededError: litellm.BadRequestError: too long', { code: '400' })],
  ['generic: input length', 400, message('The request is over the maximum allowed input length.')],
  ['generic: too many tokens', 400, message('too many tokens')],
  ['generic: token limit', 400, message('token limit exceeded')],
  ['generic: context length', 400, message('Error: context length exceeded')],
  ['nginx, empty', 413, ''],
  ['nginx, a page', 413, '<html><body><h1>413 Request Entity Too Large</h1></body></html>'],
];

const answerOf = (status: number, body: JsonValue | string) =>
  typeof body === 'string' ? { status, headers: { 'content-type': 'text/html' }, body } : { status, json: body };

/** Without the marks between thousands. */
const digitsOnly = (text: string): string => text.replaceAll(/(?<=\d)[,_ ](?=\d)/g, '');

const named = (rows: readonly Sample[]) =>
  rows.map(([family, status, body, window = '']) => ({ family, status, body, window }));

test.each(named(samples))(
  'case 83: a prompt too long for $family is known as that',
  async ({ status, body, window }) => {
    await using talk = await conversation(() => answerOf(status, body), { settings: { maxRetries: 2 } });
    const heard = await talk.hear();
    expect(heard.error).toMatchObject({ code: 'context_overflow', retryable: false });
    expect(talk.server.requests).toHaveLength(1);
    expect(digitsOnly(told(heard))).toContain(window);
  },
);

const others: readonly Sample[] = [
  ['a rate', 400, message('Rate limit: too many tokens, try again in 20s')],
  ['a limit per minute', 400, message('Too many tokens per minute')],
  ['an image that is too large', 400, message('The image of the message exceeds the limit of 5242880 bytes')],
  ['a number of tools', 400, message('The input has 300 tools, which exceeds the limit of 256 tools')],
  [
    'an answer limit that is too large',
    400,
    message('max_tokens is too large: 100000. This model supports at most 32768 completion tokens.'),
  ],
];

test.each(named(others))('case 84: $family is not taken for a prompt that is too long', async ({ status, body }) => {
  await using talk = await conversation(() => answerOf(status, body));
  const { error } = await talk.hear();
  expect(error).toMatchObject({ name: 'TraeError', code: expect.not.stringMatching('context_overflow') });
});

test('§5.5: the window that the service names is remembered for the model', async () => {
  await using talk = await conversation([
    { status: 400, json: message('prompt is too long: 213462 tokens > 200000 maximum') },
  ]);
  expect(talk.model.traits.contextWindow).toBeNull();
  await talk.hear();
  expect(talk.model.traits.contextWindow).toBe(200_000);
});

test('§5.5: a full window that leaves no room for a single token is a prompt that is too long', async () => {
  const full = F({}, 'length') + U({ prompt_tokens: 995, completion_tokens: 0 }) + D;
  await using talk = await conversation([{ chunks: [full] }], { settings: { contextWindow: 1000 } });
  expect(await talk.hear()).toMatchObject({ stop: undefined, error: { code: 'context_overflow', retryable: false } });
});

test('§5.5: a limit reached with room to spare is only a length', async () => {
  const cut = C({ content: 'Hi' }) + F({}, 'length') + U({ prompt_tokens: 500, completion_tokens: 1 }) + D;
  await using talk = await conversation([{ chunks: [cut] }], { settings: { contextWindow: 1000 } });
  expect(await talk.hear()).toMatchObject({ stop: 'length', text: 'Hi', error: undefined });
});

test('§5.5: a window that is exceeded may be the word for the end of an answer', async () => {
  await using talk = await conversation([
    { chunks: [C({ content: 'Hi' }), F({}, 'model_context_window_exceeded'), D] },
  ]);
  expect(await talk.hear()).toMatchObject({ stop: undefined, error: { code: 'context_overflow', retryable: false } });
});

test('§6.8: an answer without a word, for which not a token was counted, is a prompt that is too long', async () => {
  const blank = C({ role: 'assistant' }) + F({}, 'stop') + U({ prompt_tokens: 0, completion_tokens: 0 }) + D;
  await using talk = await conversation([{ chunks: [blank] }]);
  expect(await talk.hear()).toMatchObject({ stop: undefined, error: { code: 'context_overflow', retryable: false } });
});

test('§5.5: an empty answer that was counted is an empty answer', async () => {
  const empty = F({}, 'stop') + U({ prompt_tokens: 9, completion_tokens: 0 }) + D;
  await using talk = await conversation([{ chunks: [empty] }]);
  expect(await talk.hear()).toMatchObject({ stop: 'end', text: '', error: undefined });
});
