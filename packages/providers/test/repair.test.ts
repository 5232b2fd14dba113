import type { JsonObject } from '@trae-cli/protocol';
import type { CatalogEntry } from '@trae-cli/providers';
import { chatNotation, type RawAnswer } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { asking, conversation, told } from './conversation.js';
import { plain } from './entries.js';

const { C, F, U } = chatNotation;

const fine: RawAnswer = {
  chunks: [C({ content: 'Fine.' }) + F({}, 'stop') + U({ prompt_tokens: 1, completion_tokens: 1 })],
};
const refusal = (status: number, error: JsonObject): RawAnswer => ({ status, json: { error } });

const eager: CatalogEntry = { ...plain, dialect: { ...plain.dialect, parallelToolCalls: true } };

const sampled = asking('hello', { sampling: { temperature: 0.5, topP: 0.9, maxOutput: 100 } });

type Repair = {
  readonly title: string;
  readonly refusal: RawAnswer;
  /** What the body has at first, and has no more afterwards. */
  readonly gone: string;
  /** What it has instead. */
  readonly instead?: JsonObject;
};

const repairs: readonly Repair[] = [
  {
    title: 'case 69: a field that a list of details names',
    refusal: {
      status: 422,
      json: {
        detail: [{ loc: ['body', 'stream_options'], msg: 'Extra inputs are not permitted', type: 'extra_forbidden' }],
      },
    },
    gone: 'stream_options',
  },
  {
    title: '§4.7: stream_options, named in the message',
    refusal: refusal(400, { message: 'Unrecognized request argument supplied: stream_options' }),
    gone: 'stream_options',
  },
  {
    title: 'case 85: the limit under the name it has elsewhere',
    refusal: refusal(400, {
      message:
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      type: 'invalid_request_error',
      param: 'max_tokens',
      code: 'unsupported_parameter',
    }),
    gone: 'max_tokens',
    instead: { max_completion_tokens: 100 },
  },
  {
    title: 'case 86: one of two samplings that exclude each other',
    refusal: refusal(400, {
      message: '`temperature` and `top_p` cannot both be specified for this model. Please use only one.',
    }),
    gone: 'top_p',
    instead: { temperature: 0.5 },
  },
  {
    title: 'case 86b: the same in the words of Orq',
    refusal: refusal(400, { message: 'Error 4028: temperature and top_p cannot both be specified', code: 4028 }),
    gone: 'top_p',
    instead: { temperature: 0.5 },
  },
  {
    title: '§4.8: a temperature the model does not take',
    refusal: refusal(400, {
      message:
        "Unsupported value: 'temperature' does not support 0.5 with this model. Only the default (1) value is supported.",
      param: 'temperature',
      code: 'unsupported_value',
    }),
    gone: 'temperature',
  },
  {
    title: '§4.9: parallel_tool_calls, named as the parameter',
    refusal: refusal(400, {
      message: "'parallel_tool_calls' is not supported with this model.",
      param: 'parallel_tool_calls',
    }),
    gone: 'parallel_tool_calls',
  },
  {
    title: '§4.8: a field that LiteLLM names',
    refusal: refusal(400, {
      message: "litellm.UnsupportedParamsError: m does not support parameters: ['parallel_tool_calls']",
      // It writes down what Python calls nothing.
      type: 'None',
      param: 'None',
      code: '400',
    }),
    gone: 'parallel_tool_calls',
  },
];

describe('a request is mended once and the lesson remembered', () => {
  test.each(repairs)('$title', async ({ refusal: answer, gone, instead = {} }) => {
    await using talk = await conversation([answer, fine, fine], {
      entry: eager,
      settings: { parallelToolCalls: true },
    });
    expect(await talk.hear(sampled)).toMatchObject({ text: 'Fine.', error: undefined });
    expect(await talk.hear(sampled)).toMatchObject({ text: 'Fine.', error: undefined });
    const [first, second, third] = talk.bodies;
    expect(Object.keys(first ?? {})).toContain(gone);
    expect(Object.keys(second ?? {})).not.toContain(gone);
    expect(second).toMatchObject(instead);
    expect(third).toEqual(second);
    expect(talk.clock.sleeps).toEqual([]);
  });

  test.each(repairs)('$title: not for ever, where it does not help', async ({ refusal: answer }) => {
    await using talk = await conversation(() => answer, {
      entry: eager,
      settings: { parallelToolCalls: true, maxRetries: 5 },
    });
    expect((await talk.hear(sampled)).error).toMatchObject({ code: 'request_rejected', retryable: false });
    // Once for each parameter that the refusal names.
    expect(talk.server.requests.length).toBeGreaterThanOrEqual(2);
    expect(talk.server.requests.length).toBeLessThanOrEqual(3);
    expect(talk.clock.sleeps).toEqual([]);
  });

  test.each<readonly [string, number, JsonObject, number]>([
    [
      'the limit of the model',
      400,
      { message: 'max_tokens is too large: 100000. This model supports at most 32768 completion tokens.' },
      32_768,
    ],
    [
      'the range of DashScope',
      400,
      { message: '<400> InternalError.Algo.InvalidParameter: Range of max_tokens should be [1, 8192]' },
      8192,
    ],
    [
      'what the account can afford',
      402,
      {
        code: 402,
        message:
          'This request requires more credits, or fewer max_tokens. You requested up to 100000 tokens, but can only afford 1234.',
      },
      1234,
    ],
  ])('§4.8: an answer limit is lowered to %s', async (_title, status, error, lowered) => {
    await using talk = await conversation([refusal(status, error), fine]);
    const heard = await talk.hear(asking('hello', { sampling: { maxOutput: 100_000 } }));
    expect(heard).toMatchObject({ text: 'Fine.', error: undefined });
    expect(talk.bodies.map((body) => body['max_tokens'])).toEqual([100_000, lowered]);
  });

  const affords = (most: number): RawAnswer =>
    refusal(402, { code: 402, message: `This request requires more credits. You can only afford ${most}.` });

  test('a limit that is as low as was asked for already is not lowered again', async () => {
    await using talk = await conversation(() => affords(1234));
    const heard = await talk.hear(asking('hello', { sampling: { maxOutput: 100_000 } }));
    expect(heard.error).toMatchObject({ code: 'quota_exhausted' });
    expect(talk.bodies.map((body) => body['max_tokens'])).toEqual([100_000, 1234]);
  });

  test('a service that always wants something else is given up after six changes', async () => {
    let affordable = 1000;
    await using talk = await conversation(() => affords((affordable -= 1)));
    const heard = await talk.hear(asking('hello', { sampling: { maxOutput: 100_000 } }));
    expect(heard.error).toMatchObject({ code: 'quota_exhausted' });
    expect(talk.bodies.map((body) => body['max_tokens'])).toEqual([100_000, 999, 998, 997, 996, 995, 994]);
  });

  test('several lessons add up', async () => {
    const [details, , limit] = repairs.map((repair) => repair.refusal);
    await using talk = await conversation([details ?? fine, limit ?? fine, fine], { entry: eager });
    expect(await talk.hear(sampled)).toMatchObject({ text: 'Fine.', error: undefined });
    expect(talk.bodies).toHaveLength(3);
    expect(talk.bodies[2]).not.toHaveProperty('stream_options');
    expect(talk.bodies[2]).not.toHaveProperty('max_tokens');
  });

  test('a parameter that was dropped is told to the person', async () => {
    await using talk = await conversation([repairs.find(({ gone }) => gone === 'top_p')?.refusal ?? fine, fine], {
      entry: eager,
    });
    const { events } = await talk.hear(sampled);
    const notices = events.filter((event) => event.type === 'noticed');
    expect(notices.map(({ message }) => message)).toEqual(['top_p is left out: the service does not accept it.']);
  });

  test('a field that was not sent is nothing to mend', async () => {
    await using talk = await conversation(() => refusal(400, { message: 'Unknown parameter: seed', param: 'seed' }));
    expect((await talk.hear(sampled)).error).toMatchObject({ code: 'request_rejected' });
    expect(talk.server.requests).toHaveLength(1);
  });
});

describe('case 87: a model that wants no tools beside its reasoning', () => {
  const wantsNone = refusal(400, {
    message:
      "Function tools with reasoning_effort are not supported for m in /v1/chat/completions. To use function tools, use /v1/responses or set reasoning_effort to 'none'.",
    type: 'invalid_request_error',
    param: 'reasoning_effort',
    code: null,
  });

  test('is asked again without reasoning, from then on', async () => {
    await using talk = await conversation([wantsNone, fine, fine], { entry: 'openai', model: 'gpt-4.1' });
    expect(await talk.hear()).toMatchObject({ text: 'Fine.', error: undefined });
    await talk.hear();
    expect(talk.bodies.map((body) => body['reasoning_effort'])).toEqual([undefined, 'none', 'none']);
  });

  test('is given up with a word about the Responses API where that does not help', async () => {
    await using talk = await conversation(() => wantsNone, { entry: 'openai', model: 'gpt-4.1' });
    const heard = await talk.hear();
    expect(heard.error).toMatchObject({ code: 'request_rejected', retryable: false });
    expect(told(heard)).toMatch(/responses/i);
    expect(talk.server.requests).toHaveLength(2);
  });
});

describe('case 88: a call that the service could not read', () => {
  const failed = refusal(400, {
    message: 'Failed to call a function. Please adjust your prompt.',
    type: 'invalid_request_error',
    code: 'tool_use_failed',
    failed_generation: '<function=read>{}</function>',
  });

  test('is asked for again, or read out of the refusal', async () => {
    await using talk = await conversation([failed, { calls: [{ name: 'read' }] }], { entry: 'groq' });
    expect(await talk.hear()).toMatchObject({ stop: 'tool_calls', calls: [{ name: 'read' }], error: undefined });
    expect(talk.server.requests.length).toBeLessThanOrEqual(2);
  });

  test('is read out of the refusal where the model writes it the same way again and again', async () => {
    await using talk = await conversation(() => failed, { entry: 'groq' });
    expect(await talk.hear()).toMatchObject({
      stop: 'tool_calls',
      calls: [{ name: 'read', arguments: '{}' }],
      usage: null,
      error: undefined,
    });
    expect(talk.server.requests).toHaveLength(3);
  });

  test('is not asked for without end', async () => {
    const hopeless = refusal(400, {
      message: 'Failed to call a function.',
      code: 'tool_use_failed',
      failed_generation: 'uh',
    });
    await using talk = await conversation(() => hopeless, { entry: 'groq', settings: { maxRetries: 10 } });
    expect((await talk.hear()).error).toBeInstanceOf(Error);
    expect(talk.server.requests.length).toBeLessThanOrEqual(3);
  });
});
