import {
  type AssistantMessage,
  callsOf,
  createTurn,
  type JsonValue,
  type Message,
  type Model,
  type ModelEvent,
  textOf,
} from '@trae-cli/protocol';
import { chatNotation, Random, scriptedModel } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { recoverCalls } from '../../src/recovered/recover-calls.js';
import { withRecoveredCalls } from '../../src/recovered/recovering-model.js';
import { asking, conversation, type Heard, hear, never } from '../conversation.js';
import { leaks, modelOf, saying, scraps, tools, words } from './leaks.js';

const { C, D, F } = chatNotation;

const asked = asking('hello', { tools });

const called = ({ message }: Heard): readonly { name: string; arguments: JsonValue }[] =>
  callsOf(message).map((call) => ({ name: call.name, arguments: JSON.parse(call.arguments) as JsonValue }));

const hearing = (model: Model): Promise<Heard> => hear(withRecoveredCalls(model), asked);

describe('a call that is printed as text', () => {
  test.each(leaks)('%s: is recovered', async (_name, text, calls) => {
    const heard = await hearing(saying([text]));
    expect({ calls: called(heard), stop: heard.stop, text: heard.text.trim() }).toEqual({
      calls,
      stop: 'tool_calls',
      text: '',
    });
  });

  test.each(leaks)(
    '%s: is recovered wherever the pieces end, with what is said before it',
    async (_name, leak, calls) => {
      const isAll = leak.trimStart().startsWith('{') || /^\s*\[\{|^ \[/.test(leak);
      const text = isAll ? leak : `Let me look, if a < b [1].\n\n${leak}`;
      const before = isAll ? '' : 'Let me look, if a < b [1].';
      for (let cut = 1; cut < text.length; cut += 1) {
        const heard = await hearing(saying([text.slice(0, cut), text.slice(cut)]));
        expect({ calls: called(heard), text: heard.text.trim() }, `cut at ${cut}`).toEqual({ calls, text: before });
      }
      expect(called(await hearing(saying(text.split(''))))).toEqual(calls);
    },
  );

  test.each(words)('%s: is none, and passes to the letter', async (_name, text) => {
    for (let cut = 1; cut < text.length; cut += 1) {
      const heard = await hearing(saying([text.slice(0, cut), text.slice(cut)]));
      expect({ calls: heard.calls, text: heard.text, stop: heard.stop }).toEqual({ calls: [], text, stop: 'end' });
    }
    expect((await hearing(saying(text.split('')))).text).toBe(text);
    expect(recoverCalls(text, tools)).toBeUndefined();
  });

  test('keeps its place between two texts', async () => {
    const heard = await hearing(
      saying(['One. <function=read>{"path":"a"}</function> Two. <function=read>{}</function>']),
    );
    expect(heard.message.content.map((part) => (part.type === 'text' ? part.text : part.type))).toEqual([
      'One. ',
      'tool_call',
      ' Two. ',
      'tool_call',
    ]);
  });

  test.each(['length', 'filtered', 'other'] as const)('stays text where the turn stopped for %s', async (stop) => {
    const text = '<tool_call>{"name":"read","arguments":{"path":"a"}}</tool_call>';
    expect(await hearing(saying([text], stop))).toMatchObject({ text, calls: [], stop });
  });

  test('stays text beside a proper call, and in a request without tools', async () => {
    const text = '<tool_call>{"name":"read","arguments":{"path":"a"}}</tool_call>';
    const proper = modelOf([
      { type: 'text_delta', part: 0, text },
      { type: 'tool_call_started', part: 1, id: 'own', name: 'read' },
      { type: 'tool_call_delta', part: 1, arguments: '{}' },
      { type: 'finished', stop: 'tool_calls', usage: null },
    ]);
    expect(await hearing(proper)).toMatchObject({ text, calls: [{ id: 'own' }] });
    expect(await hear(withRecoveredCalls(saying([text])), asking('hello', { tools: [] }))).toMatchObject({
      text,
      calls: [],
    });
  });

  test('is forgotten with the attempt that is voided', async () => {
    const heard = await hearing(
      modelOf([
        { type: 'text_delta', part: 0, text: 'Half <tool_call>{"name":"read","arg' },
        { type: 'retrying', attempt: 1, waitMs: 0, reason: 'stream_broken', message: 'again' },
        { type: 'text_delta', part: 0, text: 'Done.' },
        { type: 'finished', stop: 'end', usage: null },
      ]),
    );
    expect(heard).toMatchObject({ text: 'Done.', calls: [], stop: 'end' });
  });
});

test('case 134: <tool_call> leaked in native mode is a call, with an id of its own and a word to the person', async () => {
  const leak =
    C({ content: '<tool_call>{"name":"read",' }) + C({ content: '"arguments":{"path":"a"}}' }) + F({}, 'stop') + D;
  await using talk = await conversation([{ chunks: [leak] }, { chunks: [leak] }]);
  const model = withRecoveredCalls(talk.model);
  const first = await hear(model, asked);
  expect(called(first)).toEqual([{ name: 'read', arguments: { path: 'a' } }]);
  expect(first).toMatchObject({ text: '', stop: 'tool_calls', usage: null });
  expect(first.events.filter(({ type }) => type === 'noticed')).toHaveLength(1);
  const id = first.calls[0]?.id ?? '';
  const answer: Message = { role: 'tool', callId: id, toolName: 'read', status: 'ok', content: [] };
  const second = await hear(model, { ...asked, messages: [...asked.messages, first.message, answer] });
  expect(second.calls[0]?.id).not.toBe(id);
  expect(second.events.filter(({ type }) => type === 'noticed')).toEqual([]);
});

test('case 88: what Groq could not parse is one function away from being a call', () => {
  const failed = 'I will look.\n<function=ls>{"path": "."}</function>';
  const ls = { name: 'ls', description: '', inputSchema: { type: 'object' } };
  expect(recoverCalls(failed, [ls])).toEqual({
    text: 'I will look.',
    calls: [{ name: 'ls', arguments: '{"path":"."}' }],
  });
  expect(recoverCalls('<function=ls><parameter=path>.</parameter>', [ls])).toBeUndefined();
});

test('turns that print their calls are counted in a row, and a proper call begins anew', async () => {
  const leak = '<function=read>{}</function>';
  const proper = { calls: [{ name: 'read', arguments: {} }] };
  const turns = [leak, proper, leak, 'Hm.', leak];
  const counts: number[] = [];
  const model = withRecoveredCalls(scriptedModel(turns), { onRecovered: (count) => counts.push(count) });
  for (const _turn of turns) await hear(model, asked);
  expect(counts).toEqual([1, 0, 1, 2]);
});

/** Whether all letters of `part` are found in `whole`, in their order. */
function isWithin(part: string, whole: string): boolean {
  let at = 0;
  for (const letter of part) {
    const found = whole.indexOf(letter, at);
    if (found === -1) return false;
    at = found + letter.length;
  }
  return true;
}

async function said(pieces: readonly string[]): Promise<AssistantMessage> {
  const turn = createTurn();
  for await (const event of withRecoveredCalls(saying(pieces)).stream(asked, never)) turn.apply(event);
  return turn.message({ provider: 'p', model: 'm' });
}

test('whatever is said, no letter is lost and no unknown tool is called', async () => {
  let withCalls = 0;
  for (let seed = 0; seed < 6000; seed += 1) {
    const random = new Random(seed);
    const pieces = Array.from({ length: 1 + random.below(25) }, () => random.pick(scraps));
    const text = pieces.join('');
    const message = await said(pieces);
    const calls = callsOf(message);
    expect(await said([text]), `seed ${seed}: ${text}`).toEqual(message);
    expect(
      calls.every(({ name }) => name === 'read'),
      `seed ${seed}`,
    ).toBe(true);
    if (calls.length > 0) withCalls += 1;
    expect(calls.length > 0 || textOf(message.content) === text, `seed ${seed}`).toBe(true);
    expect(isWithin(textOf(message.content), text), `seed ${seed}: what is said is in order`).toBe(true);
  }
  expect(withCalls).toBeGreaterThan(10);
});

test('a text full of beginnings is given up soon', async () => {
  for (const beginning of [
    '<tool_call>{"',
    '<function=read><parameter=path>',
    '[TOOL_CALLS][{',
    '<invoke name="read">{',
  ]) {
    const text = beginning.repeat(20_000);
    expect(textOf((await said([text])).content)).toBe(text);
  }
});

test('ordinary text goes on in the very events it came in', async () => {
  const events = Array.from({ length: 1000 }, (_, index): ModelEvent => ({
    type: 'text_delta',
    part: 0,
    text: `w${index} `,
  }));
  const heard = await hearing(modelOf([...events, { type: 'finished', stop: 'end', usage: null }]));
  expect(heard.events.slice(1, 1000).every((event, index) => event === events[index + 1])).toBe(true);
});

test('a number that is no number, however long, is looked at once', () => {
  const count = {
    name: 'count',
    description: '',
    inputSchema: { type: 'object', properties: { n: { type: 'number' } } },
  };
  const text = `<tool_call>\n<function=count>\n<parameter=n>${'1'.repeat(240_000)}!</parameter>\n</function>\n</tool_call>`;
  const [call] = recoverCalls(text, [count])?.calls ?? [];
  expect(call?.arguments).toContain('!');
});
