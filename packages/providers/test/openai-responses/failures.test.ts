import type { JsonObject, JsonValue } from '@trae-cli/protocol';
import { responsesNotation } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { asking, canaryKey, retriesOf, told } from '../conversation.js';
import { fromOpenAi, hearing, overResponses, said, talkWith } from './responses-talk.js';

const { R } = responsesNotation;

const failed = (error: JsonValue): string =>
  R('response.failed', { response: { id: 'resp_1', status: 'failed', error } });

describe('an answer that fails', () => {
  test.each<readonly [string, string, boolean]>([
    ['server_error', 'provider_unavailable', true],
    ['rate_limit_exceeded', 'rate_limited', true],
    ['context_length_exceeded', 'context_overflow', false],
    ['insufficient_quota', 'quota_exhausted', false],
    ['invalid_prompt', 'request_rejected', false],
    ['image_content_policy_violation', 'answer_filtered', false],
    ['unheard_of', 'provider_unavailable', true],
  ])('for %s is %s, and may be asked again: %s', async (code, expected, retryable) => {
    const forms = [
      failed({ code, message: 'Sorry.' }),
      R('error', { code, message: 'Sorry.', param: null }),
      R('error', { error: { type: 'some_error', code, message: 'Sorry.' } }),
      `data: ${JSON.stringify({ error: { code, message: 'Sorry.' } })}\n\n`,
    ];
    for (const form of forms) {
      const heard = await hearing(said(0, 'A') + form);
      expect(heard).toMatchObject({ text: 'A', stop: undefined, error: { code: expected, retryable } });
      expect(told(heard)).toContain('Sorry.');
    }
  });

  test.each([
    ['without a reason', failed(null)],
    ['because somebody cancelled it', R('response.cancelled', { response: { status: 'cancelled' } })],
    ['with a text for an error', R('error', { error: 'Sorry.' })],
    ['with an error that is no JSON', 'event: error\ndata: Sorry.\n\n'],
    ['with an error that has no words', R('error', { code: null, message: null })],
  ])('%s may be asked again', async (_title, stream) => {
    const heard = await hearing(stream);
    expect(heard.error).toMatchObject({ code: 'provider_unavailable', retryable: true });
    expect(told(heard)).not.toMatch(/undefined|\[object/);
  });

  test('is asked again, and what it said never happened', async () => {
    await using talk = await talkWith([{ text: 'half', fails: 'Sorry.' }, { text: 'whole' }], {
      ...fromOpenAi,
      settings: { maxRetries: 1 },
    });
    const heard = await talk.hear();
    expect(heard).toMatchObject({ text: 'whole', error: undefined });
    expect(retriesOf(heard)).toHaveLength(1);
  });
});

const refusal = (status: number, error: JsonObject) => ({ status, json: { error } });

describe('a request that is refused', () => {
  test.each<readonly [string, ReturnType<typeof refusal>, string, RegExp]>([
    [
      'case 66b: for its key',
      refusal(401, { message: `Incorrect API key provided: ${canaryKey}.`, code: 'invalid_api_key' }),
      'credentials_rejected',
      /API key/,
    ],
    [
      'for its country',
      refusal(403, { message: 'Country not supported', code: 'unsupported_country_region_territory' }),
      'request_rejected',
      /Country/,
    ],
    [
      'case 75b: for want of money',
      refusal(429, { message: 'You exceeded your current quota', code: 'insufficient_quota' }),
      'quota_exhausted',
      /credit/,
    ],
    [
      'for its length',
      refusal(400, {
        message: 'Your input exceeds the context window of this model.',
        code: 'context_length_exceeded',
      }),
      'context_overflow',
      /context window/,
    ],
    [
      'for its model',
      refusal(404, { message: "The model 'gpt-9' does not exist", code: 'model_not_found' }),
      'model_unknown',
      /--model chooses another/,
    ],
  ])('%s', async (_title, refused, code, words) => {
    await using talk = await talkWith([refused], fromOpenAi);
    const heard = await talk.hear();
    expect(heard.error).toMatchObject({ code, retryable: false });
    expect(told(heard)).toMatch(words);
    expect(told(heard)).not.toMatch(/api_format/);
    expect(talk.server.requests).toHaveLength(1);
  });

  test.each([
    [404, { message: 'Invalid URL (POST /v1/responses)' }],
    [404, { message: 'Not Found' }],
    [404, { message: '' }],
    [405, { message: 'Method Not Allowed' }],
  ])('by a server that does not know the path: HTTP %i, %j', async (status, error) => {
    await using talk = await talkWith([refusal(status, error)], fromOpenAi);
    const heard = await talk.hear(asking('hello'));
    expect(heard.error).toMatchObject({ code: 'config_invalid' });
    expect(told(heard)).toContain(
      'A server that has no /responses wants model_providers.openai.api_format in trae_config.json set to "openai-chat".',
    );
  });

  test('case 73b: with 429 is asked again after the time that is told', async () => {
    const busy = {
      ...refusal(429, { message: 'Slow down', code: 'rate_limit_exceeded' }),
      headers: { 'retry-after': '2' },
    };
    await using talk = await talkWith([busy, refusal(500, { message: 'Oh.' }), { text: 'Fine.' }], {
      ...overResponses,
      settings: { ...overResponses.settings, maxRetries: 3 },
    });
    expect(await talk.hear()).toMatchObject({ text: 'Fine.', error: undefined });
    expect(talk.clock.sleeps[0]).toBe(2000);
    expect(talk.server.requests).toHaveLength(3);
  });
});

test('case 87b: over Chat Completions a model that wants Responses says what to set', async () => {
  const message = 'This model is only supported in v1/responses and not in v1/chat/completions.';
  await using talk = await talkWith([refusal(404, { message })], { entry: 'openai_compatible' });
  expect(told(await talk.hear())).toContain(
    'set model_providers.openai_compatible.api_format in trae_config.json to "openai-responses"',
  );
});
