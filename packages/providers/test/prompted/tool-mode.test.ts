import { type ModelEvent, TraeError } from '@trae-cli/protocol';
import { chatNotation } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { asking, type Conversation, conversation } from '../conversation.js';
import { plain } from '../entries.js';
import { readCall, stream, tools } from './speaking.js';

const { C, D, F } = chatNotation;

const asked = asking('hello', { tools });
const refusal = { status: 400, json: { error: 'registry.ollama.ai/library/gemma:latest does not support tools' } };
const prompted = { chunks: [stream([readCall])] };
const leak = { chunks: [C({ content: '<function=read>{"path":"a"}</function>' }) + F({}, 'stop') + D] };

const noticesIn = (events: readonly ModelEvent[]): readonly string[] =>
  events.flatMap((event) => (event.type === 'noticed' ? [event.message] : []));

const withTools = ({ bodies }: Conversation): readonly boolean[] => bodies.map((body) => 'tools' in body);

test('case 121: a model that does not support tools is asked the same again with calls in its text, from then on', async () => {
  await using talk = await conversation([refusal, prompted, prompted]);
  expect(talk.model.traits.toolCalls).toBeUndefined();
  const first = await talk.hear(asked);
  expect(first).toMatchObject({
    error: undefined,
    stop: 'tool_calls',
    calls: [{ name: 'read', arguments: '{"path":"a"}' }],
  });
  expect(noticesIn(first.events)).toEqual([
    'm cannot call tools itself: it is asked to write its calls into its text.',
  ]);
  expect(talk.model.traits.toolCalls).toBe('prompted');
  const second = await talk.hear(asked);
  expect(noticesIn(second.events)).toEqual([]);
  expect(withTools(talk)).toEqual([true, false, false]);
});

test('two turns in a row with calls printed as text lead to prompted calls', async () => {
  await using talk = await conversation([leak, leak, prompted, prompted]);
  const turns = [await talk.hear(asked), await talk.hear(asked), await talk.hear(asked), await talk.hear(asked)];
  expect(turns.map(({ calls }) => calls[0]?.arguments)).toEqual(Array(4).fill('{"path":"a"}'));
  expect(withTools(talk)).toEqual([true, true, false, false]);
  expect(turns.map(({ events }) => noticesIn(events).length)).toEqual([1, 0, 1, 0]);
  expect(noticesIn(turns[2]?.events ?? [])[0]).toContain('prints its tool calls as text');
});

test('a model that is known to have no tools is not tried with them', async () => {
  const entry = { ...plain, models: [{ pattern: /^m$/, tools: false }] };
  await using talk = await conversation([prompted], { entry });
  expect(noticesIn((await talk.hear(asked)).events)).toHaveLength(1);
  expect(withTools(talk)).toEqual([false]);
});

describe('a decision of the person', () => {
  test('for native calls stands, whatever the service says', async () => {
    await using talk = await conversation([refusal], { settings: { toolMode: 'native' } });
    expect((await talk.hear(asked)).error).toMatchObject({ code: 'request_rejected' });
  });

  test('for prompted calls needs no word about it', async () => {
    await using talk = await conversation([prompted], { settings: { toolMode: 'prompted' } });
    expect(noticesIn((await talk.hear(asked)).events)).toEqual([]);
    expect(withTools(talk)).toEqual([false]);
  });
});

test('other errors, and turns without tools, are nobody’s business here', async () => {
  await using talk = await conversation([{ status: 400, json: { error: 'no' } }, refusal, leak]);
  expect((await talk.hear(asked)).error).toMatchObject({ code: 'request_rejected' });
  expect((await talk.hear(asking('hello', { tools: [] }))).error).toBeInstanceOf(TraeError);
  expect((await talk.hear(asking('hello', { tools: [] }))).text).toContain('<function=read>');
});
