import { inspect } from 'node:util';
import { type ErrorCode, type JsonValue, Secret } from '@trae-cli/protocol';
import { chatNotation, type RawAnswer } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { canaryKey, conversation, type ConversationOptions, type Heard, modelAt, told } from './conversation.js';

const { C, D, data } = chatNotation;

const json = (status: number, body: JsonValue, headers: Readonly<Record<string, string>> = {}): RawAnswer => ({
  status,
  json: body,
  headers,
});
const text = (status: number, contentType: string, body: string): RawAnswer => ({
  status,
  headers: { 'content-type': contentType },
  body,
});

type Refused = Heard & { readonly requests: number };

/** One turn against a server that always answers the same. */
async function refused(answer: RawAnswer, options: ConversationOptions = {}): Promise<Refused> {
  await using talk = await conversation(() => answer, options);
  const heard = await talk.hear();
  return { ...heard, requests: talk.server.requests.length };
}

type Row = {
  readonly title: string;
  readonly answer: RawAnswer;
  readonly code: ErrorCode;
  readonly retryable: boolean;
  /** Has to be in what a person reads. */
  readonly says?: string | RegExp;
  readonly neverSays?: RegExp;
  readonly entry?: ConversationOptions['entry'];
};

const rows: readonly Row[] = [
  {
    title: 'case 66: 401 in the form of OpenAI is a rejected key',
    answer: json(401, {
      error: {
        message: 'Incorrect API key provided: sk-abcd****wxyz',
        type: 'invalid_request_error',
        code: 'invalid_api_key',
      },
    }),
    code: 'credentials_rejected',
    retryable: false,
    says: 'Incorrect API key',
  },
  {
    title: 'case 66b: 401 with an empty body is a rejected key',
    answer: { status: 401 },
    code: 'credentials_rejected',
    retryable: false,
  },
  {
    title: 'case 67: 402 is an empty purse',
    answer: json(402, { error: { message: 'Insufficient Balance', type: 'unknown_error' } }),
    code: 'quota_exhausted',
    retryable: false,
    says: 'Insufficient Balance',
    entry: 'deepseek',
  },
  {
    title: 'case 68: 404 with a string for an error is an unknown model, without quotes around the text',
    answer: json(404, { error: "model 'x' not found" }),
    code: 'model_unknown',
    retryable: false,
    says: "model 'x' not found",
    neverSays: /"model/,
  },
  {
    title: 'case 70: a body without an error key is read all the same',
    answer: json(400, { code: 400, reason: 'INVALID_REQUEST_BODY', message: 'bad', metadata: {} }),
    code: 'request_rejected',
    retryable: false,
    says: 'bad',
    neverSays: /no body/,
    entry: 'novita',
  },
  {
    title: 'case 71: an array around the error is opened',
    answer: json(400, [
      { error: { code: 400, message: 'API key not valid. Please pass a valid API key.', status: 'INVALID_ARGUMENT' } },
    ]),
    code: 'credentials_rejected',
    retryable: false,
    says: 'API key not valid',
    entry: 'google',
  },
  {
    title: 'case 72: a page of HTML loses its tags',
    answer: text(
      502,
      'text/html',
      '<html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>',
    ),
    code: 'provider_unavailable',
    retryable: true,
    says: 'Bad Gateway',
    neverSays: /[<>]/,
  },
  {
    title: '§5.1: a detail that is a text',
    answer: json(400, { detail: 'Something is off' }),
    code: 'request_rejected',
    retryable: false,
    says: 'Something is off',
  },
  {
    title: '§5.1: a detail that is a list',
    answer: json(422, { detail: [{ loc: ['body', 'messages'], msg: 'field required', type: 'missing' }] }),
    code: 'request_rejected',
    retryable: false,
    says: 'field required',
  },
  {
    title: '§5.1: an object called error',
    answer: json(400, { object: 'error', message: 'bad request', type: 'BadRequestError', param: null, code: 400 }),
    code: 'request_rejected',
    retryable: false,
    says: 'bad request',
  },
  {
    title: '§5.1: a message alone',
    answer: json(403, { message: 'Forbidden by the gateway' }),
    code: 'request_rejected',
    retryable: false,
    says: 'Forbidden by the gateway',
  },
  {
    title: '§5.1: plain text',
    answer: text(500, 'text/plain', 'upstream connect error'),
    code: 'provider_unavailable',
    retryable: true,
    says: 'upstream connect error',
  },
  {
    title: '§5.1: the words of the upstream are passed on',
    answer: json(400, {
      error: {
        code: 400,
        message: 'Provider returned error',
        metadata: { raw: '{"error":"the real reason"}', provider_name: 'Upstream Inc' },
      },
    }),
    code: 'request_rejected',
    retryable: false,
    says: /the real reason.*Upstream Inc|Upstream Inc.*the real reason/s,
    entry: 'openrouter',
  },
  {
    title: '§5.2: 403 that speaks of the key is a rejected key',
    answer: json(403, { error: { message: 'This API key has been disabled.', code: 'invalid_api_key' } }),
    code: 'credentials_rejected',
    retryable: false,
  },
  {
    title: '§5.2: a bill that was not paid',
    answer: json(400, {
      error: { message: 'Access denied, please make sure your account is in good standing.', code: 'Arrearage' },
    }),
    code: 'quota_exhausted',
    retryable: false,
    entry: 'alibaba',
  },
  {
    title: '§5.2: 400 that says the model id is not valid is an unknown model',
    answer: json(400, { error: { code: 400, message: 'foo/bar is not a valid model ID' } }),
    code: 'model_unknown',
    retryable: false,
    entry: 'openrouter',
  },
  {
    title: '§6.4: a model that is decommissioned is an unknown model',
    answer: json(400, { error: { message: 'The model `x` has been decommissioned', code: 'model_decommissioned' } }),
    code: 'model_unknown',
    retryable: false,
    entry: 'groq',
  },
  {
    title: '§5.2: content that was inspected and refused is filtered',
    answer: json(400, {
      error: { message: 'Input data may contain inappropriate content.', code: 'data_inspection_failed' },
    }),
    code: 'answer_filtered',
    retryable: false,
    entry: 'alibaba',
  },
  {
    title: '§5.2: so is an answer that was held back',
    answer: json(400, {
      type: 'error',
      error: { type: 'invalid_request_error', message: 'Output blocked by content filtering policy' },
    }),
    code: 'answer_filtered',
    retryable: false,
    entry: 'anthropic',
  },
  {
    title: '§5.2: moderation is a filter',
    answer: json(403, {
      error: { code: 403, message: 'Your input was flagged', metadata: { reasons: ['violence'], flagged_input: 'x' } },
    }),
    code: 'answer_filtered',
    retryable: false,
    entry: 'openrouter',
  },
  {
    title: 'case 78: 498 is a full house',
    answer: json(498, { error: { message: 'capacity exceeded', code: 'capacity_exceeded' } }),
    code: 'provider_unavailable',
    retryable: true,
    entry: 'groq',
  },
  ...[408, 409, 425, 500, 502, 503, 520, 524, 529].map((status): Row => ({
    title: `§5.2: ${status} may be tried again`,
    answer: json(status, { error: { message: 'Not now.' } }),
    code: 'provider_unavailable',
    retryable: true,
  })),
  {
    title: '§5.2: a model without tools is no unknown model',
    answer: json(404, {
      error: { code: 404, message: 'No endpoints found that support tool use. Try disabling "read".' },
    }),
    code: 'request_rejected',
    retryable: false,
    says: 'tool',
    entry: 'openrouter',
  },
  {
    title: '§5.2: nor is a server that was started without them',
    answer: json(400, {
      object: 'error',
      message: '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set',
    }),
    code: 'request_rejected',
    retryable: false,
    says: '--enable-auto-tool-choice',
  },
  {
    title: '§5.2: the quota of a day at Google is gone until tomorrow',
    answer: json(429, [
      {
        error: {
          code: 429,
          message: 'You exceeded your current quota.',
          status: 'RESOURCE_EXHAUSTED',
          details: [{ violations: [{ quotaId: 'GenerateRequestsPerDayPerProjectPerModel-FreeTier' }] }],
        },
      },
    ]),
    code: 'quota_exhausted',
    retryable: false,
    entry: 'google',
  },
  {
    title: '§5.2: 402 while other requests are in flight passes by itself',
    answer: json(
      402,
      { error: { code: 402, message: 'Budget in use', metadata: { limit_source: 'openrouter_in_flight_budget' } } },
      { 'retry-after': '2' },
    ),
    code: 'rate_limited',
    retryable: true,
    entry: 'openrouter',
  },
  {
    title: '§6.8: a server that is still loading its model may be tried again',
    answer: json(503, { error: { message: 'Loading model', type: 'unavailable_error', code: 503 } }),
    code: 'provider_unavailable',
    retryable: true,
    says: 'Loading model',
  },
  {
    title: 'case 75: insufficient_quota is an empty purse at OpenAI',
    answer: json(429, {
      error: { message: 'You exceeded your current quota', type: 'insufficient_quota', code: 'insufficient_quota' },
    }),
    code: 'quota_exhausted',
    retryable: false,
    entry: 'openai',
  },
  {
    title: 'case 75b: insufficient_quota is a matter of a minute at Alibaba',
    answer: json(429, {
      error: { message: 'You exceeded your current quota', type: 'insufficient_quota', code: 'insufficient_quota' },
    }),
    code: 'rate_limited',
    retryable: true,
    entry: 'alibaba',
  },
  {
    title: 'case 84: too many tokens per minute is a rate, not a long prompt',
    answer: json(429, { error: { message: 'Rate limit reached for m: too many tokens per minute' } }),
    code: 'rate_limited',
    retryable: true,
  },
  {
    title: 'case 77b: a single request over the limit of a minute does not get smaller by waiting, whatever its status',
    answer: json(429, {
      error: {
        message: 'Request too large for gpt-4o on tokens per min (TPM): Limit 30000, Requested 34307.',
        type: 'tokens',
        code: 'rate_limit_exceeded',
      },
    }),
    code: 'rate_limited',
    retryable: false,
    says: 'higher limit',
    entry: 'openai',
  },
  {
    title: '§7.6: 403 of Anthropic is a matter of the key',
    answer: json(403, {
      type: 'error',
      error: { type: 'permission_error', message: 'This organization may not use it.' },
      request_id: 'req_7',
    }),
    code: 'credentials_rejected',
    retryable: false,
    says: 'request req_7',
    entry: 'anthropic',
  },
  {
    title: '§7.6: a limit on spending that somebody has set is not waited for',
    answer: json(429, {
      type: 'error',
      error: { type: 'rate_limit_error', message: 'No.', details: { error_code: 'enforced_spend_limit_reached' } },
    }),
    code: 'quota_exhausted',
    retryable: false,
    entry: 'anthropic',
  },
  {
    title: '§5.2: tokens per day are gone until tomorrow',
    answer: json(429, {
      error: {
        message: 'Rate limit reached for model on tokens per day (TPD): Limit 100000',
        code: 'rate_limit_exceeded',
      },
    }),
    code: 'quota_exhausted',
    retryable: false,
    entry: 'groq',
  },
];

describe('what the service says is understood', () => {
  test.each(rows)('$title', async ({ answer, code, retryable, says = '', neverSays = /(?!)/, entry }) => {
    // Nobody tries another way of calling tools: that is a story of its own.
    const settings = { toolMode: 'native' } as const;
    const heard = await refused(answer, entry === undefined ? { settings } : { entry, settings });
    expect(heard.error).toMatchObject({ name: 'TraeError', code, retryable });
    expect(heard.stop).toBeUndefined();
    expect(heard.requests).toBe(1);
    expect(told(heard)).toMatch(says);
    expect(told(heard)).not.toMatch(neverSays);
  });
});

describe('a key that the service repeats is not shown', () => {
  test.each([
    ['case 66c: in an error message', json(401, { error: { message: `Incorrect API key provided: ${canaryKey}` } })],
    ['in a text', text(400, 'text/plain', `You sent Authorization: Bearer ${canaryKey}`)],
    ['in a page', text(500, 'text/html', `<p>${canaryKey}</p>`)],
    [
      'in a code and its metadata',
      json(400, { error: { message: 'no', code: canaryKey, metadata: { raw: canaryKey } } }),
    ],
    ['in a page where a stream should be', { headers: { 'content-type': 'text/html' }, body: canaryKey }],
    ['in a chunk', { chunks: [data({ error: { message: `bad key ${canaryKey}` } })] }],
    ['in a chunk that is not JSON', { chunks: [`data: {"${canaryKey}\n\n`] }],
    ['in a header', json(500, {}, { 'x-request-id': canaryKey })],
  ])('%s', async (_title, answer) => {
    // Every turn that is heard is searched for the key; here it only has to fail at all.
    expect((await refused(answer)).error).toBeInstanceOf(Error);
  });
});

describe('a key that cannot be sent', () => {
  test.each([
    ['with a line end in it', `${canaryKey}\nX-Other: 1`],
    ['with letters no header can have', `${canaryKey}\u{1F511}`],
  ])('%s is refused before anything is sent, and is not shown', async (_title, key) => {
    const settings = { apiKey: new Secret(key, 'PLAIN_API_KEY') };
    const asked = modelAt('http://127.0.0.1:1/v1', { settings });
    await expect(asked).rejects.toMatchObject({
      code: expect.stringMatching(/^(credentials|config)_/),
      message: expect.stringMatching(/key.*PLAIN_API_KEY/),
      retryable: false,
    });
    await expect(asked).rejects.toSatisfy((error) => !inspect(error, { depth: 12 }).includes(canaryKey));
  });

  test('only for the line end behind it is sent without it', async () => {
    await using talk = await conversation([{ text: 'Fine.' }], {
      settings: { apiKey: new Secret(`${canaryKey}\n`, 'PLAIN_API_KEY') },
    });
    expect(await talk.hear()).toMatchObject({ text: 'Fine.', error: undefined });
    expect(talk.server.requests[0]?.headers.authorization).toBe(`Bearer ${canaryKey}`);
  });
});

test('case 77: a request larger than the limit per minute is neither an overflow nor tried again', async () => {
  const message = 'Request too large for model in organization on tokens per minute (TPM): Limit 6000, Requested 9000';
  const answer = json(413, { error: { message, code: 'rate_limit_exceeded', type: 'tokens' } });
  const heard = await refused(answer, { entry: 'groq', settings: { maxRetries: 3 } });
  expect(heard.error).toMatchObject({
    code: expect.stringMatching(/^(rate_limited|request_rejected)$/),
    retryable: false,
  });
  expect(heard.requests).toBe(1);
});

test('case 79: a daily limit is not waited for, and the message says when it ends', async () => {
  const answer = json(429, {
    error: {
      code: 429,
      message: 'Rate limit exceeded: free-models-per-day',
      metadata: { limit_source: 'openrouter_free_tier_daily', headers: { 'X-RateLimit-Reset': '1796083200000' } },
    },
  });
  const heard = await refused(answer, { entry: 'openrouter', settings: { maxRetries: 3 } });
  expect(heard.error).toMatchObject({ code: 'quota_exhausted', retryable: false });
  expect(heard.requests).toBe(1);
  expect(told(heard)).toContain(new Date(1_796_083_200_000).toISOString().slice(0, 10));
});

test('case 91b: the id of the request is in the message', async () => {
  const heard = await refused(json(500, { error: { message: 'Oops' } }, { 'x-request-id': 'req_123' }));
  expect(told(heard)).toContain('req_123');
});

describe('an error that comes after the headers', () => {
  const failing = {
    id: 'gen-1',
    object: 'chat.completion.chunk',
    model: 'm',
    provider: 'p',
    choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }],
  };
  type After = { readonly text: string; readonly error: { readonly code: ErrorCode; readonly retryable: boolean } };
  const after = (text: string, code: ErrorCode, retryable: boolean): After => ({ text, error: { code, retryable } });
  const chunks = (...parts: readonly string[]): RawAnswer => ({ chunks: [parts.join('')] });

  test.each<readonly [string, RawAnswer, After]>([
    [
      'case 80: with the status of the upstream',
      chunks(
        C({ content: 'A' }),
        data({
          ...failing,
          error: { code: 502, message: 'Provider returned error', metadata: { error_type: 'provider_unavailable' } },
        }),
      ),
      after('A', 'provider_unavailable', true),
    ],
    [
      'case 80b: with the status of a rate limit',
      chunks(C({ content: 'A' }), data({ ...failing, error: { code: 429, message: 'Slow down' } })),
      after('A', 'rate_limited', true),
    ],
    [
      '§3.1: beside words in the very chunk that fails',
      chunks(
        data({
          ...failing,
          choices: [{ index: 0, delta: { content: 'A' }, finish_reason: 'error' }],
          error: { code: 502, message: 'Provider returned error' },
        }),
      ),
      after('A', 'provider_unavailable', true),
    ],
    [
      'case 81: as the vendor of Groq puts it',
      chunks(C({ content: 'A' }), data({ choices: [], x_groq: { error: 'over capacity' } })),
      after('A', 'provider_unavailable', true),
    ],
    [
      'case 82: as a body with status 200',
      json(200, { error: { code: 429, message: 'slow' } }),
      after('', 'rate_limited', true),
    ],
    ['case 82b: as a text', chunks(data({ error: 'the runner has died' })), after('', 'provider_unavailable', true)],
    [
      '§3.1: as an event called error',
      chunks(C({ content: 'A' }), 'event: error\n', data({ message: 'over' }), D),
      after('A', 'provider_unavailable', true),
    ],
    [
      '§6.8: as a long prompt inside a stream',
      chunks(
        data({
          error: {
            code: 400,
            message: 'the request exceeds the available context size',
            type: 'exceed_context_size_error',
          },
        }),
      ),
      after('', 'context_overflow', false),
    ],
    [
      '§6.2: inside the choice',
      json(200, {
        choices: [{ error: { code: 503, message: 'down' }, message: { content: '' }, finish_reason: 'error' }],
      }),
      after('', 'provider_unavailable', true),
    ],
  ])('%s', async (_title, answer, expected) => {
    const heard = await refused(answer, { entry: 'groq' });
    expect(heard).toMatchObject({ ...expected, stop: undefined });
  });
});
