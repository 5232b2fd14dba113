import { describe, expect, test } from 'vitest';
import { findRepair } from '../../src/service/find-repair.js';
import { describeRepair, type Form, type Repair, repaired } from '../../src/service/repair.js';

const form = (parameters: Form['parameters'], adaptations: Form['adaptations'] = ['system_role']): Form => ({
  parameters: { model: 'm', stream: true, ...parameters },
  adaptations,
});

const synonyms = { max_tokens: 'max_completion_tokens', max_completion_tokens: 'max_tokens' };

const repairFor = (message: string, given: Form, more: { status?: number; earlier?: readonly Repair[] } = {}) => {
  const { earlier = [], status = 400 } = more;
  return findRepair(
    { type: 'answered', status, headers: {}, body: JSON.stringify({ error: { message } }) },
    { ...given, earlier, synonyms },
  );
};

describe('a limit on the answer', () => {
  const limited = form({ max_tokens: 100_000 });

  test.each([
    ['max_tokens is too large: 100000. This model supports at most 16384 completion tokens.', 16_384],
    ['<400> InternalError: Range of max_tokens should be [1, 8192]', 8192],
    ['`max_tokens` must be less than or equal to `32768`'.replaceAll('`', ''), 32_768],
  ])('is lowered to what "%s" allows, for good', (message, most) => {
    expect(repairFor(message, limited)).toEqual({ type: 'lower', name: 'max_tokens', most, lasts: true });
  });

  test.each([
    [
      "This model's maximum context length is 131072 tokens. However, you requested 180000 tokens (80000 in the messages, 100000 in the completion).",
      51_056,
    ],
    ['input length and `max_tokens` exceed context limit: 190000 + 100000 > 200000', 9984],
    ["This model's maximum context length is 8192 tokens. However, your request has passed 6000 input tokens.", 2176],
  ])('is lowered for the moment where the rest of the window is shorter', (message, most) => {
    expect(repairFor(message, limited)).toEqual({ type: 'lower', name: 'max_tokens', most, lasts: false });
  });

  test('is left alone where the conversation alone fills the window', () => {
    const message =
      "This model's maximum context length is 8192 tokens. However, you requested 109000 tokens (9000 in the messages, 100000 in the completion).";
    expect(repairFor(message, limited)).toBeUndefined();
  });

  test('is left alone where it was not what filled the window', () => {
    const message =
      "This model's maximum context length is 131072 tokens. However, you requested 180000 tokens (80000 in the messages, 100000 in the completion).";
    expect(repairFor(message, form({ max_tokens: 51_056 }))).toBeUndefined();
    expect(repairFor(message, form({ max_tokens: 51_057 }))).toMatchObject({ most: 51_056 });
  });

  test('is lowered, or made, where the credit does not reach', () => {
    const message = 'This request requires more credits. You requested up to 64000 tokens, but can only afford 1234.';
    const status = 402;
    expect(repairFor(message, limited, { status })).toMatchObject({ name: 'max_tokens', most: 1234, lasts: false });
    expect(repairFor(message, form({}), { status })).toMatchObject({ name: 'max_tokens', most: 1234 });
    expect(repairFor('No money.', limited, { status })).toBeUndefined();
  });

  test('keeps the value of each request under its other name', () => {
    const repair: Repair = { type: 'rename', name: 'max_tokens', to: 'max_completion_tokens' };
    expect(repaired(form({ max_tokens: 5 }), [repair]).parameters).toMatchObject({ max_completion_tokens: 5 });
    expect(repaired(form({}), [repair])).toEqual(form({}));
  });

  test('is left out where neither name is known', () => {
    const earlier: readonly Repair[] = [{ type: 'rename', name: 'max_completion_tokens', to: 'max_tokens' }];
    expect(repairFor('max_tokens: unknown field', limited, { earlier })).toEqual({
      type: 'leave_out',
      name: 'max_tokens',
    });
  });
});

test('instructions from a developer become those of the system where only that is known', () => {
  const refused = form({}, []);
  const repair = repairFor("messages[0].role: unknown variant 'developer'", refused);
  expect(repair).toEqual({ type: 'adapt', to: 'system_role' });
  expect(repaired(refused, repair === undefined ? [] : [repair]).adaptations).toEqual(['system_role']);
});

test('nothing is changed for words that name nothing, nor for what is not about the form', () => {
  expect(repairFor('Something is wrong with the temperature of the room.', form({ top_p: 0.5 }))).toBeUndefined();
  expect(repairFor('temperature', form({ temperature: 0.5 }), { status: 500 })).toBeUndefined();
  expect(findRepair({ type: 'truncated' }, { ...form({ temperature: 0.5 }), earlier: [], synonyms })).toBeUndefined();
});

test.each<readonly [Repair, string]>([
  [{ type: 'leave_out', name: 'top_p' }, 'top_p is left out: the service does not accept it.'],
  [{ type: 'rename', name: 'a', to: 'b' }, 'b is sent in the place of a.'],
  [
    { type: 'set', name: 'reasoning_effort', value: 'none' },
    'reasoning_effort is set to "none": the service asks for it.',
  ],
  [
    { type: 'lower', name: 'max_tokens', most: 5, lasts: true },
    'max_tokens is lowered to 5: the service does not accept more.',
  ],
  [{ type: 'adapt', to: 'system_role' }, 'The instructions are sent as a system message: the service knows no other.'],
])('%j is told in words', (repair, words) => {
  expect(describeRepair(repair)).toBe(words);
});
