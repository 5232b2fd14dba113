import { type JsonValue, parseArguments, type ToolCallPart } from '@trae-cli/protocol';
import { chatNotation } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { asking, heardFrom } from './conversation.js';

const { C, D, F, T, U } = chatNotation;

type Understood = { readonly id?: string; readonly name: string; readonly arguments: JsonValue };

function understood(call: ToolCallPart): Understood {
  const parsed = parseArguments(call.arguments);
  return { id: call.id, name: call.name, arguments: parsed.ok ? parsed.value : 'not understood' };
}

const called = (name: string, text: JsonValue, more: Readonly<Record<string, JsonValue>> = {}): JsonValue => ({
  type: 'function',
  function: { name, arguments: text },
  ...more,
});
const more = (text: JsonValue, rest: Readonly<Record<string, JsonValue>> = {}): JsonValue => ({
  function: { arguments: text },
  ...rest,
});

const end = F({}, 'tool_calls') + D;
const read = { name: 'read', arguments: { path: 'x' } };

const wellTold: readonly (readonly [string, string, readonly Understood[]])[] = [
  [
    'case 24: interleaved by index',
    T(called('read', '', { index: 0, id: 'a' })) +
      T(more('{"path":', { index: 0 })) +
      T(called('ls', '{}', { index: 1, id: 'b' })) +
      T(more('"x"}', { index: 0 })) +
      end,
    [
      { id: 'a', ...read },
      { id: 'b', name: 'ls', arguments: {} },
    ],
  ],
  [
    'case 25: two in one delta, without an index',
    T(called('read', '{}', { id: 'a' }), called('ls', '{}', { id: 'b' })) + end,
    [
      { id: 'a', name: 'read', arguments: {} },
      { id: 'b', name: 'ls', arguments: {} },
    ],
  ],
  [
    'case 26: two complete ones on the same index',
    T(called('read', '{"path":"x"}', { index: 0, id: 'a' })) +
      T(called('read', '{"path":"y"}', { index: 0, id: 'b' })) +
      end,
    [
      { id: 'a', ...read },
      { id: 'b', name: 'read', arguments: { path: 'y' } },
    ],
  ],
  [
    'case 26b: two complete ones on the same index, without ids',
    T(called('read', '{"path":"x"}', { index: 0 })) + T(called('read', '{"path":"y"}', { index: 0 })) + end,
    [read, { name: 'read', arguments: { path: 'y' } }],
  ],
  [
    'case 27: counted from one',
    T(called('read', '{"path":"x"}', { index: 1, id: 'a' })) + T(called('ls', '{}', { index: 2, id: 'b' })) + end,
    [
      { id: 'a', ...read },
      { id: 'b', name: 'ls', arguments: {} },
    ],
  ],
  [
    'case 28: continued with an empty id',
    T(called('read', '{"p', { index: 0, id: 'a' })) +
      T(more('ath":"x"}', { index: 0, id: '', type: 'function' })) +
      T(more('', { index: 0, id: '' })) +
      end,
    [{ id: 'a', ...read }],
  ],
  [
    'case 29: continued with another id',
    T(called('read', '{"path":', { index: 0, id: 'a' })) + T(more('"x"}', { index: 0, id: 'b2' })) + end,
    [{ id: 'a', ...read }],
  ],
  [
    'case 29b: continued with a new id each time',
    T(called('read', '{"pa', { index: 0, id: 'a' })) +
      T(more('th":', { index: 0, id: 'b' })) +
      T(more('"x"}', { index: 0, id: 'c' })) +
      end,
    [{ id: 'a', ...read }],
  ],
  [
    'case 30: continued on another index without id and name',
    T(called('read', '{"path":', { index: 0, id: 'a' })) + T(more('"x"}', { index: 1 })) + end,
    [{ id: 'a', ...read }],
  ],
  [
    'case 30b: continued without an index',
    T(called('read', '{"path":', { index: 0, id: 'a' })) + T(more('"x"}')) + end,
    [{ id: 'a', ...read }],
  ],
  [
    'case 31: whole, in the chunk that says stop',
    F({ tool_calls: [called('read', '{"path":"x"}', { index: 0, id: 'a' })] }, 'stop') + D,
    [{ id: 'a', ...read }],
  ],
  [
    'case 32: with empty arguments',
    T(called('ls', '', { index: 0, id: 'a' })) + end,
    [{ id: 'a', name: 'ls', arguments: {} }],
  ],
  [
    'case 32b: without arguments',
    T({ index: 0, id: 'a', function: { name: 'ls' } }) + end,
    [{ id: 'a', name: 'ls', arguments: {} }],
  ],
  [
    'case 33: with {} first and the real arguments after',
    T(called('read', '{}', { index: 0, id: 'a' })) + T(more('{"path":"x"}', { index: 0 })) + end,
    [{ id: 'a', ...read }],
  ],
  [
    'case 33b: with {} first and the real arguments after, in pieces',
    T(called('read', '{}', { index: 0, id: 'a' })) +
      T(more('{"pa', { index: 0 })) +
      T(more('th":"x"}', { index: 0 })) +
      end,
    [{ id: 'a', ...read }],
  ],
  [
    'case 34: with the name in every chunk',
    T(called('read', '', { index: 0, id: 'a' })) +
      T(called('read', '{"path":', { index: 0 })) +
      T(called('read', '"x"}', { index: 0 })) +
      end,
    [{ id: 'a', ...read }],
  ],
  [
    'case 34b: with the name in two pieces',
    T({ index: 0, id: 'a', function: { name: 're' } }) +
      T({ index: 0, function: { name: 'ad' } }) +
      T(more('{"path":"x"}', { index: 0 })) +
      end,
    [{ id: 'a', ...read }],
  ],
  [
    'case 37: with arguments as an object',
    T(called('read', { path: 'x' }, { index: 0, id: 'a' })) + end,
    [{ id: 'a', ...read }],
  ],
  [
    'case 38: with arguments encoded twice',
    T(called('read', JSON.stringify('{"path":"x"}'), { index: 0, id: 'a' })) + end,
    [{ id: 'a', ...read }],
  ],
  [
    'case 38b: with null for arguments',
    T(called('ls', 'null', { index: 0, id: 'a' })) + end,
    [{ id: 'a', name: 'ls', arguments: {} }],
  ],
  [
    'case 38c: with an array for arguments',
    T(called('ls', '[1]', { index: 0, id: 'a' })) + end,
    [{ id: 'a', name: 'ls', arguments: 'not understood' }],
  ],
  [
    'case 41: with a raw newline in a string',
    T(called('read', '{"path":"a\nb"}', { index: 0, id: 'a' })) + end,
    [{ id: 'a', name: 'read', arguments: { path: 'a\nb' } }],
  ],
  [
    'case 42: with an invalid escape',
    T(called('read', String.raw`{"path":"C:\dir"}`, { index: 0, id: 'a' })) + end,
    [{ id: 'a', name: 'read', arguments: { path: String.raw`C:\dir` } }],
  ],
  [
    'case 42b: with text beyond repair',
    T(called('read', 'path = x', { index: 0, id: 'a' })) + T(called('ls', '{}', { index: 1, id: 'b' })) + end,
    [
      { id: 'a', name: 'read', arguments: 'not understood' },
      { id: 'b', name: 'ls', arguments: {} },
    ],
  ],
  [
    'case 44: with a newline after complete arguments',
    T(called('ls', '{"a":1}', { index: 0, id: 'a' })) + T(more('\n', { index: 0 })) + end,
    [{ id: 'a', name: 'ls', arguments: { a: 1 } }],
  ],
  [
    'case 45: in the form before tools',
    C({ function_call: { name: 'ls', arguments: '{}' } }) + F({}, 'function_call') + D,
    [{ name: 'ls', arguments: {} }],
  ],
  [
    'case 45b: in the form before tools, in pieces',
    C({ function_call: { name: 'read', arguments: '' } }) +
      C({ function_call: { arguments: '{"path":' } }) +
      C({ function_call: { arguments: '"x"}' } }) +
      F({}, 'function_call') +
      D,
    [read],
  ],
  [
    '§4.4: with the index as a string',
    T(called('read', '{"path":', { index: '0', id: 'a' })) + T(more('"x"}', { index: 0 })) + end,
    [{ id: 'a', ...read }],
  ],
  [
    '§4.4: with null for the function',
    T(called('ls', '{}', { index: 0, id: 'a' })) + T({ index: 0, function: null }) + end,
    [{ id: 'a', name: 'ls', arguments: {} }],
  ],
  [
    '§4.4: with spaces around the name',
    T(called(' ls ', '{}', { index: 0, id: 'a' })) + end,
    [{ id: 'a', name: 'ls', arguments: {} }],
  ],
  [
    '§4.4: with arguments before the name',
    T(more('{"path":', { index: 0 })) + T(called('read', '"x"}', { index: 0, id: 'a' })) + end,
    [{ id: 'a', ...read }],
  ],
  [
    '§4.4: with a piece that never gets a name',
    T(more('{"path":"x"}', { index: 0 })) + T(called('ls', '{}', { index: 1, id: 'b' })) + end,
    [{ id: 'b', name: 'ls', arguments: {} }],
  ],
];

describe('calls are understood', () => {
  test.each(wellTold)('%s', async (_title, body, calls) => {
    const heard = await heardFrom(body);
    expect(heard.error).toBeUndefined();
    expect(heard.stop).toBe('tool_calls');
    expect(heard.calls.map(understood)).toMatchObject(calls);
    expect(heard.calls).toHaveLength(calls.length);
  });
});

const legalId = /^[a-zA-Z0-9_-]{1,40}$/;

describe('every call has an id of its own', () => {
  test.each([
    [
      'case 35: where the ids are null or absent',
      called('ls', '{}', { index: 0, id: null }),
      called('ls', '{}', { index: 1 }),
    ],
    [
      'case 35b: where the ids are empty',
      called('ls', '{}', { index: 0, id: '' }),
      called('ls', '{}', { index: 1, id: '' }),
    ],
    [
      'case 36: where two calls share one',
      called('ls', '{}', { index: 0, id: 'a' }),
      called('read', '{}', { index: 1, id: 'a' }),
    ],
  ])('%s', async (_title, first, second) => {
    const { calls } = await heardFrom(T(first) + T(second) + end);
    expect(calls).toHaveLength(2);
    expect(calls[0]?.id).toMatch(legalId);
    expect(calls[1]?.id).toMatch(legalId);
    expect(calls[0]?.id).not.toBe(calls[1]?.id);
  });

  test('case 36b: the first of two that share an id keeps it', async () => {
    const body = T(called('ls', '{}', { index: 0, id: 'a' })) + T(called('read', '{}', { index: 1, id: 'a' })) + end;
    expect((await heardFrom(body)).calls).toMatchObject([{ id: 'a', name: 'ls' }, { name: 'read' }]);
  });

  test('case 45c: also a call in the form before tools', async () => {
    const { calls } = await heardFrom(
      C({ function_call: { name: 'ls', arguments: '{}' } }) + F({}, 'function_call') + D,
    );
    expect(calls[0]?.id).toMatch(legalId);
  });
});

describe('a call that the limit cut off is not taken for a whole one', () => {
  const cut = T(called('write', '{"path":"x","content":"abc', { index: 0, id: 'a' }));

  test('case 39: the turn says length, and the call cannot be read', async () => {
    const heard = await heardFrom(cut + F({}, 'length') + D);
    expect(heard.stop).toBe('length');
    expect(heard.calls.filter((call) => parseArguments(call.arguments).ok)).toEqual([]);
  });

  test('case 40: the same where the service claims tool_calls at the very limit that was asked for', async () => {
    const body = cut + F({}, 'tool_calls') + U({ prompt_tokens: 10, completion_tokens: 50 }) + D;
    const heard = await heardFrom(body, { request: asking('write', { sampling: { maxOutput: 50 } }) });
    expect(heard.stop).toBe('length');
  });

  test('case 40b: below the limit, tool_calls is believed', async () => {
    const body =
      T(called('ls', '{}', { index: 0, id: 'a' })) +
      F({}, 'tool_calls') +
      U({ prompt_tokens: 10, completion_tokens: 49 }) +
      D;
    const heard = await heardFrom(body, { request: asking('write', { sampling: { maxOutput: 50 } }) });
    expect(heard.stop).toBe('tool_calls');
  });

  test('case 39b: a stream that breaks inside a call is an error', async () => {
    expect(await heardFrom(cut)).toMatchObject({ stop: undefined, error: { code: 'stream_broken', retryable: true } });
  });
});

test('case 43: tool_calls without any call is a plain end', async () => {
  expect(await heardFrom(C({ content: 'Hm.' }) + end)).toMatchObject({ text: 'Hm.', stop: 'end', calls: [] });
});

test('case 48: text before and after a call stays in the same message', async () => {
  const body =
    C({ content: 'Before. ' }) + T(called('ls', '{}', { index: 0, id: 'a' })) + C({ content: 'After.' }) + end;
  const heard = await heardFrom(body);
  expect(heard.text).toBe('Before. After.');
  expect(heard.calls).toMatchObject([{ id: 'a', name: 'ls' }]);
});

test('case 47: an id in the style of functions.read:0 is kept as it is', async () => {
  const { calls } = await heardFrom(T(called('read', '{}', { index: 0, id: 'functions.read:0' })) + end);
  expect(calls).toMatchObject([{ id: 'functions.read:0' }]);
});

test.each(['Read', 'read<|x|>'])('case 49: a call of %s, which is no tool, is told as it was made', async (name) => {
  const body = T(called(name, '{}', { index: 0, id: 'a' })) + end;
  expect(await heardFrom(body)).toMatchObject({ calls: [{ id: 'a', name }], stop: 'tool_calls', error: undefined });
});

test('arguments are told exactly as they were written, so that a prompt cache still knows them', async () => {
  const written = '{ "path" :\t"x" ,"b":1.0e3}';
  const { calls } = await heardFrom(T(called('read', written, { index: 0, id: 'a' })) + end);
  expect(calls[0]?.arguments).toBe(written);
});
