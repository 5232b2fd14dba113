import { callsOf } from '@trae-cli/protocol';
import { chatNotation } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { hearInProcess } from './hear-in-process.js';

const { C, D, F, T, data } = chatNotation;

function* endless(packetAt: (index: number) => string): Generator<Uint8Array, never> {
  for (let index = 0; ; index += 1) yield Buffer.from(packetAt(index));
}

const filler = 'x'.repeat(100_000);

describe('a server that never ends is given up on', () => {
  test.each<readonly [string, string, (index: number) => string]>([
    ['a line without an end', '16 MiB in one piece', () => filler],
    ['data without the empty line behind it', '16 MiB in one piece', () => `data: ${filler}\n`],
    ['empty data without the empty line behind it', '16 MiB in one piece', () => 'data:\n'.repeat(100_000)],
    ['comments', '512 MiB in one answer', () => `: ${filler.repeat(10)}\n`],
    ['words', '32 million characters in one turn', () => C({ content: filler })],
    ['thoughts', '32 million characters in one turn', () => C({ reasoning_content: filler })],
    [
      'thoughts in parts',
      '32 million characters in one turn',
      (index) => C({ reasoning_details: [{ type: 'reasoning.encrypted', index, data: filler }] }),
    ],
    [
      'arguments',
      '32 million characters in one turn',
      () => T({ index: 0, id: 'a', function: { name: 'read', arguments: filler } }),
    ],
    [
      'pieces of a name',
      '32 million characters in one turn',
      () => T({ index: 0, id: 'a', function: { name: filler } }),
    ],
    [
      'calls',
      '512 tool calls in one turn',
      (index) => T({ index, id: `call_${index}`, function: { name: 'read', arguments: '{}' } }),
    ],
  ])('%s', async (_title, bound, packetAt) => {
    const { error } = await hearInProcess(endless(packetAt));
    expect(error).toMatchObject({ code: 'provider_protocol', retryable: false });
    expect(error?.message).toContain(bound);
  });
});

const end = F({}, 'tool_calls') + D;

describe('work grows with the length of an answer and no faster', () => {
  test.each([
    ['white space before the words', C({ content: ' ' }).repeat(200_000)],
    [
      'one call that is named in every piece',
      T({ index: 0, function: { name: 'read', arguments: `{"a":"${'x'.repeat(3000)}"}}` } }).repeat(3000),
    ],
    ['an error with a long type', data({ error: { message: 'no', type: 'model '.repeat(200_000) } })],
    [
      'an error in two wordings',
      data({ error: { message: `${filler}a`.repeat(20), metadata: { raw: `${filler}b`.repeat(10) } } }),
    ],
  ])('%s', async (_title, said) => {
    const { turn, error } = await hearInProcess([Buffer.from(said + end)]);
    expect([turn, error].filter((ending) => ending !== undefined)).toHaveLength(1);
  });
});

describe('what is beyond all measure is cut or left out', () => {
  const call = (id: string, name: string) => T({ index: 0, id, function: { name, arguments: '{}' } });

  test('the name of a tool', async () => {
    const { turn } = await hearInProcess([Buffer.from(call('a', 'n'.repeat(1_000_000)) + end)]);
    expect(turn?.message.content).toEqual([{ type: 'tool_call', id: 'a', name: 'n'.repeat(256), arguments: '{}' }]);
  });

  test('the id of a call, which is given another', async () => {
    const { turn } = await hearInProcess([Buffer.from(call('i'.repeat(1000), 'read') + end)]);
    expect(turn === undefined ? [] : callsOf(turn.message).map(({ id }) => id)).toEqual(['minted_1']);
  });

  test('the id of the answer, where the next one that is told counts', async () => {
    const { turn } = await hearInProcess([
      Buffer.from(data({ id: 'r'.repeat(1000), choices: [] }) + C({ content: 'Hi' }) + end),
    ]);
    expect(turn?.responseId).toBe('c');
  });

  test('every further id of the answer', async () => {
    const { turn } = await hearInProcess([
      Buffer.from(
        data({ id: 'first', choices: [] }) + data({ id: 'second', choices: [] }) + C({ content: 'Hi' }) + end,
      ),
    ]);
    expect(turn?.responseId).toBe('first');
  });

  test.each(['1e999', '-1e999', '1e308', '"7"', 'true', '{}'])(
    'usage of %s tokens, which counts as not told',
    async (count) => {
      const usage = `data: {"choices":[],"usage":{"prompt_tokens":${count},"completion_tokens":${count}}}\n\n`;
      const { turn } = await hearInProcess([Buffer.from(C({ content: 'Hi' }) + usage + F({}, 'stop') + D)]);
      expect(turn).toMatchObject({ stop: 'end', usage: null });
    },
  );

  test.each(['constructor', '__proto__', 'x'.repeat(1_000_000)])(
    'the finish reason %#: told shortly, and known to nobody',
    async (reason) => {
      const { turn, events } = await hearInProcess([Buffer.from(C({ content: 'Hi' }) + F({}, reason) + D)]);
      expect(turn?.stop).toBe('other');
      expect(JSON.stringify(events).length).toBeLessThan(500);
    },
  );
});
