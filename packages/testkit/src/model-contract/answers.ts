import { expect, test } from 'vitest';
import { callsIn, contentOf, type OpenExchange } from './exchange.js';

function describeCalls(exchange: OpenExchange): void {
  test('one call has a name, an id and its arguments', async () => {
    await using talk = await exchange([{ calls: [{ name: 'read', arguments: { path: 'a.ts' } }] }]);
    const heard = await talk.hear();
    const call = { type: 'tool_call', name: 'read', arguments: '{"path":"a.ts"}', id: expect.stringMatching(/./) };
    expect(contentOf(heard)).toMatchObject([call]);
    expect(heard.finished?.stop).toBe('tool_calls');
  });

  test('parallel calls keep their order and have ids of their own', async () => {
    const paths = ['a', 'b', 'c'];
    const calls = paths.map((path) => ({ name: 'read', arguments: { path } }));
    await using talk = await exchange([{ text: 'Reading.', calls }]);
    const parts = callsIn(await talk.hear());
    expect(parts.map((part) => JSON.parse(part.arguments) as unknown)).toEqual(paths.map((path) => ({ path })));
    expect(new Set(parts.map((part) => part.id)).size).toBe(3);
  });

  test('calls with one id for both are two calls with two ids', async () => {
    const calls = ['a', 'b'].map((path) => ({ name: 'read', arguments: { path }, id: 'call_same' }));
    await using talk = await exchange([{ calls }]);
    const parts = callsIn(await talk.hear());
    expect(parts.map((part) => part.arguments)).toEqual(['{"path":"a"}', '{"path":"b"}']);
    expect(new Set(parts.map((part) => part.id)).size).toBe(2);
  });
}

/** What a model says is heard, all of it and as it was said. */
export function describeAnswers(exchange: OpenExchange): void {
  describeCalls(exchange);

  test('text is heard in pieces and ends the turn', async () => {
    await using talk = await exchange([{ text: 'Hello there, friend' }]);
    const heard = await talk.hear();
    expect(contentOf(heard)).toEqual([{ type: 'text', text: 'Hello there, friend' }]);
    expect(heard.finished?.stop).toBe('end');
    expect(heard.events.filter((event) => event.type === 'text_delta').length).toBeGreaterThan(1);
    expect(heard.events.at(-1)?.type).toBe('finished');
  });

  test('the request announces itself before anything is heard', async () => {
    await using talk = await exchange([{ text: 'Hello' }]);
    expect((await talk.hear()).events[0]?.type).toBe('requested');
  });

  test('reasoning is kept apart from text', async () => {
    await using talk = await exchange([{ reasoning: 'Let me think.', text: 'Done.' }]);
    expect(contentOf(await talk.hear())).toMatchObject([
      { type: 'reasoning', text: 'Let me think.' },
      { type: 'text', text: 'Done.' },
    ]);
  });

  test('an answer in packets of one byte is the same answer, wide characters and all', async () => {
    const wide = 'né😀 – 漢字';
    const calls = [{ name: 'read', arguments: { path: wide } }];
    await using talk = await exchange([{ reasoning: wide, text: wide, calls, packetBytes: 1 }]);
    const heard = await talk.hear();
    expect(contentOf(heard)).toMatchObject([
      { type: 'reasoning', text: wide },
      { type: 'text', text: wide },
      { type: 'tool_call', arguments: JSON.stringify({ path: wide }) },
    ]);
    expect(heard.finished?.usage).toMatchObject({ input: 10, output: 5 });
  });

  test('usage is what the service says, and null where it says nothing', async () => {
    await using talk = await exchange([{ text: 'a' }, { text: 'b', usage: null }]);
    expect((await talk.hear()).finished?.usage).toMatchObject({ input: 10, output: 5 });
    expect((await talk.hear()).finished?.usage).toBeNull();
  });
}
