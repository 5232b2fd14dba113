import { describe, expect, test } from 'vitest';
import { readAnswer } from '../../src/transport/read-answer.js';
import { type ServerEvent, ServerEventReader } from '../../src/transport/server-events.js';

const body =
  '\uFEFF: hello\r\n\r\ndata: {"a":"né😀"}\n\ndata:one\rdata: two\r\revent: error\r\ndata: 3\r\n\r\ndata: last';
const events: readonly ServerEvent[] = [
  { event: '', data: '{"a":"né😀"}' },
  { event: '', data: 'one\ntwo' },
  { event: 'error', data: '3' },
  { event: '', data: 'last' },
];

async function* packets(...parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array, void> {
  yield* parts;
}

async function read(...parts: readonly Uint8Array[]): Promise<readonly ServerEvent[]> {
  const heard: ServerEvent[] = [];
  for await (const batch of readAnswer({ bytes: packets(...parts), contentType: 'text/event-stream' }))
    heard.push(...batch);
  return heard;
}

describe('an event stream', () => {
  test('reads the same wherever its packets end', async () => {
    const bytes = Buffer.from(body);
    for (let cut = 0; cut <= bytes.length; cut += 1)
      expect(await read(bytes.subarray(0, cut), bytes.subarray(cut))).toEqual(events);
  });

  test('reads the same one byte at a time', async () => {
    expect(await read(...[...Buffer.from(body)].map((byte) => Uint8Array.of(byte)))).toEqual(events);
  });

  test('tells an error that stands in a field of its own', () => {
    expect(new ServerEventReader().push('error: {"code":400}\n\n')).toEqual([{ event: 'error', data: '{"code":400}' }]);
  });

  test('gives no event for empty data', () => {
    const reader = new ServerEventReader();
    expect([...reader.push('data:\n\nid: 1\n\n'), ...reader.end()]).toEqual([]);
  });
});

test('a JSON body is one event and an end, blank lines before it or not', async () => {
  expect(await read(Buffer.from('\n\n'), Buffer.from('{"a":'), Buffer.from('1}\n'))).toEqual([
    { event: '', data: '{"a":1}\n', isWhole: true },
    { event: '', data: '[DONE]' },
  ]);
});
