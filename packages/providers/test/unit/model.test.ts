import { type Message, type ModelEvent, userMessage } from '@trae-cli/protocol';
import { chatNotation } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { asking, askingWith, conversation, type Heard } from '../conversation.js';
import { plain } from '../entries.js';

const { C, D, F, T } = chatNotation;

const noticesOf = ({ events }: Heard): readonly string[] =>
  events
    .filter((event): event is Extract<ModelEvent, { type: 'noticed' }> => event.type === 'noticed')
    .map(({ message }) => message);

describe('what a model learns', () => {
  const overflow = {
    status: 400,
    json: { error: { message: "This model's maximum context length is 8192 tokens." } },
  };

  test('is its window, from the first overflow', async () => {
    await using talk = await conversation([overflow]);
    expect(talk.model.traits.contextWindow).toBeNull();
    await talk.hear();
    expect(talk.model.traits.contextWindow).toBe(8192);
  });

  test('is that its window is smaller than was said', async () => {
    await using talk = await conversation([overflow], { settings: { contextWindow: 32_768 } });
    await talk.hear();
    expect(talk.model.traits.contextWindow).toBe(8192);
  });

  test('is not more than the person allows', async () => {
    await using talk = await conversation([overflow], { settings: { contextWindow: 4096 } });
    await talk.hear();
    expect(talk.model.traits.contextWindow).toBe(4096);
  });
});

test('what the catalog has to say about a model, and what is not sent to it, is said once', async () => {
  const entry = { ...plain, models: [{ pattern: /^m$/, notice: 'is old.', dialect: { sampling: 'none' } as const }] };
  await using talk = await conversation([{ text: 'a' }, { text: 'b' }], { entry });
  const sampled = asking('hello', { sampling: { temperature: 0.5, topP: 1 } });
  expect(noticesOf(await talk.hear(sampled))).toEqual(['m is old.', 'temperature is not sent: m does not take it.']);
  expect(noticesOf(await talk.hear(sampled))).toEqual([]);
});

test('an id that the server uses again in a later turn is made unique', async () => {
  const answer = {
    chunks: [T({ index: 0, id: 'call_0', function: { name: 'read', arguments: '{}' } }), F({}, 'tool_calls'), D],
  };
  await using talk = await conversation([answer, answer]);
  const first = await talk.hear();
  expect(first.calls[0]?.id).toBe('call_0');
  const messages: readonly Message[] = [
    userMessage('go'),
    first.message,
    { role: 'tool', callId: 'call_0', toolName: 'read', status: 'ok', content: [{ type: 'text', text: 'x' }] },
  ];
  const second = await talk.hear(askingWith(messages));
  expect(second.calls[0]?.id).toMatch(/^call_[a-z0-9]+$/);
  expect(second.calls[0]?.id).not.toBe('call_0');
});

test('a length limit with nothing said and a full window is an overflow', async () => {
  const usage = { prompt_tokens: 1000, completion_tokens: 0 };
  await using talk = await conversation([{ finishReason: 'length', usage }], { settings: { contextWindow: 1000 } });
  expect((await talk.hear()).error).toMatchObject({ code: 'context_overflow' });
});

test('thoughts without a signature do not go back to those who would refuse them', async () => {
  const detail = (text: string, signature?: string) =>
    C({
      reasoning_details: [
        {
          type: 'reasoning.text',
          format: 'anthropic-claude-v1',
          index: text.length,
          text,
          ...(signature === undefined ? {} : { signature }),
        },
      ],
    });
  const answer = { chunks: [detail('one'), detail('three', 'S'), C({ content: 'A' }), F({}, 'stop'), D] };
  await using talk = await conversation([answer, { text: 'b' }], { entry: 'openrouter' });
  const { message, reasoning } = await talk.hear();
  expect(reasoning).toBe('onethree');
  await talk.hear(askingWith([userMessage('go'), message, userMessage('on')]));
  expect(JSON.stringify(talk.bodies[1])).toContain('"signature":"S"');
  expect(JSON.stringify(talk.bodies[1])).not.toContain('"one"');
});
