import { describe, expect, test } from 'vitest';
import {
  begin,
  delta,
  E,
  end,
  gateway,
  heardOf,
  sample,
  startMessage,
  stopWith,
  streamOf,
  textBlock,
} from './messages-talk.js';

const thinking = begin(0, { type: 'thinking', thinking: '', signature: '' });
const call = (index: number, more = {}) =>
  begin(index, { type: 'tool_use', id: `toolu_${index}`, name: 'read', ...more });
const piece = (index: number, json: string) => delta(index, { type: 'input_json_delta', partial_json: json });

describe('what a stream of Messages says', () => {
  test('case 103: a thought with its signature, and a call', async () => {
    const heard = await heardOf(sample);
    expect(heard).toMatchObject({ error: undefined, stop: 'tool_calls', reasoning: 'Hm' });
    expect(heard.message.content).toEqual([
      { type: 'reasoning', text: 'Hm', sealed: { signature: 'EqQB' } },
      { type: 'tool_call', id: 'toolu_1', name: 'read', arguments: '{"path":"a"}' },
    ]);
    expect(heard.usage).toMatchObject({ input: 10, output: 89 });
  });

  test('case 65: what was cached stands beside the input, and null keeps what was told', async () => {
    const usage = { input_tokens: 3, cache_read_input_tokens: 100, cache_creation_input_tokens: 20 };
    const chunks = [
      startMessage({ usage }),
      textBlock(0, 'Hi'),
      stopWith('end_turn', { usage: { output_tokens: 7, input_tokens: null } }),
    ];
    expect((await heardOf(chunks)).usage).toMatchObject({ input: 3, cacheRead: 100, cacheWrite: 20, output: 7 });
  });

  test('case 65b: compatibles tell the real numbers at the end, and zeros take none back', async () => {
    const chunks = [
      startMessage({ usage: { input_tokens: 0, output_tokens: 0, cache_read_input_tokens: 5 } }),
      textBlock(0, 'Hi'),
      stopWith('end_turn', { usage: { input_tokens: 40, output_tokens: 2, cache_read_input_tokens: 0 } }),
    ];
    expect((await heardOf(chunks)).usage).toMatchObject({ input: 40, cacheRead: 5, output: 2 });
  });

  test('case 65c: numbers that are all zero are not known', async () => {
    const chunks = [
      startMessage({ usage: { input_tokens: 0, output_tokens: 0 } }),
      textBlock(0, 'Hi'),
      stopWith('end_turn'),
    ];
    expect((await heardOf(chunks)).usage).toBeNull();
  });

  test('case 104: a call with an empty piece has no arguments', async () => {
    expect((await heardOf(streamOf(call(0, { input: {} }) + piece(0, '') + end(0), 'tool_use'))).calls).toMatchObject([
      { arguments: '{}' },
    ]);
  });

  test('case 104b: so has one without any input, as llama.cpp begins it', async () => {
    expect((await heardOf(streamOf(call(0) + end(0), 'tool_use'))).calls).toMatchObject([{ arguments: '{}' }]);
  });

  test.each([
    ['case 105: the whole input with the start', call(0, { input: { path: 'a' } }) + end(0), '{"path":"a"}'],
    ['case 105b: without the end of the block', call(0, { input: { path: 'a' } }), '{"path":"a"}'],
    [
      'case 105c: twice, where the pieces count',
      call(0, { input: { path: 'a' } }) + piece(0, '{"path":') + piece(0, '"b"}') + end(0),
      '{"path":"b"}',
    ],
    [
      'case 105d: twice, where the pieces are broken',
      call(0, { input: { path: 'a' } }) + piece(0, '{"pa') + end(0),
      '{"path":"a"}',
    ],
    ['case 105e: as text', call(0, { input: '{"path":"a"}' }) + end(0), '{"path":"a"}'],
  ])('%s', async (_title, blocks, expected) => {
    const heard = await heardOf(streamOf(blocks, 'tool_use'));
    expect(heard).toMatchObject({ stop: 'tool_calls', calls: [{ name: 'read', arguments: expected }] });
  });

  test('case 106: pings, unknown events and unknown deltas mean nothing', async () => {
    const blocks = [
      E('ping'),
      E('foo', { index: 0 }),
      begin(0, { type: 'text', text: '' }),
      delta(0, { type: 'bar_delta', bar: 'x' }),
      delta(0, { type: 'citations_delta', citation: { url: 'x' } }),
      delta(0, { type: 'text_delta', text: 'Hi' }),
      end(0),
      E('ping'),
    ];
    expect(await heardOf(streamOf(blocks.join('')))).toMatchObject({ error: undefined, text: 'Hi', stop: 'end' });
  });

  test('case 107: an error in the stream comes behind what was said, and may be tried again', async () => {
    const error = E('error', { error: { type: 'overloaded_error', message: 'Overloaded' } });
    const heard = await heardOf([startMessage(), textBlock(0, 'A'), error]);
    expect(heard).toMatchObject({ text: 'A', stop: undefined });
    expect(heard.error).toMatchObject({ code: 'provider_unavailable', retryable: true });
  });

  test('case 107b: so does one without the outer type', async () => {
    const heard = await heardOf([startMessage(), 'event: error\ndata: {"error":{"message":"slot unavailable"}}\n\n']);
    expect(heard.error).toMatchObject({ message: expect.stringContaining('slot unavailable') });
  });

  test('case 108: events need no names', async () => {
    const bare = sample.join('').replaceAll(/^event: .*\n/gm, '');
    expect(bare).not.toContain('event:');
    expect(await heardOf(bare)).toMatchObject({
      stop: 'tool_calls',
      reasoning: 'Hm',
      calls: [{ arguments: '{"path":"a"}' }],
    });
  });

  test('case 108b: a message in the place of a stream is heard like one', async () => {
    const message = {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: 'Hm', signature: 'EqQB' },
        { type: 'text', text: 'Reading' },
        { type: 'tool_use', id: 'toolu_1', name: 'read', input: { path: 'a' } },
      ],
      stop_reason: 'tool_use',
      usage: { input_tokens: 10, output_tokens: 89 },
    };
    const heard = await heardOf(JSON.stringify(message));
    expect(heard).toMatchObject({ stop: 'tool_calls', usage: { input: 10, output: 89 } });
    expect(heard.message.content).toEqual([
      { type: 'reasoning', text: 'Hm', sealed: { signature: 'EqQB' } },
      { type: 'text', text: 'Reading' },
      { type: 'tool_call', id: 'toolu_1', name: 'read', arguments: '{"path":"a"}' },
    ]);
  });

  test.each([
    ['109: neither an end nor a reason for one', startMessage() + textBlock(0, 'A')],
    ['109b: nothing at all', ''],
    ['109c: pings', E('ping').repeat(3)],
    ['109d: a start', startMessage()],
    ['109e: an end mark of another protocol', `${startMessage()}${textBlock(0, 'A')}data: [DONE]\n\n`],
  ])('case %s: is no answer, and may be tried again', async (_title, stream) => {
    expect((await heardOf(stream)).error).toMatchObject({ code: 'stream_broken', retryable: true });
  });

  test('case 109f: with the reason told, the end mark may be missing', async () => {
    const chunks = [startMessage(), textBlock(0, 'A'), E('message_delta', { delta: { stop_reason: 'end_turn' } })];
    expect(await heardOf(chunks)).toMatchObject({ error: undefined, text: 'A', stop: 'end' });
  });

  test('case 109g: an end with nothing in it is an empty answer', async () => {
    expect(await heardOf(streamOf(''))).toMatchObject({ error: undefined, text: '', stop: 'end' });
  });

  test('case 110: a call that the limit has cut off is not run', async () => {
    const heard = await heardOf(streamOf(call(0) + piece(0, '{"path":"a'), 'max_tokens'));
    expect(heard).toMatchObject({ stop: 'length', calls: [{ arguments: '{"path":"a' }] });
  });

  test('case 110b: a refusal is a filtered answer, with the reason that is given', async () => {
    const refusal = E('message_delta', {
      delta: { stop_reason: 'refusal', stop_details: { category: 'cyber', explanation: 'Not that.' } },
    });
    const heard = await heardOf([startMessage(), textBlock(0, 'I'), refusal, E('message_stop')]);
    expect(heard.stop).toBe('filtered');
    expect(heard.events).toContainEqual({ type: 'noticed', message: 'The model refused to answer: Not that.' });
  });

  test('case 110c: a window that was full is an overflow, whatever was said before', async () => {
    const heard = await heardOf(streamOf(textBlock(0, 'A'), 'model_context_window_exceeded'));
    expect(heard.error).toMatchObject({ code: 'context_overflow' });
  });

  test('case 111: a redacted thought is kept and not shown', async () => {
    const blocks = begin(0, { type: 'redacted_thinking', data: 'c2VjcmV0' }) + end(0) + textBlock(1, 'Hi');
    const heard = await heardOf(streamOf(blocks));
    expect(heard).toMatchObject({ reasoning: '', text: 'Hi' });
    expect(heard.message.content[0]).toEqual({
      type: 'reasoning',
      text: '',
      sealed: { block: { type: 'redacted_thinking', data: 'c2VjcmV0' } },
    });
  });

  test('blocks are told apart by their indexes, wherever these begin and whatever they leave out', async () => {
    const blocks = [
      call(3),
      begin(7, { type: 'text', text: 'Be' }),
      piece(3, '{"path":'),
      delta(7, { type: 'text_delta', text: 'hold' }),
      piece(3, '"a"}'),
      end(3),
      end(7),
      call(9, { id: 'toolu_3' }),
    ];
    const { message } = await heardOf(streamOf(blocks.join(''), 'tool_use'));
    expect(message.content).toEqual([
      { type: 'tool_call', id: 'toolu_3', name: 'read', arguments: '{"path":"a"}' },
      { type: 'text', text: 'Behold' },
      { type: 'tool_call', id: expect.stringMatching(/^call_/), name: 'read', arguments: '{}' },
    ]);
  });

  test('every thought keeps its own signature, in pieces or not', async () => {
    const blocks = [
      thinking + delta(0, { type: 'thinking_delta', thinking: 'one' }),
      delta(0, { type: 'signature_delta', signature: 'A' }) +
        delta(0, { type: 'signature_delta', signature: 'B' }) +
        end(0),
      textBlock(1, 'x'),
      begin(2, { type: 'thinking', thinking: 'two', signature: 'C' }) + end(2),
    ];
    expect((await heardOf(streamOf(blocks.join('')))).message.content).toEqual([
      { type: 'reasoning', text: 'one', sealed: { signature: 'AB' } },
      { type: 'text', text: 'x' },
      { type: 'reasoning', text: 'two', sealed: { signature: 'C' } },
    ]);
  });

  test('a thought may be nothing but its signature', async () => {
    const blocks = thinking + delta(0, { type: 'signature_delta', signature: 'A' }) + end(0) + textBlock(1, 'x');
    expect((await heardOf(streamOf(blocks))).message.content[0]).toEqual({
      type: 'reasoning',
      text: '',
      sealed: { signature: 'A' },
    });
  });

  test('what the service does with tools of its own is kept in its place and not run', async () => {
    const search = { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: {} };
    const found = {
      type: 'web_search_tool_result',
      tool_use_id: 'srvtoolu_1',
      content: [{ type: 'x', encrypted: 'y' }],
    };
    const blocks = [
      textBlock(0, 'Looking'),
      begin(1, search) + piece(1, '{"query":') + piece(1, '"a"}') + end(1),
      begin(2, found) + end(2),
      textBlock(3, 'Found'),
    ];
    const heard = await heardOf(streamOf(blocks.join('')));
    expect(heard).toMatchObject({ stop: 'end', calls: [], text: 'LookingFound' });
    expect(
      heard.message.content.map((part) => (part.type === 'text' ? part.text : 'sealed' in part ? part.sealed : part)),
    ).toEqual(['Looking', { block: { ...search, input: { query: 'a' } } }, { block: found }, 'Found']);
  });

  test('a call without a name is left out, and none of its arguments go to another', async () => {
    const blocks =
      call(0) + piece(0, '{"path":"a"}') + begin(1, { type: 'tool_use', id: 'x' }) + piece(1, '{"b":1}') + call(2);
    const heard = await heardOf(streamOf(blocks, 'tool_use'));
    expect(heard.calls.map(({ arguments: text }) => text)).toEqual(['{"path":"a"}', '{}']);
    expect(heard.events).toContainEqual({ type: 'noticed', message: expect.stringContaining('without a name') });
  });

  test('a thought without a signature is whole at a gateway, and nowhere else', async () => {
    const blocks = thinking + delta(0, { type: 'thinking_delta', thinking: 'Hm' }) + end(0) + textBlock(1, 'x');
    const [official, compatible] = await Promise.all([
      heardOf(streamOf(blocks)),
      heardOf(streamOf(blocks), { entry: gateway }),
    ]);
    expect(official.message.content[0]).toEqual({ type: 'reasoning', text: 'Hm' });
    expect(compatible.message.content[0]).toEqual({ type: 'reasoning', text: 'Hm', sealed: { signature: '' } });
  });
});
