import { createTurn, isJsonObject, type JsonValue, type Model, TraeError } from '@trae-cli/protocol';
import { Random } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { withPromptedTools } from '../../src/prompted/prompted-model.js';
import { asking, askingWith, conversation, type Heard, hear, never, told } from '../conversation.js';
import { modelOf, saying, scraps } from '../recovered/leaks.js';
import { answered, callOf, readCall, said, stream, tools } from './speaking.js';

const asked = asking('hello', { tools });

const called = ({ calls }: Heard): readonly (readonly [string, JsonValue])[] =>
  calls.map((call) => [call.name, JSON.parse(call.arguments) as JsonValue]);

const hearing = (model: Model): Promise<Heard> => hear(withPromptedTools(model), asked);

async function heard(pieces: readonly string[], reason = 'stop'): Promise<Heard> {
  await using talk = await conversation([{ chunks: [stream(pieces, reason)] }]);
  return await hear(withPromptedTools(talk.model), asked);
}

const write = (content: string): string =>
  `<tool_call>\n<function=write_file>\n<parameter=path>a.ts</parameter>\n<parameter=content>\n${content}\n</parameter>\n</function>\n`;

test('case 129: a call whose end tag the stop string took away is text and then a call', async () => {
  const turn = await heard(['Look.\n<tool_call>\n<function=read>\n<parameter=path>a</parameter>\n</function>']);
  expect(turn).toMatchObject({ text: 'Look.', stop: 'tool_calls' });
  expect(called(turn)).toEqual([['read', { path: 'a' }]]);
  expect(turn.message.content.map(({ type }) => type)).toEqual(['text', 'tool_call']);
});

test('case 130: nothing of the opening tag is shown, wherever the pieces end', async () => {
  expect((await heard(['Look. <tool_', 'call>', readCall.slice('<tool_call>'.length)])).text).toBe('Look.');
  const whole = `Look, a < b.\n\n${readCall}`;
  for (let cut = 1; cut < whole.length; cut += 1) {
    const turn = await hearing(saying([whole.slice(0, cut), whole.slice(cut)]));
    expect({ text: turn.text, calls: called(turn) }, `cut at ${cut}`).toEqual({
      text: 'Look, a < b.',
      calls: [['read', { path: 'a' }]],
    });
  }
});

test.each([
  ['the end tag of a parameter', 'const a = "</parameter>";\nconst b = 1;'],
  ['the end tag of a parameter on its own line', '<x>\n</parameter>\n<y>\n</parameter>\nend'],
  ['another call’s parameter', 'a</parameter>\n<parameter=other>b'],
  ['entities and quotes', 'a &lt; b && "c" \\n'],
  ['empty lines around it', '\n\n  text\n\n'],
])('case 131: a value with %s in it is kept to the letter', async (_name, content) => {
  expect(called(await heard([write(content)]))).toEqual([['write_file', { path: 'a.ts', content }]]);
});

test.each([
  ['behind its function', `Look.\n${readCall}`],
  ['in a value', 'Look.\n<tool_call>\n<function=read>\n<parameter=path>a'],
  ['in its name', 'Look.\n<tool_call>\n<func'],
  ['in JSON', 'Look.\n<tool_call>\n{"name":"read","argum'],
])(
  'case 132: a call that the length limit cut off %s is not run, and the turn ends as cut off',
  async (_name, text) => {
    const turn = await heard([text], 'length');
    expect(turn).toMatchObject({ text: 'Look.', calls: [], stop: 'length' });
    expect(turn.events).toContainEqual(expect.objectContaining({ type: 'noticed' }));
  },
);

test('case 132b: a call that was whole before the limit is run', async () => {
  const turn = await heard([`${readCall}</tool_call>\nNow I imagine the result`], 'length');
  expect(turn).toMatchObject({ text: '', stop: 'tool_calls' });
  expect(called(turn)).toEqual([['read', { path: 'a' }]]);
});

test('case 133: of two calls the first is run; the person is told at once, the model with the result', async () => {
  const two = `Both.\n${readCall}</tool_call>\n<tool_result name="read" status="ok">made up</tool_result>\n${readCall}</tool_call>`;
  await using talk = await conversation([{ chunks: [stream([two])] }, { chunks: [stream(['Done.'])] }]);
  const model = withPromptedTools(talk.model);
  const turn = await hear(model, asked);
  expect(turn.text).toBe('Both.');
  expect(called(turn)).toEqual([['read', { path: 'a' }]]);
  expect(turn.events).toContainEqual({ type: 'noticed', message: expect.stringContaining('2 calls') as string });
  const result = answered(turn.calls[0]?.id ?? '', 'read', 'text');
  await hear(model, { ...asked, messages: [...asked.messages, turn.message, result] });
  expect(JSON.stringify(talk.bodies[1])).toContain('Note: only the first call of your answer was run.');
});

test.each([
  ['an unknown tool', 'So:\n```json\n{"name":"erase","arguments":{}}\n```'],
  ['an explanation around it', 'So:\n```json\n{"name":"read","arguments":{"path":"a"}}\n```\nreads.'],
  ['the form in the middle of code', `So:\n\`\`\`\n${readCall}</tool_call>\n\`\`\`\nreads.`],
  ['the tag in a sentence', 'The tag <tool_call> begins a call.'],
])('case 135: a block with %s is text', async (_name, text) => {
  expect(await heard([text])).toMatchObject({ text, calls: [], stop: 'end' });
});

test.each([
  ['the form in a code block', `\`\`\`xml\n${readCall}</tool_call>\n\`\`\``],
  ['JSON in the tag', '<tool_call>{"name":"read","arguments":{"path":"a"}}'],
  ['JSON in a code block', '```json\n{"name":"read","arguments":{"path":"a"}}\n```'],
  ['the function without the tag', '<function=read>\n<parameter=path>a</parameter>\n</function>'],
  ['a parameter without its end', '<tool_call>\n<function=read>\n<parameter=path>a\n</function>\n</tool_call>'],
  ['other letters', '<tool_call>\n<function=Read>\n<parameter=Path>a</parameter>\n</function>'],
  ['the half of an end tag', `${readCall}</tool_`],
])('a call is read from %s too', async (_name, text) => {
  expect(called(await heard([text]))).toEqual([['read', { path: 'a' }]]);
});

describe('case 136: a call inside a thought is not run', () => {
  test.each([
    ['the adapter takes out', ['<think>', readCall, '</tool_call></think>No.']],
    ['stands in the middle', ['Hm.\n<thi', `nk>${readCall}</tool_call></think>No.`]],
    ['the template has opened', [`${readCall}</tool_call>\n</think>No.`]],
  ])('that %s', async (_name, pieces) => {
    const turn = await heard(pieces);
    expect(turn).toMatchObject({ calls: [], stop: 'end' });
    expect(turn.text).toContain('No.');
  });

  test('and the thought is reasoning, not text', async () => {
    const turn = await hearing(saying(['<think>a <b', '></think>\n\nDone.']));
    expect(turn).toMatchObject({ reasoning: 'a <b>', text: 'Done.' });
  });
});

describe('case 137: values become what the schema says', () => {
  test.each([
    ['lines', '3', 3],
    ['lines', 'three', 'three'],
    ['force', 'True', true],
    ['force', 'false', false],
    ['tags', '["a", "b"]', ['a', 'b']],
    ['tags', "['a', 'b',]", ['a', 'b']],
    ['tags', '[&quot;a&quot;]', ['a']],
    ['path', '3', '3'],
    ['path', ' a ', ' a '],
  ])('%s: %j', async (name, text, value) => {
    const turn = await heard([`<tool_call><function=write_file><parameter=${name}>${text}</parameter></function>`]);
    expect(called(turn)).toEqual([['write_file', { [name]: value }]]);
  });

  test('and the result says what was missing and what is unknown', async () => {
    const pieces = [
      '<tool_call><function=write_file><parameter=path>a</parameter><parameter=mode>x</parameter></function>',
    ];
    await using talk = await conversation([{ chunks: [stream(pieces)] }, { chunks: [stream(['Hm.'])] }]);
    const model = withPromptedTools(talk.model);
    const turn = await hear(model, asked);
    expect(called(turn)).toEqual([['write_file', { path: 'a' }]]);
    const result = answered(turn.calls[0]?.id ?? '', 'write_file', 'Wrong arguments.', 'error');
    await hear(model, { ...asked, messages: [...asked.messages, turn.message, result] });
    expect(JSON.stringify(talk.bodies[1])).toContain(
      'Note: your call of write_file lacked what it requires: content. write_file has no parameter mode; that was ignored.',
    );
  });
});

describe('a call that cannot be read', () => {
  const broken = '<tool_call>\n<function=read>\n<parameter=path>half a';

  test('reaches the loop as one that fails, and comes back with the problem and the form', async () => {
    await using talk = await conversation([{ chunks: [stream(['Look. ', broken])] }, { chunks: [stream(['Hm.'])] }]);
    const model = withPromptedTools(talk.model);
    const turn = await hear(model, asked);
    expect(turn).toMatchObject({ text: 'Look.', stop: 'tool_calls', calls: [{ name: 'read', arguments: broken }] });
    const result = answered(turn.calls[0]?.id ?? '', 'read', 'The arguments were not valid JSON.', 'error');
    await hear(model, { ...asked, messages: [...asked.messages, turn.message, result] });
    const body = JSON.stringify(talk.bodies[1]);
    expect(body).toContain('The parameter path is not closed with </parameter>.');
    expect(body).toContain('<parameter=path>…</parameter>');
    expect(body).not.toContain('not valid JSON');
  });

  test('ends the run when it is the third in a row', async () => {
    await using talk = await conversation(() => ({ chunks: [stream([broken])] }));
    const model = withPromptedTools(talk.model);
    const rounds = [1, 2].flatMap((round) => [
      said(callOf(`c${round}`, 'read', broken)),
      answered(`c${round}`, 'read', 'no', 'error'),
    ]);
    const messages = [...asked.messages, ...rounds];
    expect((await hear(model, askingWith(messages.slice(0, 3), { tools }))).error).toBeUndefined();
    const third = await hear(model, askingWith(messages, { tools }));
    expect(third.error).toBeInstanceOf(TraeError);
    expect(third.error).toMatchObject({ code: 'provider_protocol', retryable: false });
    expect(told(third)).toContain('three tool calls in a row');
  });

  test('of a tool that does not exist keeps its name, for the loop to answer', async () => {
    const turn = await heard(['<tool_call>\n<function=erase>\n<parameter=path>a</parameter>\n</function>']);
    expect(called(turn)).toEqual([['erase', { path: 'a' }]]);
  });
});

test('an answer without a call passes as it is said', async () => {
  const turn = await heard(['All ', 'done:\n\n', '- a < b\n', '```js\nx\n```\n']);
  expect(turn).toMatchObject({ text: 'All done:\n\n- a < b\n```js\nx\n```\n', calls: [], stop: 'end' });
});

test.each([
  ['an invocation of what is no tool', '<invoke name="Window.onLoad">\n<parameter name="a">1</parameter>\n</invoke>'],
  ['an element of that name', '<invoke name="x">text</invoke> and <function_calls>'],
])('%s is text', async (_name, text) => {
  expect(await heard([text])).toMatchObject({ text, calls: [], stop: 'end' });
});

test('a call runs where nobody knows why the answer stopped, if it is closed', async () => {
  expect(await heard([readCall], 'stopped_by_string')).toMatchObject({ stop: 'tool_calls', calls: [{ name: 'read' }] });
});

test('thoughts of the proper kind, text and call keep their order', async () => {
  const turn = await hearing(
    modelOf([
      { type: 'reasoning_delta', part: 3, text: 'Hm.' },
      { type: 'text_delta', part: 7, text: 'Look. ' },
      { type: 'text_delta', part: 7, text: readCall },
      { type: 'part_sealed', part: 3, sealed: 'seal' },
      { type: 'part_sealed', part: 7, sealed: 'seal' },
      { type: 'finished', stop: 'end', usage: null },
    ]),
  );
  expect(turn.message.content).toMatchObject([
    { type: 'reasoning', text: 'Hm.', sealed: 'seal' },
    { type: 'text', text: 'Look.' },
    { type: 'tool_call', name: 'read' },
  ]);
});

test('what was said before a voided attempt is forgotten', async () => {
  const turn = await hearing(
    modelOf([
      { type: 'text_delta', part: 0, text: `One ${readCall}` },
      { type: 'retrying', attempt: 1, waitMs: 0, reason: 'stream_broken', message: 'again' },
      { type: 'text_delta', part: 0, text: 'Two' },
      { type: 'finished', stop: 'end', usage: null },
    ]),
  );
  expect(turn).toMatchObject({ text: 'Two', calls: [], stop: 'end' });
});

test('whatever is said, it is the same call or the same text wherever the pieces end', async () => {
  const model = async (pieces: readonly string[]): Promise<readonly JsonValue[]> => {
    const fold = createTurn();
    for await (const event of withPromptedTools(saying(pieces)).stream(asked, never)) fold.apply(event);
    const finished = fold.finished({ provider: 'p', model: 'm' });
    return finished === undefined
      ? ['nothing']
      : [finished.stop, ...finished.message.content.map((part) => ({ ...part }))];
  };
  let calls = 0;
  for (let seed = 0; seed < 4000; seed += 1) {
    const random = new Random(seed);
    const pieces = Array.from({ length: 1 + random.below(25) }, () => random.pick(scraps));
    const [stop, ...content] = await model(pieces);
    expect(await model([pieces.join('')]), `seed ${seed}: ${pieces.join('')}`).toEqual([stop, ...content]);
    const made = content.filter((part) => isJsonObject(part) && part['type'] === 'tool_call').length;
    expect(made, `seed ${seed}`).toBe(stop === 'tool_calls' ? 1 : 0);
    calls += made;
  }
  expect(calls).toBeGreaterThan(100);
});
