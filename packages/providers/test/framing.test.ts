import { chatNotation, createGate } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { asking, conversation, heardFrom, retriesOf } from './conversation.js';
import { plain } from './entries.js';

const { C, D, data, F, U } = chatNotation;

const hi = C({ role: 'assistant', content: '' }) + C({ content: 'Hi' }) + F({}, 'stop');
const nineAndOne = U({ prompt_tokens: 9, completion_tokens: 1, total_tokens: 10 });
const caseOne = hi + nineAndOne + D;

const hiHeard = { error: undefined, text: 'Hi', stop: 'end', usage: { input: 9, output: 1 } };

describe('a stream that says "Hi" is understood', () => {
  const comment = ': OPENROUTER PROCESSING\n\n';
  const inPieces = [C({ role: 'assistant', content: '' }), C({ content: 'Hi' }), F({}, 'stop'), nineAndOne, D];
  test.each([
    ['case 1: as the documentation has it', caseOne],
    [
      'case 2: with CRLF line ends and no space after the colon',
      caseOne.replaceAll('data: ', 'data:').replaceAll('\n', '\r\n'),
    ],
    ['case 3a: with comments before and between', comment.repeat(3) + inPieces.join(comment)],
    ['case 6: behind a byte order mark', `\uFEFF${caseOne}`],
    [
      'case 7: among null, empty data and a chunk without choices',
      inPieces.join(`data: null\n\ndata:\n\n${data({ id: 'c' })}`),
    ],
    ['case 12: after a chunk of prompt filter results', data({ choices: [], prompt_filter_results: [] }) + caseOne],
    ['case 21: before chunks after the end mark', caseOne + C({ content: ' again' }) + F({}, 'length')],
    ['§4.3: with the number of the choice as text', caseOne.replaceAll('"index":0', '"index":"0"')],
    [
      'case 23: beside a second choice',
      C({ content: 'Hi' }) +
        data({ choices: [{ index: 1, delta: { content: 'x' }, finish_reason: null }] }) +
        F({}, 'stop') +
        nineAndOne +
        D,
    ],
    [
      '§4.3: in a complete message instead of deltas',
      data({ choices: [{ index: 0, message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }] }) +
        nineAndOne +
        D,
    ],
    [
      '§4.3: with null choices, null delta and an empty finish reason',
      data({ choices: null }) + data({ choices: [{ index: 0, delta: null, finish_reason: '' }] }) + caseOne,
    ],
    [
      '§4.3: with a float time and an id that changes',
      data({ id: 'a', created: 1.5, choices: [{ index: 0, delta: { content: 'H' } }] }) +
        data({ id: 'b', created: '1', choices: [{ index: 0, delta: { content: 'i' } }] }) +
        F({}, 'stop') +
        nineAndOne +
        D,
    ],
    ['§4.3: with usage before the finish', C({ content: 'Hi' }) + nineAndOne + F({}, 'stop') + D],
    ['§4.3: with event names and ids', caseOne.replaceAll('data: ', 'event: message\nid: 7\nretry: 100\ndata: ')],
    ['§3.1: with data in several lines', caseOne.replaceAll('"choices":', '\ndata: "choices":')],
  ])('%s', async (_title, body) => {
    expect(await heardFrom(body)).toMatchObject(hiHeard);
  });
});

test('case 3: comments are signs of life, however long the words take', async () => {
  const beats = Array.from({ length: 10 }, () => [{ waitMs: 80 }, ': keep-alive\n\n']).flat();
  await using talk = await conversation([{ chunks: [...beats, caseOne] }], { settings: { idleTimeoutMs: 500 } });
  expect(await talk.hear()).toMatchObject(hiHeard);
});

test('case 4: packets may end inside a character', async () => {
  const body = Buffer.from(C({ content: 'né😀' }) + F({}, 'stop') + D);
  const accent = body.indexOf('é') + 1;
  const emoji = body.indexOf('😀');
  const borders = [0, accent, emoji + 1, emoji + 2, emoji + 3, body.length];
  const packets = borders.slice(1).map((end, index) => body.subarray(borders[index], end));
  expect(await heardFrom(packets)).toMatchObject({ text: 'né😀', stop: 'end' });
});

test.each([
  ['no line end', ''],
  ['one line end', '\n'],
])('case 5: the last event counts with %s behind it', async (_title, ending) => {
  expect(await heardFrom(hi.trimEnd() + ending)).toMatchObject({ error: undefined, text: 'Hi', stop: 'end' });
});

test('case 8: a broken chunk is an error after the words before it', async () => {
  const heard = await heardFrom(`${C({ content: 'A' })}data: {"broken\n\n`);
  expect(heard).toMatchObject({ text: 'A', stop: undefined, error: { code: 'provider_protocol', retryable: true } });
});

test('case 9: a complete body in place of a stream is read as if it had been streamed', async () => {
  const message = {
    role: 'assistant',
    content: 'Reading.',
    tool_calls: [{ id: 'a', type: 'function', function: { name: 'read', arguments: '{"path":"x"}' } }],
  };
  const json = {
    id: 'c',
    object: 'chat.completion',
    choices: [{ index: 0, message, finish_reason: 'tool_calls' }],
    usage: { prompt_tokens: 9, completion_tokens: 1 },
  };
  await using talk = await conversation([{ json }]);
  const heard = await talk.hear();
  expect(heard).toMatchObject({
    error: undefined,
    text: 'Reading.',
    stop: 'tool_calls',
    usage: { input: 9, output: 1 },
  });
  expect(heard.calls).toMatchObject([{ id: 'a', name: 'read', arguments: '{"path":"x"}' }]);
});

test('case 10: a page for people is refused with its address and content type', async () => {
  const page = { headers: { 'content-type': 'text/html' }, body: '<html>Sign in</html>' };
  await using talk = await conversation([page, page], { settings: { maxRetries: 1 } });
  const { error } = await talk.hear();
  expect(error).toMatchObject({ code: 'provider_protocol', retryable: false });
  expect(String(error)).toContain('text/html');
  expect(String(error)).toContain(talk.server.origin);
  expect(talk.server.requests).toHaveLength(1);
});

test('case 9b: a body that is JSON and no answer is told as what it is', async () => {
  await using talk = await conversation([{ json: { hello: 'world' } }]);
  const { error } = await talk.hear();
  expect(error).toMatchObject({ code: 'provider_protocol', retryable: true });
  expect(String(error)).toContain('{"hello":"world"}');
});

describe('a stream without an end is broken, not short', () => {
  test.each([
    ['case 11: with nothing in it', [], ''],
    ['case 11b: with nothing but comments in it', [': hello\n\n'], ''],
    ['case 15: after its first words', [C({ content: 'Hi' })], 'Hi'],
  ])('%s', async (_title, chunks, text) => {
    await using talk = await conversation([{ chunks }]);
    expect(await talk.hear()).toMatchObject({
      text,
      stop: undefined,
      error: { code: 'stream_broken', retryable: true },
    });
  });

  test('case 16: when the connection is reset', async () => {
    await using talk = await conversation([{ chunks: [C({ content: 'Hi' })], end: 'reset' }]);
    expect(await talk.hear()).toMatchObject({
      text: 'Hi',
      stop: undefined,
      error: {
        code: expect.stringMatching(/^(provider_unavailable|stream_broken)$/),
        message: expect.stringContaining('broke in the middle'),
        retryable: true,
      },
    });
  });

  test('case 17: when it falls silent for longer than the limit', async () => {
    await using talk = await conversation([{ chunks: [C({ content: 'Hi' })], end: 'hang' }], {
      settings: { idleTimeoutMs: 80 },
    });
    expect(await talk.hear()).toMatchObject({ text: 'Hi', error: { code: 'stream_broken', retryable: true } });
    expect(await talk.server.requests[0]?.ended).toBe('abandoned');
  });

  test('case 18: when not even headers come within the limit', async () => {
    const silence = createGate();
    await using talk = await conversation([{ before: { until: silence.opened } }], {
      settings: { headersTimeoutMs: 80 },
    });
    expect(await talk.hear()).toMatchObject({ text: '', error: { code: 'stream_broken', retryable: true } });
    expect(await talk.server.requests[0]?.ended).toBe('abandoned');
  });

  test('case 17b: a body that never begins is silence too', async () => {
    await using talk = await conversation([{ chunks: [], end: 'hang' }], { settings: { idleTimeoutMs: 80 } });
    expect(await talk.hear()).toMatchObject({ error: { code: 'stream_broken', retryable: true } });
  });

  test('case 17c: an error body that never ends does not hold up the error', async () => {
    const half = {
      status: 400,
      headers: { 'content-type': 'application/json' },
      chunks: ['{"error":'],
      end: 'hang',
    } as const;
    await using talk = await conversation([half], { settings: { idleTimeoutMs: 80 } });
    expect((await talk.hear()).error).toBeDefined();
    expect(await talk.server.requests[0]?.ended).toBe('abandoned');
  });
});

describe('a stream is whole once it has a finish reason', () => {
  test('case 13: also when that chunk still has words in it', async () => {
    expect(await heardFrom(F({ content: 'Hi' }, 'stop') + D)).toMatchObject({ text: 'Hi', stop: 'end' });
  });

  test('case 14: also without an end mark', async () => {
    expect(await heardFrom(hi)).toMatchObject({ text: 'Hi', stop: 'end', error: undefined });
  });

  test.each([
    ['the end mark', [caseOne]],
    ['the finish reason', [hi]],
  ])('case 14b: also where the server never closes after %s', async (_title, chunks) => {
    await using talk = await conversation([{ chunks, end: 'hang' }]);
    expect(await talk.hear()).toMatchObject({ text: 'Hi', stop: 'end', error: undefined });
  });

  test('case 21b: and a server that goes on and on behind the end mark is left', async () => {
    const beats = Array.from({ length: 150 }, () => [{ waitMs: 20 }, ': keep-alive\n\n']).flat();
    await using talk = await conversation([{ chunks: [caseOne, ...beats] }]);
    expect(await talk.hear()).toMatchObject(hiHeard);
    expect(await talk.server.requests[0]?.ended).toBe('abandoned');
  });

  test('an answer without a word is an end too, which is for the agent to judge', async () => {
    expect(await heardFrom(C({ role: 'assistant', content: '' }) + F({}, 'stop') + D)).toMatchObject({
      message: { content: [] },
      stop: 'end',
      error: undefined,
    });
  });

  test('§4.6: the end mark without a reason is an end where there were words', async () => {
    expect(await heardFrom(C({ content: 'Hi' }) + D)).toMatchObject({ text: 'Hi', stop: 'end', error: undefined });
  });

  test.each([
    ['eos', 'end'],
    ['end_turn', 'end'],
    ['length', 'length'],
    ['max_tokens', 'length'],
    ['content_filter', 'filtered'],
    ['SAFETY', 'filtered'],
    ['something_new', 'other'],
  ])('§4.6: the finish reason %s means %s', async (reason, stop) => {
    expect(await heardFrom(C({ content: 'Hi' }) + F({}, reason) + D)).toMatchObject({ stop, error: undefined });
  });

  test.each(['error', 'network_error', 'insufficient_system_resource', 'malformed_function_call'])(
    '§4.6: the finish reason %s is a failure that may be tried again',
    async (reason) => {
      const heard = await heardFrom(C({ content: 'Hi' }) + F({}, reason) + D);
      expect(heard).toMatchObject({ stop: undefined, error: { retryable: true } });
    },
  );

  test('case 22: a refusal is text, and the turn is filtered', async () => {
    expect(await heardFrom(C({ refusal: 'No' }) + F({}, 'stop') + D)).toMatchObject({ text: 'No', stop: 'filtered' });
  });

  test('§4.1: a service that omits finish reasons is whole at a clean end', async () => {
    const entry = { ...plain, dialect: { ...plain.dialect, omitsFinishReason: true } };
    expect(await heardFrom(C({ content: 'Hi' }), { entry })).toMatchObject({ text: 'Hi', stop: 'end' });
    expect(await heardFrom('', { entry })).toMatchObject({ error: { code: 'stream_broken' } });
  });
});

describe('an abort', () => {
  test('case 19: after the first words ends the turn at once, and the server sees the client leave', async () => {
    await using talk = await conversation([{ chunks: [C({ content: 'Hi' })], end: 'hang' }], {
      settings: { maxRetries: 3 },
    });
    const controller = new AbortController();
    const reason = new Error('enough');
    let abortedAt = Number.NaN;
    const heard = await talk.hear(asking('hello'), {
      signal: controller.signal,
      onEvent: (event) => {
        if (event.type !== 'text_delta') return;
        abortedAt = performance.now();
        controller.abort(reason);
      },
    });
    expect(performance.now() - abortedAt).toBeLessThan(2000);
    expect(heard).toMatchObject({ text: 'Hi', stop: undefined });
    expect(heard.error).toBe(reason);
    expect(retriesOf(heard)).toEqual([]);
    expect(await talk.server.requests[0]?.ended).toBe('abandoned');
  });

  test('before the first header ends the turn too', async () => {
    await using talk = await conversation([{ before: { until: createGate().opened } }]);
    const controller = new AbortController();
    const reason = new Error('enough');
    const hearing = talk.hear(asking('hello'), { signal: controller.signal });
    await talk.server.untilRequests(1);
    controller.abort(reason);
    expect((await hearing).error).toBe(reason);
    expect(await talk.server.requests[0]?.ended).toBe('abandoned');
  });

  test('before the start sends nothing', async () => {
    await using talk = await conversation([{ text: 'never' }]);
    const reason = new Error('enough');
    expect((await talk.hear(asking('hello'), { signal: AbortSignal.abort(reason) })).error).toBe(reason);
    expect(talk.server.requests).toEqual([]);
  });
});
