import type { AssistantMessage, JsonValue, Message } from '@trae-cli/protocol';
import { catalog } from '@trae-cli/providers';
import { chatNotation, type RawAnswer } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { asking, askingWith, conversation, heardFrom, messagesOf } from './conversation.js';
import { plain } from './entries.js';

const { C, D, F, T } = chatNotation;

const answer = (body: string): RawAnswer => ({ chunks: [body] });
const fine = answer(C({ content: 'Fine.' }) + F({}, 'stop') + D);
const callA = { index: 0, id: 'a', type: 'function', function: { name: 'read', arguments: '{"path":"x"}' } };
const user: Message = { role: 'user', content: [{ type: 'text', text: 'hello' }] };
const resultOf = (callId: string): Message => ({
  role: 'tool',
  callId,
  toolName: 'read',
  status: 'ok',
  content: [{ type: 'text', text: 'contents' }],
});

const reasoningFields = ['reasoning_content', 'reasoning', 'reasoning_details', 'reasoning_text', 'thinking'];
const fieldsIn = (message: JsonValue | undefined): readonly string[] =>
  reasoningFields.filter((field) => JSON.stringify(message).includes(`"${field}"`));

describe('reasoning is heard once, apart from the text', () => {
  test.each([
    [
      'case 50: in reasoning_content, beside null content',
      C({ reasoning_content: 'Th', content: null }) +
        C({ reasoning_content: 'ink' }) +
        C({ content: 'A' }) +
        F({}, 'stop'),
    ],
    ['case 50b: in reasoning', C({ reasoning: 'Think' }) + C({ content: 'A' }) + F({}, 'stop')],
    ['case 50c: in reasoning_text', C({ reasoning_text: 'Think' }) + C({ content: 'A' }) + F({}, 'stop')],
    [
      'case 51: in two fields at once',
      C({ reasoning: 'Th', reasoning_content: 'Th' }) +
        C({ reasoning: 'ink', reasoning_content: 'ink' }) +
        C({ content: 'A' }) +
        F({}, 'stop'),
    ],
    ['§4.5: in the delta that also has the text', C({ reasoning_content: 'Think', content: 'A' }) + F({}, 'stop')],
    [
      '§4.5: beside details of the same words',
      C({ reasoning: 'Think', reasoning_details: [{ type: 'reasoning.text', text: 'Think', index: 0 }] }) +
        C({ content: 'A' }) +
        F({}, 'stop'),
    ],
    [
      '§6.6: among empty strings',
      C({ content: '', reasoning_content: 'Think' }) + C({ content: 'A', reasoning_content: '' }) + F({}, 'stop'),
    ],
  ])('%s', async (_title, body) => {
    const heard = await heardFrom(body + D);
    expect(heard).toMatchObject({ reasoning: 'Think', text: 'A', stop: 'end', error: undefined });
    expect(heard.message.content.map((part) => part.type)).toEqual(['reasoning', 'text']);
  });

  test('§4.5: reasoning comes before the text of the same delta', async () => {
    const { events } = await heardFrom(C({ content: 'A', reasoning_content: 'Think' }) + F({}, 'stop') + D);
    const said = events.filter((event) => event.type === 'text_delta' || event.type === 'reasoning_delta');
    expect(said.map((event) => event.type)).toEqual(['reasoning_delta', 'text_delta']);
  });
});

test('case 52: details of reasoning are merged, kept, and returned unchanged', async () => {
  const detail = (entry: JsonValue): string => C({ reasoning_details: [entry] });
  const thought =
    detail({ type: 'reasoning.text', text: 'a', index: 0 }) +
    detail({ type: 'reasoning.text', text: 'b', index: 0 }) +
    detail({ type: 'reasoning.text', signature: 'S', index: 0 });
  await using talk = await conversation([answer(thought + T(callA) + F({}, 'tool_calls') + D), fine], {
    entry: 'openrouter',
    model: 'anthropic/claude-sonnet-5.5',
  });
  const { message } = await talk.hear();
  await talk.hear(askingWith([user, message, resultOf('a')]));
  expect(messagesOf(talk.bodies[1])[2]?.['reasoning_details']).toEqual([
    { type: 'reasoning.text', text: 'ab', signature: 'S', index: 0 },
  ]);
});

test('case 52b: encrypted details have no text and are returned all the same', async () => {
  const details = [
    { type: 'reasoning.summary', summary: 'Short.', index: 0 },
    { type: 'reasoning.encrypted', data: 'QUJD', id: 'r1', format: 'f', index: 1 },
  ];
  await using talk = await conversation(
    [answer(C({ reasoning_details: details }) + T(callA) + F({}, 'tool_calls') + D), fine],
    { entry: 'openrouter', model: 'openai/gpt-6-sol' },
  );
  const { message } = await talk.hear();
  await talk.hear(askingWith([user, message, resultOf('a')]));
  expect(messagesOf(talk.bodies[1])[2]?.['reasoning_details']).toEqual(details);
});

test('case 52c: an empty list of details goes back as well, where thoughts came in another field', async () => {
  const thought = C({ reasoning: 'Hm', reasoning_details: [] });
  await using talk = await conversation([answer(thought + T(callA) + F({}, 'tool_calls') + D), fine], {
    entry: 'openrouter',
    model: 'deepseek/deepseek-v4.1-flash',
  });
  const { message } = await talk.hear();
  await talk.hear(askingWith([user, message, resultOf('a')]));
  expect(messagesOf(talk.bodies[1])[2]?.['reasoning_details']).toEqual([]);
});

test('case 52d: a model that does not think gets no empty thought from an empty list', async () => {
  const heard = await heardFrom(C({ content: 'Hi', reasoning_details: [] }) + F({}, 'stop') + D);
  expect(heard.message.content.map((part) => part.type)).toEqual(['text']);
});

test('§6.8: a gateway gets back every form in which thoughts came, the signed blocks of LiteLLM included', async () => {
  const piece = (text: string, signature: string | null): string =>
    C({ reasoning_content: text, thinking_blocks: [{ type: 'thinking', thinking: text, signature }] });
  const detail = C({ reasoning_details: [{ type: 'reasoning.encrypted', data: 'QUJD', index: 0 }] });
  const thought = piece('a', null) + piece('b', null) + piece('', 'S1') + piece('c', null) + piece('', 'S2') + detail;
  await using talk = await conversation([answer(thought + T(callA) + F({}, 'tool_calls') + D), fine], {
    entry: 'openai_compatible',
  });
  const { message, reasoning } = await talk.hear();
  await talk.hear(askingWith([user, message, resultOf('a')]));
  expect(reasoning).toBe('abc');
  expect(messagesOf(talk.bodies[1])[2]).toMatchObject({
    reasoning_content: 'abc',
    reasoning_details: [{ type: 'reasoning.encrypted', data: 'QUJD', index: 0 }],
    thinking_blocks: [
      { type: 'thinking', thinking: 'ab', signature: 'S1' },
      { type: 'thinking', thinking: 'c', signature: 'S2' },
    ],
  });
});

const elsewhere: AssistantMessage = {
  role: 'assistant',
  origin: { provider: 'another', model: 'thinker' },
  content: [
    {
      type: 'reasoning',
      text: 'Secret thoughts.',
      sealed: { reasoning_details: [{ type: 'reasoning.text', text: 'x' }] },
    },
    { type: 'text', text: 'Said.' },
  ],
};

describe('what goes back to the model', () => {
  test('case 53: reasoning_content on every assistant message, where the vendor insists', async () => {
    const thought = C({ reasoning_content: 'Think' }) + T(callA) + F({}, 'tool_calls') + D;
    await using talk = await conversation([answer(thought), fine], { entry: 'deepseek' });
    const { message } = await talk.hear();
    await talk.hear(askingWith([user, elsewhere, user, message, resultOf('a')]));
    const assistants = messagesOf(talk.bodies[1]).filter(({ role }) => role === 'assistant');
    expect(assistants.map((body) => body['reasoning_content'])).toEqual(['', 'Think']);
  });

  test('case 54: no thought of another model', async () => {
    await using talk = await conversation([fine]);
    await talk.hear(askingWith([user, elsewhere, user]));
    expect(messagesOf(talk.bodies[0])[2]).toMatchObject({ role: 'assistant', content: 'Said.' });
    expect(fieldsIn(talk.bodies[0])).toEqual([]);
    expect(talk.server.requests[0]?.raw.toString()).not.toContain('Secret thoughts');
  });

  test('case 54b: no thought at all, where the dialect asks for none', async () => {
    await using talk = await conversation([
      answer(C({ reasoning_content: 'Think' }) + C({ content: 'A' }) + F({}, 'stop') + D),
      fine,
    ]);
    const { message } = await talk.hear();
    await talk.hear(askingWith([user, message, user]));
    expect(fieldsIn(talk.bodies[1])).toEqual([]);
  });

  test.each(['reasoning_content', 'reasoning'])(
    '§4.9: %s in the field it came in, to a server that nobody knows',
    async (field) => {
      const entry = 'openai_compatible';
      const thought = C({ [field]: 'Think' }) + T(callA) + F({}, 'tool_calls') + D;
      await using talk = await conversation([answer(thought), fine], { entry });
      const { message } = await talk.hear();
      await talk.hear(askingWith([user, message, resultOf('a')]));
      expect(messagesOf(talk.bodies[1])[2]?.[field]).toBe('Think');
    },
  );

  test('case 46: the thought signature of a call, in its place, to the model it came from', async () => {
    const google = { google: { thought_signature: 'S' } };
    const signed = T({ ...callA, extra_content: google }) + F({}, 'tool_calls') + D;
    await using talk = await conversation([answer(signed), fine], { entry: 'google', model: 'gemini-3.8-flash' });
    const { message } = await talk.hear();
    await talk.hear(askingWith([user, message, resultOf('a')]));
    expect(messagesOf(talk.bodies[1])[2]).toMatchObject({ tool_calls: [{ id: 'a', extra_content: google }] });
  });

  test('case 46b: the thought signature of a call to no other model', async () => {
    const google = { google: { thought_signature: 'S' } };
    await using first = await conversation([answer(T({ ...callA, extra_content: google }) + F({}, 'tool_calls') + D)]);
    await using second = await conversation([fine], { model: 'another' });
    const { message } = await first.hear();
    await second.hear(askingWith([user, message, resultOf('a')]));
    expect(JSON.stringify(second.bodies[0])).not.toContain('thought_signature');
  });
});

describe('thoughts between tags', () => {
  test('case 55: are reasoning, wherever the tags are cut', async () => {
    const body = C({ content: '<th' }) + C({ content: 'ink>a</thi' }) + C({ content: 'nk>B' }) + F({}, 'stop') + D;
    await using talk = await conversation([answer(body), fine]);
    const heard = await talk.hear();
    expect(heard).toMatchObject({ reasoning: 'a', text: 'B', stop: 'end' });
    await talk.hear(askingWith([user, heard.message, user]));
    expect(messagesOf(talk.bodies[1])[2]?.['content']).toBe('B');
  });

  test('case 56: may have no opening tag, where the model is known to begin inside one', async () => {
    const entry = { ...plain, dialect: { ...plain.dialect, opensInThought: true } };
    const bodies = [C({ content: 'a</think>B' }), C({ content: 'a</th' }) + C({ content: 'ink>B' })];
    for (const body of bodies) {
      expect(await heardFrom(body + F({}, 'stop') + D, { entry })).toMatchObject({ reasoning: 'a', text: 'B' });
    }
  });

  test('case 55b: a beginning that turns out to be no tag is text, every letter of it', async () => {
    const body = C({ content: 'a <th' }) + C({ content: 'ing> <' }) + C({ content: ' b <think' }) + F({}, 'stop') + D;
    expect(await heardFrom(body)).toMatchObject({ reasoning: '', text: 'a <thing> < b <think' });
  });

  test('case 55c: a tag in the middle of an explanation is text', async () => {
    const body = C({ content: 'Use the <think>x</think> tag.' }) + F({}, 'stop') + D;
    expect(await heardFrom(body)).toMatchObject({ reasoning: '', text: 'Use the <think>x</think> tag.' });
  });
});

test('case 57: thoughts that used up the limit are a length, and leave no empty message in the history', async () => {
  await using talk = await conversation([answer(C({ reasoning_content: 'Hmmm' }) + F({}, 'length') + D), fine]);
  const heard = await talk.hear(asking('think'));
  expect(heard).toMatchObject({ stop: 'length', reasoning: 'Hmmm', text: '', error: undefined });
  await talk.hear(askingWith([user, heard.message, user]));
  const assistants = messagesOf(talk.bodies[1]).filter(({ role }) => role === 'assistant');
  expect(assistants).toEqual([]);
});

test('§4.9: the catalog declares which vendors want their reasoning back, and how', () => {
  const wanting = catalog.flatMap(({ id, dialect: { replayReasoning } }) =>
    replayReasoning === undefined ? [] : [[id, replayReasoning]],
  );
  expect(wanting).toEqual([
    ['openrouter', 'reasoning_details'],
    ['deepseek', 'reasoning_content'],
    ['openai_compatible', 'as received'],
  ]);
});
