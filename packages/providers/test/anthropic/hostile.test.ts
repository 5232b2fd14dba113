import { isDeepStrictEqual } from 'node:util';
import { callsOf, type JsonValue } from '@trae-cli/protocol';
import { Random } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { MessagesFormat } from '../../src/anthropic/messages-format.js';
import { plainDialects } from '../../src/plain-dialects.js';
import { RequestBody } from '../../src/service/request-body.js';
import { type HeardInProcess, hearInProcess } from '../hostile/hear-in-process.js';
import { oddText } from '../hostile/odd-json.js';
import { begin, delta, streamOf } from './messages-talk.js';
import { events, speech } from './recording.js';

const piece = (index: number, json: string) => delta(index, { type: 'input_json_delta', partial_json: json });

function oddEvent(event: string, random: Random): string {
  return event.replaceAll(
    /^data: (\{.*\})\r?$/gm,
    (_line, json: string) => `data: ${oddText(JSON.parse(json) as JsonValue, random)}`,
  );
}

/** A stream that was one once: events changed, lost, doubled, moved; bytes flipped. */
function mutated(random: Random): readonly Buffer[] {
  const said = events.flatMap((event) => {
    if (random.chance(1 / 12)) return [];
    const one = random.chance(1 / 2) ? oddEvent(event, random) : event;
    return random.chance(1 / 12) ? [one, one] : [one];
  });
  if (random.chance(1 / 6)) said.push(...said.splice(random.below(said.length), 2));
  const bytes = Buffer.from(said.join(''));
  if (random.chance(1 / 3)) bytes[random.below(bytes.length)] = random.below(256);
  return [bytes];
}

const reader = { ref: { provider: 'plain', model: 'm' }, dialect: plainDialects.anthropic, images: true };

/** Whether what was heard can be sent again. */
function isSendable({ turn }: HeardInProcess): boolean {
  if (turn === undefined) return true;
  const format = new RequestBody(new MessagesFormat(reader));
  const body = format.encode({
    instructions: '',
    tools: [{ name: 'read', description: '', inputSchema: { type: 'object' } }],
    messages: [turn.message],
    parameters: { model: 'm' },
    adaptations: [],
  });
  const sent = JSON.parse(Buffer.from(body).toString('utf8')) as {
    messages: readonly { role: string; content: unknown[] }[];
  };
  return sent.messages.at(0)?.role === 'user' && sent.messages.every(({ content }) => content.length > 0);
}

function faultsIn(heard: HeardInProcess): readonly string[] {
  const { turn, error } = heard;
  const ids = turn === undefined ? [] : callsOf(turn.message).map(({ id }) => id);
  const numbers = Object.values(turn?.usage ?? {}).filter((value) => typeof value === 'number');
  return [
    ...((turn === undefined) === (error === undefined) ? ['it ended twice or never'] : []),
    ...(new Set(ids).size === ids.length && !ids.includes('') ? [] : ['two calls have one id']),
    ...(numbers.every((number) => number >= 0 && Number.isSafeInteger(Math.round(number)))
      ? []
      : ['its usage is no number']),
    ...(isDeepStrictEqual(heard.events, JSON.parse(JSON.stringify(heard.events)))
      ? []
      : ['its events do not survive JSON']),
    ...(error?.code === 'internal' ? ['its error is a bug of ours'] : []),
    ...('polluted' in {} ? ['the prototype of everything is polluted'] : []),
    ...(isSendable(heard) ? [] : ['it cannot be sent again']),
  ];
}

describe('a stream that was changed anywhere ends as a turn or as an error of the service', () => {
  const perTest = 500;
  test.each([1, 2, 3, 4, 5, 6])('seed %d', async (seed) => {
    for (let round = 0; round < perTest; round += 1) {
      const heard = await hearInProcess(mutated(new Random(seed * perTest + round)), speech);
      expect(faultsIn(heard), `seed ${seed * perTest + round}`).toEqual([]);
    }
  });
});

function* endless(first: string, packetAt: (index: number) => string): Generator<Uint8Array, never> {
  yield Buffer.from(first);
  for (let index = 0; ; index += 1) yield Buffer.from(packetAt(index));
}

const filler = 'x'.repeat(100_000);
const inTurn = '32 million characters in one turn';

describe('a server that never ends is given up on', () => {
  test.each<readonly [string, string, string, (index: number) => string]>([
    ['words', inTurn, '', () => delta(0, { type: 'text_delta', text: filler })],
    ['thoughts', inTurn, '', () => delta(0, { type: 'thinking_delta', thinking: filler })],
    [
      'a signature',
      inTurn,
      begin(0, { type: 'thinking' }),
      () => delta(0, { type: 'signature_delta', signature: filler }),
    ],
    ['arguments', inTurn, begin(0, { type: 'tool_use', name: 'read' }), () => piece(0, filler)],
    [
      'arguments beside whole ones',
      inTurn,
      begin(0, { type: 'tool_use', name: 'read', input: { path: 'a' } }),
      () => piece(0, filler),
    ],
    ['input of its own tools', inTurn, begin(0, { type: 'server_tool_use' }), () => piece(0, filler)],
    ['blocks of its own', inTurn, '', (index) => begin(index, { type: 'odd', data: filler })],
    ['empty blocks', '4096 blocks in one turn', '', (index) => begin(index, { type: 'text', text: '' })],
    [
      'calls',
      '512 tool calls in one turn',
      '',
      (index) => begin(index, { type: 'tool_use', id: `t${index}`, name: 'read' }),
    ],
  ])('%s', async (_title, bound, first, packetAt) => {
    const { error } = await hearInProcess(endless(first, packetAt), speech);
    expect(error).toMatchObject({ code: 'provider_protocol', retryable: false });
    expect(error?.message).toContain(bound);
  });
});

test('work grows with the length of an answer and no faster', async () => {
  const said =
    begin(0, { type: 'tool_use', id: 'a', name: 'read', input: { path: 'a' } }) + piece(0, 'x').repeat(200_000);
  const { turn } = await hearInProcess([Buffer.from(streamOf(said, 'tool_use'))], speech);
  expect(turn?.message.content).toEqual([{ type: 'tool_call', id: 'a', name: 'read', arguments: '{"path":"a"}' }]);
});

test('an id that is a page is none, of a call as of an answer', async () => {
  const page = 'i'.repeat(1000);
  const stream = streamOf(begin(0, { type: 'tool_use', id: page, name: 'read' }), 'tool_use').replace('msg_1', page);
  const { turn } = await hearInProcess([Buffer.from(stream)], speech);
  expect(turn?.responseId).toBeUndefined();
  expect(turn === undefined ? [] : callsOf(turn.message).map(({ id }) => id)).toEqual(['minted_1']);
});
