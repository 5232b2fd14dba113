import { type AssistantMessage, type Message, type ModelRef, type ToolMessage, userMessage } from '@trae-cli/protocol';
import { expect, test } from 'vitest';
import { answeredCalls } from '../asked/steps.js';
import { callsIn, contentOf, type Exchange, type Heard, type OpenExchange } from './exchange.js';

const answerTo = (callId: string, text: string): ToolMessage => ({
  role: 'tool',
  callId,
  toolName: 'read',
  status: 'ok',
  content: [{ type: 'text', text }],
});

/** What was heard, with an answer to each of its calls. */
function turnOf(heard: Heard): readonly Message[] {
  if (heard.finished === undefined) throw new Error('No turn was heard.', { cause: heard.thrown });
  return [heard.finished.message, ...callsIn(heard).map((call) => answerTo(call.id, `of ${call.arguments}`))];
}

const readCall = (path: string, id?: string) => ({
  name: 'read',
  arguments: { path },
  ...(id === undefined ? {} : { id }),
});

/** A conversation in which every answer of the script was heard, and answered. */
async function talked(talk: Exchange, turns: number): Promise<readonly Message[]> {
  const messages: Message[] = [userMessage('hello')];
  for (let turn = 0; turn < turns; turn += 1) messages.push(...turnOf(await talk.hear({ request: { messages } })));
  return messages;
}

function describeOwnHistory(exchange: OpenExchange): void {
  test('every call of the turns before is answered once, directly behind it', async () => {
    await using talk = await exchange([
      { reasoning: 'Hm.', text: 'Reading.', calls: [readCall('a'), readCall('b')] },
      { calls: [readCall('c')] },
      { text: 'Done.' },
    ]);
    const messages = await talked(talk, 2);
    expect(contentOf(await talk.hear({ request: { messages } }))).toEqual([{ type: 'text', text: 'Done.' }]);
    const calls = answeredCalls(talk.asked(2).steps);
    expect(calls.map((call) => [call.arguments, call.answers])).toEqual(
      ['a', 'b', 'c'].map((path) => [{ path }, [`of {"path":"${path}"}`]]),
    );
  });

  test('an id that was used before is not used again', async () => {
    await using talk = await exchange([
      { calls: [readCall('a', 'call_same')] },
      { calls: [readCall('b', 'call_same')] },
      { text: 'Done.' },
    ]);
    const messages = await talked(talk, 2);
    await talk.hear({ request: { messages } });
    const ids = messages.flatMap((message) => (message.role === 'tool' ? [message.callId] : []));
    expect(new Set(ids).size).toBe(2);
    expect(answeredCalls(talk.asked(2).steps).map(({ answers }) => answers)).toEqual([
      ['of {"path":"a"}'],
      ['of {"path":"b"}'],
    ]);
  });
}

const seal = 'foreign-seal';
const thought = 'a foreign thought';

/** A seal in which every adapter could find what it seals reasoning with itself. */
const foreignSeal = {
  type: 'thinking',
  thinking: thought,
  signature: seal,
  data: seal,
  field: 'reasoning_content',
  details: [{ type: 'reasoning.text', text: thought, signature: seal }],
  id: 'rs_foreign',
  summary: [{ type: 'summary_text', text: thought }],
  encrypted_content: seal,
};

/** What another model leaves behind at its worst: odd ids, half a call, a call without an answer, half a character. */
function foreignHistory(origin: ModelRef): readonly Message[] {
  const call = (id: string, text: string) => ({ type: 'tool_call', id, name: 'read', arguments: text }) as const;
  const message: AssistantMessage = {
    role: 'assistant',
    origin,
    content: [
      { type: 'reasoning', text: thought, sealed: foreignSeal },
      { type: 'text', text: 'Reading.' },
      { ...call('functions.read:0', '{"path":"a"}'), sealed: foreignSeal },
      call('functions.read:1', '{"path": '),
      call(`call|${'x'.repeat(80)}`, '{"path":"c"}'),
    ],
  };
  const answers = [answerTo('functions.read:0', 'half \udc00 a pair'), answerTo('functions.read:1', 'Not JSON.')];
  return [userMessage('Look \ud83d here'), message, ...answers, userMessage('And now?')];
}

function describeForeignHistory(exchange: OpenExchange): void {
  test.each([
    ['another service', 'elsewhere'],
    ['the same service', undefined],
  ])('the history of a model of %s makes a request that is valid', async (_title, provider) => {
    await using talk = await exchange([{ text: 'Done.' }]);
    const { ref } = await talk.model();
    const messages = foreignHistory({ provider: provider ?? ref.provider, model: 'another' });
    expect(contentOf(await talk.hear({ request: { messages } }))).toEqual([{ type: 'text', text: 'Done.' }]);
    const calls = answeredCalls(talk.asked(0).steps);
    expect(calls.map((call) => [call.arguments, call.answers])).toEqual([
      [{ path: 'a' }, ['half \ufffd a pair']],
      [{}, ['Not JSON.']],
      [{ path: 'c' }, [expect.stringMatching(/./)]],
    ]);
    const ids = calls.map(({ id }) => id).filter((id) => id !== undefined);
    for (const id of ids) expect(id).toMatch(/^[\w-]{1,64}$/);
    expect(new Set(ids).size).toBe(ids.length);
    expect(talk.server.turns[0]?.raw.toString()).not.toMatch(/foreign|\\ud[89a-f]/i);
  });

  test('half a character is not sent back in the arguments of a call, where no one would look for it', async () => {
    const half = String.raw`{"path":"\ud83d"}`;
    await using talk = await exchange([{ calls: [{ name: 'read', arguments: half }] }, { text: 'Done.' }]);
    const messages = await talked(talk, 1);
    expect(contentOf(await talk.hear({ request: { messages } }))).toEqual([{ type: 'text', text: 'Done.' }]);
    expect(answeredCalls(talk.asked(1).steps)).toMatchObject([{ arguments: { path: '\ufffd' } }]);
  });
}

/** What was said before goes along in a form that the service takes. */
export function describeHistories(exchange: OpenExchange): void {
  describeOwnHistory(exchange);
  describeForeignHistory(exchange);
}
