import { type Message, TraeError, userMessage } from '@trae-cli/protocol';
import { expect, test } from 'vitest';
import { asking, askingWith, told } from '../conversation.js';
import { noticesOf, type TalkOptions, talkWith } from './talk.js';

const calls = [{ name: 'read', arguments: { path: 'a' } }];
const counted = (prompt_eval_count: number) => ({ calls, usage: { prompt_eval_count, eval_count: 5 } });
/** Some ten thousand tokens. */
const long = asking('The quick brown fox jumps over the lazy dog. '.repeat(900));
const stuckAt = (loadedContext: number): TalkOptions => ({ server: { ollama: { models: { m: { loadedContext } } } } });

test('case 127b: a prompt that fills the window is an overflow, and no call of the answer is heard', async () => {
  await using talk = await talkWith([counted(65_530)]);
  const heard = await talk.hear(long);
  expect(heard).toMatchObject({ stop: undefined, error: { code: 'context_overflow', retryable: false } });
});

test('case 127c: a server that is stuck at 4096 is caught before any call counts, and the setting is named', async () => {
  await using talk = await talkWith([counted(4000)], stuckAt(4096));
  const heard = await talk.hear(long);
  expect(heard).toMatchObject({ stop: undefined, error: { code: 'provider_protocol', retryable: false } });
  expect(told(heard)).toMatch(/keeps only 4096 tokens of the about 1\d{4} that were sent/);
  expect(told(heard)).toContain('OLLAMA_CONTEXT_LENGTH=65536');
  expect(told(heard)).toContain('context_window');
  expect(talk.server.turns).toHaveLength(1);
});

test('case 127d: while all still fits into the smaller window, the person is told once', async () => {
  await using talk = await talkWith([counted(500), counted(500)], stuckAt(4096));
  const heard = await talk.hear();
  expect(heard.stop).toBe('tool_calls');
  expect(noticesOf(heard).filter((notice) => notice.includes('4,096'))).toHaveLength(1);
  expect(noticesOf(await talk.hear())).toEqual([]);
});

test('case 127e: the turn that outgrows the smaller window is caught, though the first one was fine', async () => {
  await using talk = await talkWith([counted(500), counted(4090)], stuckAt(4096));
  expect((await talk.hear()).stop).toBe('tool_calls');
  expect(await talk.hear(long)).toMatchObject({ stop: undefined, error: { code: 'provider_protocol' } });
});

/** A server that says nothing of what it has loaded. */
const silent = (count: number) => ({
  script: [counted(count)],
  options: { server: { ollama: { models: { m: { loadedContext: 0 } } } } } satisfies TalkOptions,
});

test('case 127f: where nobody says what is loaded, a count far below the size of the request is proof enough', async () => {
  const { options, script } = silent(1100);
  await using talk = await talkWith(script, options);
  expect(await talk.hear(long)).toMatchObject({ stop: undefined, error: { code: 'provider_protocol' } });
});

test('case 127g: so is one that stops at a window that servers have by themselves', async () => {
  const { options, script } = silent(8190);
  await using talk = await talkWith(script, options);
  const request = asking('The quick brown fox jumps over the lazy dog. '.repeat(1400));
  expect(told(await talk.hear(request))).toMatch(/keeps only 8190 tokens/);
});

test.each([
  ['prose', 'The quick brown fox jumps over the lazy dog. '.repeat(900), 9000],
  ['long blanks', `${' '.repeat(40_000)}x`, 300],
  ['lines of dashes', `${'-'.repeat(60)}\n`.repeat(600), 900],
])('case 127h: an honest count of %s is believed', async (_what, text, count) => {
  const { options, script } = silent(count);
  await using talk = await talkWith(script, options);
  expect((await talk.hear(asking(text))).stop).toBe('tool_calls');
});

test('case 127i: an image is not taken for a long text', async () => {
  const { options, script } = silent(800);
  await using talk = await talkWith(script, options);
  const look = userMessage('look');
  const image = { type: 'image', mediaType: 'image/png', base64: 'A'.repeat(400_000) } as const;
  const heard = await talk.hear(askingWith([{ ...look, content: [...look.content, image] }]));
  expect(heard.stop).toBe('tool_calls');
});

test('case 123b: where nothing is counted, nothing is concluded', async () => {
  await using talk = await talkWith([{ text: 'a', usage: null }]);
  expect(await talk.hear(long)).toMatchObject({ stop: 'end', usage: null });
});

test('what the server has loaded is asked once, behind the first answer', async () => {
  await using talk = await talkWith([{ text: 'a' }, { text: 'b' }]);
  await talk.hear();
  await talk.hear();
  expect(talk.paths.filter((path) => path === '/api/ps')).toHaveLength(2);
  expect(talk.paths.slice(-3)).toEqual(['/api/chat', '/api/ps', '/api/chat']);
});

test('case 127j: a server that says it has the whole window, and has read a tenth of what was sent, is not believed', async () => {
  await using talk = await talkWith([counted(1100)]);
  expect(await talk.hear(long)).toMatchObject({ stop: undefined, error: { code: 'provider_protocol' } });
});

test('case 127k: an old server, which counts only what it had not cached, is believed after its first answer', async () => {
  const models = { m: { capabilities: null, loadedContext: 0 } };
  await using talk = await talkWith([counted(10_000), counted(1100)], { server: { ollama: { models } } });
  expect((await talk.hear(long)).stop).toBe('tool_calls');
  expect((await talk.hear(long)).stop).toBe('tool_calls');
});

test('case 127l: a count that no prompt of an agent could have is no proof of anything', async () => {
  await using talk = await talkWith([counted(10)]);
  expect((await talk.hear(long)).stop).toBe('tool_calls');
});

const system = `${'You are an agent. Work step by step, and read before you write. '.repeat(92)}\n`;
const anAnswer = (text: string, id: string): readonly Message[] => [
  {
    role: 'assistant',
    origin: { provider: 'ollama', model: 'm' },
    content: [{ type: 'tool_call', id, name: 'read', arguments: '{"path":"a"}' }],
  },
  { role: 'tool', callId: id, toolName: 'read', status: 'ok', content: [{ type: 'text', text }] },
];
const first = [userMessage(`The task. ${'Mend it. '.repeat(600)}`)];
const run = (...answers: readonly string[]) =>
  askingWith([...first, ...answers.flatMap((text, index) => anAnswer(text, `c${index}`))], { instructions: system });

/** Lets a conversation grow, each turn by one answer, with the counts that the server tells. */
async function grown(counts: readonly number[], answers: readonly string[], options: TalkOptions) {
  await using talk = await talkWith(counts.map(counted), options);
  const ends: (string | undefined)[] = [];
  let request = run();
  for (const index of counts.keys()) {
    const heard = await talk.hear(request);
    ends.push(heard.stop ?? (heard.error instanceof TraeError ? heard.error.code : undefined));
    const more = answers[index];
    if (more !== undefined) request = { ...request, messages: [...request.messages, ...anAnswer(more, `c${index}`)] };
  }
  return ends;
}

const kinds: readonly (readonly [string, string, number])[] = [
  ['code', 'export const sum = (one: number, other: number): number => one + other;\n'.repeat(160), 3300],
  ['JSON', `[${'{"id":17,"name":"a","on":true},'.repeat(350)}]`, 4500],
  ['Chinese', '请先阅读代码，然后再写测试。'.repeat(280), 2600],
  ['base64', Buffer.from('The quick brown fox jumps over it. '.repeat(240)).toString('base64'), 6200],
];

test.each(kinds)(
  'case 127m: a run that outgrows a server stuck at 4096 by %s is caught in the very turn, whatever is said of the window',
  async (_what, text) => {
    for (const loadedContext of [4096, 0]) {
      const options = { server: { ollama: { models: { m: { loadedContext } } } } };
      expect(await grown([2900, 3100], [text], options)).toEqual(['tool_calls', 'provider_protocol']);
    }
  },
);

test.each(kinds)(
  'case 127n: a run that grows by %s is believed where the window is what was asked for',
  async (_what, text, tokens) => {
    for (const loadedContext of [65_536, 0]) {
      const options = { server: { ollama: { models: { m: { loadedContext } } } } };
      const counts = [2900, 2900 + tokens, 2900 + 2 * tokens];
      expect(await grown(counts, [text, text], options)).toEqual(['tool_calls', 'tool_calls', 'tool_calls']);
    }
  },
);

test('case 127o: long lines of one character do not make a conversation longer than a small window', async () => {
  const options = stuckAt(4096);
  expect(await grown([2900, 3400], [`${'='.repeat(78)}\n`.repeat(150)], options)).toEqual(['tool_calls', 'tool_calls']);
});

test('case 127p: thoughts that the template leaves out once the person speaks again are not missed', async () => {
  const options = { server: { ollama: { models: { m: { loadedContext: 0 } } } } };
  await using talk = await talkWith([counted(6000), counted(5000)], options);
  const thought = { type: 'reasoning', text: 'Hm. '.repeat(4000) } as const;
  const said = { type: 'text', text: 'Done.' } as const;
  const on = userMessage('On.');
  const thoughtful = {
    role: 'assistant',
    origin: { provider: 'ollama', model: 'm' },
    content: [thought, said],
  } as const;
  expect((await talk.hear(askingWith([...first, thoughtful, on]))).stop).toBe('tool_calls');
  const later = askingWith([...first, thoughtful, on, thoughtful, userMessage('And on.')]);
  expect((await talk.hear(later)).stop).toBe('tool_calls');
});

test('case 127q: tools that are taken away are not missed', async () => {
  const tool = { name: 'read', description: 'Reads. '.repeat(1500), inputSchema: { type: 'object' } } as const;
  await using talk = await talkWith([counted(4000), counted(1500)], silent(0).options);
  const start = [userMessage('Mend it. '.repeat(300))];
  expect((await talk.hear(askingWith(start, { tools: [tool] }))).stop).toBe('tool_calls');
  const later = askingWith([...start, ...anAnswer('Fine.', 'c0')], { tools: [] });
  expect((await talk.hear(later)).stop).toBe('tool_calls');
});

test('what this machine has loaded is not asked of a model in the cloud', async () => {
  await using talk = await talkWith([{ text: 'a' }], { model: 'kimi-k2.6:cloud' });
  await talk.hear();
  expect(talk.paths.at(-1)).toBe('/api/chat');
});
