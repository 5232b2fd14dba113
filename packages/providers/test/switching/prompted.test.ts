import { callsOf, type Message, userMessage } from '@trae-cli/protocol';
import { apiFormats } from '@trae-cli/providers';
import { answeredCalls } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { answered, type Speaker, speaker } from './speaker.js';

const inWords = (path: string): string =>
  `<tool_call>\n<function=read>\n<parameter=path>${path}</parameter>\n</function>\n</tool_call>`;

const contentOf = (path: string) => [{ type: 'text', text: `of ${path}` }] as const;

const ask = async (model: Speaker, messages: readonly Message[]): Promise<readonly Message[]> =>
  answered(await model.answer(messages), contentOf);

const callsIn = (messages: readonly Message[]) =>
  messages.flatMap((message) => (message.role === 'assistant' ? callsOf(message) : []));

describe.each(apiFormats.map((format) => [format] as const))('in %s', (format) => {
  test('what a model wrote into its text goes to one with tools as calls, answered once', async () => {
    await using writer = await speaker({
      format,
      model: 'writer',
      toolMode: 'prompted',
      answers: [{ text: `I read.\n${inWords('a')}` }, { text: inWords('b') }],
    });
    await using caller = await speaker({ format, model: 'caller', answers: [{ text: 'Done.' }] });
    const messages = await ask(writer, await ask(writer, [userMessage('Read a and b.')]));
    await caller.answer(messages);
    expect(answeredCalls(caller.asked.steps)).toMatchObject([
      { name: 'read', arguments: { path: 'a' }, answers: ['of a'] },
      { name: 'read', arguments: { path: 'b' }, answers: ['of b'] },
    ]);
    expect(caller.raw).not.toContain('<tool_call>');
    expect(caller.raw).not.toContain('<tool_result');
  });

  test('what a model called goes to one without tools as text, and its own calls come out as calls', async () => {
    const calls = ['a', 'b'].map((path) => ({ name: 'read', arguments: { path } }));
    await using caller = await speaker({ format, model: 'caller', answers: [{ calls }, { text: 'Done.' }] });
    await using writer = await speaker({
      format,
      model: 'writer',
      toolMode: 'prompted',
      answers: [{ text: inWords('c') }],
    });
    const begun = await ask(caller, [userMessage('Read a, b and c.')]);
    const messages = await ask(writer, begun);
    expect(callsIn(messages).map(({ arguments: given }) => JSON.parse(given))).toEqual(
      ['a', 'b', 'c'].map((path) => ({ path })),
    );
    expect(answeredCalls(writer.asked.steps)).toEqual([]);
    for (const words of ['<parameter=path>a</parameter>', 'of a', 'of b'])
      expect(writer.raw.replaceAll(String.raw`\n`, '\n')).toContain(words);
    await caller.answer(messages);
    expect(answeredCalls(caller.asked.steps).map(({ answers }) => answers)).toEqual([['of a'], ['of b'], ['of c']]);
  });
});
