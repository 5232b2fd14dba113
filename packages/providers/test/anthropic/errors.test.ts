import type { JsonObject } from '@trae-cli/protocol';
import { testClock } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { asking, told } from '../conversation.js';
import { answered, E, heardOf, talkTo } from './messages-talk.js';

const errorOf = (status: number, type: string, message: string, outer: JsonObject = { type: 'error' }) => ({
  status,
  json: { ...outer, error: { type, message } },
});

const invalid = (message: string) => errorOf(400, 'invalid_request_error', message);

describe('an error of the service', () => {
  test.each([
    ['authentication_error', 'credentials_rejected', false],
    ['permission_error', 'credentials_rejected', false],
    ['billing_error', 'quota_exhausted', false],
    ['not_found_error', 'model_unknown', false],
    ['invalid_request_error', 'request_rejected', false],
    ['request_too_large', 'context_overflow', false],
    ['rate_limit_error', 'rate_limited', true],
    ['api_error', 'provider_unavailable', true],
    ['timeout_error', 'provider_unavailable', true],
    ['overloaded_error', 'provider_unavailable', true],
  ])('§7.6: %s, told in a stream, where nothing has a status, is %s', async (type, code, retryable) => {
    const heard = await heardOf(E('error', { error: { type, message: 'No.' } }));
    expect(heard.error).toMatchObject({ code, retryable });
  });

  test.each([
    [400, 'invalid_request_error', 'Your credit balance is too low to access the API.', 'quota_exhausted'],
    [400, 'invalid_request_error', 'prompt is too long: 213462 tokens > 200000 maximum', 'context_overflow'],
    [402, 'billing_error', 'Pay first.', 'quota_exhausted'],
    [
      403,
      'permission_error',
      'Your API key does not have permission to use the specified resource.',
      'credentials_rejected',
    ],
    [404, 'not_found_error', 'model: claude-nobody', 'model_unknown'],
    [429, 'rate_limit_error', 'This request would exceed your rate limit.', 'rate_limited'],
    [500, 'api_error', 'Internal server error', 'provider_unavailable'],
    [504, 'timeout_error', 'Timed out', 'provider_unavailable'],
    [529, 'overloaded_error', 'Overloaded', 'provider_unavailable'],
  ])('%i %s, "%s", is %s, with and without the outer type', async (status, type, message, code) => {
    for (const outer of [{ type: 'error' }, {}]) {
      await using talk = await talkTo([errorOf(status, type, message, outer)]);
      expect((await talk.hear()).error).toMatchObject({ code });
    }
  });

  test('case 112: overloaded is tried again', async () => {
    const clock = testClock();
    await using talk = await talkTo([errorOf(529, 'overloaded_error', 'Overloaded'), answered()], {
      clock,
      settings: { maxRetries: 1 },
    });
    expect(await talk.hear()).toMatchObject({ error: undefined, text: 'Hi' });
    expect(clock.sleeps).toHaveLength(1);
  });

  test('case 83: the window that an overflow names is told', async () => {
    await using talk = await talkTo([invalid('prompt is too long: 213462 tokens > 200000 maximum')]);
    expect(told(await talk.hear())).toContain('The window is 200000 tokens.');
    expect(talk.model.traits.contextWindow).toBe(200_000);
  });
});

describe('what a 400 names is put right once', () => {
  const thinking = { model: 'claude-haiku-4-5', settings: { reasoningEffort: 'high' } };
  const adaptive = { model: 'claude-sonnet-4-6', settings: { reasoningEffort: 'high' } };
  const sampling = { temperature: 0.5 };

  test.each<readonly [string, string, Parameters<typeof talkTo>[1], JsonObject]>([
    ['a sampling parameter', 'temperature: Extra inputs are not permitted', { model: 'claude-haiku-4-5' }, {}],
    [
      'a limit that is too high',
      'max_tokens: 128000 > 64000, which is the maximum allowed number of output tokens for claude-sonnet-5-5',
      {},
      { max_tokens: 64_000 },
    ],
    [
      'a way to think',
      'adaptive thinking is not supported on this model',
      adaptive,
      { output_config: { effort: 'high' } },
    ],
    [
      'an old way to think',
      '"thinking.type.enabled" is not supported for this model. Use "thinking.type.adaptive" and "output_config.effort".',
      thinking,
      { thinking: { type: 'adaptive' } },
    ],
    ['an effort', 'This model does not support the effort parameter.', adaptive, { thinking: { type: 'adaptive' } }],
    ['a budget', '`max_tokens` must be greater than `thinking.budget_tokens`.', thinking, { max_tokens: 64_000 }],
    [
      'a thought that is missing',
      'messages.1.content.0.type: Expected `thinking` or `redacted_thinking`, but found `tool_use`.',
      thinking,
      { max_tokens: 64_000 },
    ],
  ])('case 86: %s', async (_title, message, options, expected) => {
    await using talk = await talkTo([invalid(message), answered(), answered()], options);
    const request = asking('hello', { sampling });
    expect(await talk.hear(request)).toMatchObject({ error: undefined, text: 'Hi' });
    await talk.hear(request);
    const [, ...bodies] = talk.bodies;
    for (const body of bodies) {
      expect(body).toMatchObject(expected);
      const optional = ['temperature', 'thinking', 'output_config'].filter(
        (name) => body !== undefined && name in body,
      );
      expect(optional.filter((name) => !(name in expected))).toEqual([]);
    }
  });

  test('case 86b: temperature and top_p, where somebody insists on both', async () => {
    const message = '`temperature` and `top_p` cannot both be specified for this model. Please use only one.';
    await using talk = await talkTo([invalid(message), answered()], {
      model: 'claude-haiku-4-5',
      settings: { compatibility: { set: { top_p: 0.9 } } },
    });
    expect(await talk.hear(asking('hello', { sampling }))).toMatchObject({ error: undefined, text: 'Hi' });
    expect(talk.bodies[0]).toMatchObject({ temperature: 0.5, top_p: 0.9 });
    expect(talk.bodies[1]).toMatchObject(sampling);
    expect(talk.bodies[1]).not.toHaveProperty('top_p');
  });
});
