import { type JsonObject, userMessage } from '@trae-cli/protocol';
import { describe, expect, test } from 'vitest';
import { asking, askingWith, type ConversationOptions, type Heard } from '../conversation.js';
import {
  completed,
  fromOpenAi,
  inputOf,
  message,
  messageItem,
  reasoning,
  reasoningItem,
  talkWith,
} from './responses-talk.js';

const refusal = (error: JsonObject, status = 400) => ({
  status,
  json: { error: { type: 'invalid_request_error', ...error } },
});
const fine = { text: 'Fine.' };
const noticesOf = ({ events }: Heard): readonly string[] =>
  events.flatMap((event) => (event.type === 'noticed' ? [event.message] : []));
const thinking: ConversationOptions = {
  ...fromOpenAi,
  settings: { reasoningEffort: 'high', parallelToolCalls: false },
};

describe('case 85b: what a refusal names is changed, told, and remembered', () => {
  test.each<readonly [string, JsonObject, string, JsonObject]>([
    [
      'the summary, for organisations that have not shown who they are',
      {
        message: 'Your organization must be verified to generate reasoning summaries.',
        param: 'reasoning.summary',
        code: 'unsupported_value',
      },
      'reasoning.summary is left out: the service does not accept it.',
      { reasoning: { effort: 'high' } },
    ],
    [
      'the effort',
      {
        message: "Unsupported value: 'high' is not supported with this model.",
        param: 'reasoning.effort',
        code: 'unsupported_value',
      },
      'reasoning.effort is left out: the service does not accept it.',
      { reasoning: { summary: 'auto' } },
    ],
    [
      'the effort, where only the words name it',
      { message: 'Unknown parameter: reasoning.effort' },
      'reasoning.effort is left out: the service does not accept it.',
      { reasoning: { summary: 'auto' } },
    ],
    [
      'all of reasoning',
      {
        message: "Unsupported parameter: 'reasoning' is not supported with this model.",
        param: 'reasoning',
        code: 'unsupported_parameter',
      },
      'reasoning is left out: the service does not accept it.',
      { include: ['reasoning.encrypted_content'] },
    ],
    [
      'what is to be included',
      { message: 'Encrypted content is not supported with this model.', param: 'include' },
      'include is left out: the service does not accept it.',
      { reasoning: { effort: 'high', summary: 'auto' } },
    ],
    [
      'what is to be included, by its place in the list',
      { message: 'Invalid value.', param: 'include[0]' },
      'include is left out: the service does not accept it.',
      {},
    ],
    [
      'parallel calls',
      {
        message: "Unsupported parameter: 'parallel_tool_calls'",
        param: 'parallel_tool_calls',
        code: 'unsupported_parameter',
      },
      'parallel_tool_calls is left out: the service does not accept it.',
      {},
    ],
    [
      'the limit',
      { message: "Unsupported parameter: 'max_output_tokens'", param: 'max_output_tokens' },
      'max_output_tokens is left out: the service does not accept it.',
      {},
    ],
    [
      'a limit that is too high',
      {
        message: 'max_output_tokens is too large: 60000. This model supports at most 32768 tokens.',
        param: 'max_output_tokens',
      },
      'max_output_tokens is lowered to 32768: the service does not accept more.',
      { max_output_tokens: 32_768 },
    ],
    [
      'the stream, for organisations that have not shown who they are',
      {
        message: 'Your organization must be verified to stream this model.',
        param: 'stream',
        code: 'unsupported_value',
      },
      'stream is set to false: the service asks for it.',
      { stream: false },
    ],
  ])('%s', async (_title, error, notice, expected) => {
    await using talk = await talkWith([refusal(error), fine, fine], thinking);
    const request = asking('hello', { sampling: { maxOutput: 60_000 } });
    const heard = await talk.hear(request);
    expect(heard).toMatchObject({ text: 'Fine.', error: undefined });
    expect(noticesOf(heard)).toEqual([notice]);
    await talk.hear(request);
    const [first, ...others] = talk.bodies;
    const gone = /^(\w+) is left out/.exec(notice)?.[1];
    for (const body of others) expect(body).toMatchObject(expected);
    expect(others.filter((body) => gone !== undefined && gone in body)).toEqual([]);
    expect(first).not.toEqual(others[0]);
  });

  test('with 403 as with 400', async () => {
    const error = {
      message: 'Your organization must be verified to generate reasoning summaries.',
      param: 'reasoning.summary',
    };
    await using talk = await talkWith([refusal(error, 403), fine], fromOpenAi);
    expect(await talk.hear()).toMatchObject({ text: 'Fine.' });
    expect(talk.bodies[1]).not.toHaveProperty('reasoning');
  });

  test('the instructions, which become a message', async () => {
    const error = { message: "Unknown parameter: 'instructions'.", param: 'instructions', code: 'unknown_parameter' };
    await using talk = await talkWith([refusal(error), fine], fromOpenAi);
    expect(await talk.hear()).toMatchObject({ text: 'Fine.' });
    expect(talk.bodies[1]).not.toHaveProperty('instructions');
    const system = { type: 'message', role: 'system', content: [{ type: 'input_text', text: 'Be brief.' }] };
    expect(inputOf(talk.bodies[1])).toEqual([system, expect.objectContaining({ role: 'user' })]);
  });
});

describe('thoughts that the service does not take back', () => {
  const user = userMessage('hello');
  const turn = { chunks: [reasoning(0, 'Think.') + message(1, 'Said.') + completed()] };

  test.each<JsonObject>([
    { message: 'The encrypted content gAAA... could not be verified.', code: 'invalid_encrypted_content' },
    { message: "Item 'msg_1' of type 'message' was provided without its required 'reasoning' item: 'rs_0'." },
    { message: "Item 'rs_0' of type 'reasoning' was provided without its required following item." },
    { message: "Item with id 'rs_0' not found. Items are not persisted when `store` is set to false." },
    { message: "Invalid value: 'reasoning'. Supported values are: 'message'.", param: 'input[1].type' },
  ])('are left out, told, and never sent again: %j', async (error) => {
    await using talk = await talkWith([turn, refusal(error), fine, fine], fromOpenAi);
    const { message: own } = await talk.hear(askingWith([user]));
    const heard = await talk.hear(askingWith([user, own, user]));
    expect(heard).toMatchObject({ text: 'Fine.', error: undefined });
    expect(noticesOf(heard)).toEqual([
      'What the model thought before is not sent back to it: the service does not accept it.',
    ]);
    await talk.hear(askingWith([user, own, user]));
    const kinds = talk.bodies.slice(1).map((body) => inputOf(body).map((item) => (item as JsonObject)['type']));
    expect(kinds).toEqual([
      ['message', 'reasoning', 'message', 'message'],
      ...Array.from({ length: 2 }, () => ['message', 'message', 'message']),
    ]);
  });

  test('are given up where that does not help', async () => {
    const error = { message: 'The encrypted content could not be verified.', code: 'invalid_encrypted_content' };
    await using talk = await talkWith(() => refusal(error), fromOpenAi);
    const own = {
      role: 'assistant',
      origin: { provider: 'openai', model: 'gpt-6-sol' },
      content: [
        { type: 'reasoning', text: '', sealed: reasoningItem(0) },
        { type: 'text', text: 'Said.' },
      ],
    } as const;
    expect((await talk.hear(askingWith([user, own, user]))).error).toMatchObject({ code: 'request_rejected' });
    expect(talk.server.requests).toHaveLength(2);
    expect(JSON.stringify(talk.bodies[1])).toContain(JSON.stringify(messageItem(1, 'Said.')['content']));
  });
});
