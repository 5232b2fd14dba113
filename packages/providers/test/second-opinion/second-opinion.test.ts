import { type Message, userMessage } from '@trae-cli/protocol';
import { describe, expect, test } from 'vitest';
import { asking, askingWith, type Heard, hear, never } from '../conversation.js';
import { type Format, formats, opinion } from './opinion.js';

const calls = ['a', 'b'].map((path) => ({ name: 'read', arguments: JSON.stringify({ path }) }));

const answersTo = ({ calls: made }: Heard): readonly Message[] =>
  made.map(({ id, name, arguments: given }) => ({
    role: 'tool',
    callId: id,
    toolName: name,
    status: 'ok',
    content: [{ type: 'text', text: `of ${given}` }],
  }));

/** What this server does otherwise than the services, which are who we keep to. */
const malformed: Readonly<Record<Format, string>> = {
  'openai-chat': '{"path": ',
  'openai-responses': '{"path": ',
  // The service hands on what the model wrote; this one puts something in its place.
  anthropic: '{}',
};

describe.each(formats)('a server of somebody else, over %s,', (format) => {
  test('says a text in pieces, with what was thought apart from it', async () => {
    await using server = await opinion((mock) =>
      mock.onMessage('hello', { content: 'Hello there, friend', reasoning: 'Let me think.' }, { latency: 15 }),
    );
    const heard = await hear(await server.model(format), asking('hello'));
    expect(heard).toMatchObject({
      error: undefined,
      text: 'Hello there, friend',
      reasoning: 'Let me think.',
      stop: 'end',
    });
    expect(heard.events.filter(({ type }) => type === 'text_delta').length).toBeGreaterThan(1);
  });

  test('says the same in one piece where no stream is asked for', async () => {
    await using server = await opinion((mock) => mock.onMessage('hello', { content: 'Hello there, friend' }));
    const heard = await hear(await server.model(format, { stream: false }), asking('hello'));
    expect(heard).toMatchObject({ error: undefined, text: 'Hello there, friend', stop: 'end' });
  });

  test('counts the tokens where it is told to', async () => {
    const usage = { prompt_tokens: 10, completion_tokens: 3, input_tokens: 10, output_tokens: 3 };
    await using server = await opinion((mock) => mock.onMessage('hello', { content: 'Hi', usage }));
    const heard = await hear(await server.model(format), asking('hello'));
    expect(heard.usage).toMatchObject({ input: 10, output: 3 });
  });

  test('makes calls in parallel, and understands which answer is whose', async () => {
    await using server = await opinion((mock) =>
      mock
        .on({ userMessage: 'read', hasToolResult: false }, { content: 'I read.', toolCalls: calls })
        .on({ userMessage: 'read', hasToolResult: true }, { content: 'Done.' }),
    );
    const model = await server.model(format);
    const first = await hear(model, asking('read a and b'));
    expect(first).toMatchObject({ text: 'I read.', stop: 'tool_calls', calls });
    const second = await hear(model, askingWith([userMessage('read a and b'), first.message, ...answersTo(first)]));
    expect(second).toMatchObject({ error: undefined, text: 'Done.' });
    const asked = server.understood.flatMap(({ tool_calls = [] }) => tool_calls);
    const answers = server.understood.filter(({ role }) => role === 'tool');
    expect(asked.map((call) => JSON.parse(call.function.arguments) as unknown)).toEqual([{ path: 'a' }, { path: 'b' }]);
    expect(answers.map(({ tool_call_id }) => tool_call_id)).toEqual(asked.map(({ id }) => id));
    expect(answers.map(({ content }) => content)).toEqual(['of {"path":"a"}', 'of {"path":"b"}']);
  });

  test('understands the instructions, and the words of the person', async () => {
    await using server = await opinion((mock) =>
      mock.on({ systemMessage: 'Be brief.', userMessage: 'hello' }, { content: 'Hi' }),
    );
    expect(await hear(await server.model(format), asking('hello'))).toMatchObject({ error: undefined, text: 'Hi' });
  });

  test('refuses too many requests, and says when to come back', async () => {
    const error = { message: 'Too many', type: 'rate_limit_error' };
    await using server = await opinion((mock) => mock.onMessage('hello', { error, status: 429, retryAfter: 7 }));
    const heard = await hear(await server.model(format), asking('hello'));
    expect(heard.error).toMatchObject({ code: 'rate_limited', retryable: true, retryAfterMs: 7000 });
  });

  test.each([
    [401, 'credentials_rejected'],
    [500, 'provider_unavailable'],
    [529, 'provider_unavailable'],
  ])('refuses with %i, which is %s', async (status, code) => {
    const error = { message: 'No.', type: 'some_error' };
    await using server = await opinion((mock) => mock.onMessage('hello', { error, status }));
    expect((await hear(await server.model(format), asking('hello'))).error).toMatchObject({ code });
  });

  test('breaks off in the midst, and nothing of it counts', async () => {
    const content = 'one two three four five six seven eight nine ten '.repeat(5);
    await using server = await opinion((mock) =>
      mock.onMessage('hello', { content }, { latency: 20, disconnectAfterMs: 200 }),
    );
    const heard = await hear(await server.model(format), asking('hello'));
    expect(heard).toMatchObject({ stop: undefined, error: { code: 'stream_broken' } });
  });

  test('sends arguments that are no JSON, which are kept as they came', async () => {
    await using server = await opinion((mock) =>
      mock.onMessage('hello', { toolCalls: [{ name: 'read', arguments: '{"path": ' }] }),
    );
    const heard = await hear(await server.model(format), asking('hello'));
    expect(heard.calls).toMatchObject([{ name: 'read', arguments: malformed[format] }]);
  });

  test('takes its own thoughts back', async () => {
    await using server = await opinion((mock) =>
      mock
        .on({ userMessage: 'hello' }, { content: 'Hi', reasoning: 'Let me think.' })
        .on({ userMessage: 'more' }, { content: 'More.' }),
    );
    const model = await server.model(format);
    const { message } = await hear(model, asking('hello'));
    const heard = await hear(model, askingWith([userMessage('hello'), message, userMessage('more')]));
    expect(heard).toMatchObject({ error: undefined, text: 'More.' });
  });
});

test.each(['openai-chat', 'openai-responses'] as const)('over %s, it lists its models', async (format) => {
  await using server = await opinion((mock) => mock.onMessage('hello', { content: 'Hi' }));
  expect(await server.provider(format).listModels(never)).toMatchObject(expect.arrayContaining([{ id: 'gpt-4o' }]));
});
