import type { Speech } from '../hostile/hear-in-process.js';
import { messagesProtocol } from '../../src/anthropic/messages-protocol.js';
import { begin, delta, E, end, startMessage, stopWith } from './messages-talk.js';

export const speech: Speech = {
  createDecoder: (options) => messagesProtocol.createDecoder(options),
  framing: messagesProtocol.framing,
  contentType: 'text/event-stream',
};

const piece = (index: number, json: string) => delta(index, { type: 'input_json_delta', partial_json: json });

/** A stream with everything in it that a cut or a flaw could hurt. */
export const events: readonly string[] = [
  `\uFEFF${startMessage({ usage: { input_tokens: 10, cache_read_input_tokens: 7, output_tokens: 1 } })}`,
  begin(0, { type: 'thinking', thinking: '', signature: '' }),
  ': keep-alive\r\n\r\n',
  delta(0, { type: 'thinking_delta', thinking: 'Hm – é' }),
  delta(0, { type: 'signature_delta', signature: 'Eq' }).replaceAll('\n', '\r\n'),
  delta(0, { type: 'signature_delta', signature: 'QB' }).replace('event: content_block_delta\n', ''),
  end(0),
  begin(1, { type: 'redacted_thinking', data: 'c2VjcmV0' }),
  end(1),
  E('ping'),
  begin(2, { type: 'text', text: '' }),
  delta(2, { type: 'text_delta', text: 'Né' }),
  delta(2, { type: 'text_delta', text: '😀 漢' }),
  end(2),
  begin(3, { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: {} }),
  piece(3, '{"query":"ü'),
  piece(3, '"}'),
  end(3),
  begin(4, { type: 'web_search_tool_result', tool_use_id: 'srvtoolu_1', content: [{ type: 'x', title: '漢' }] }),
  end(4),
  begin(5, { type: 'tool_use', id: 'toolu_1', name: 'read', input: {}, caller: { type: 'direct' } }),
  piece(5, ''),
  piece(5, '{"path":"ü'),
  begin(9, { type: 'tool_use', id: 'toolu_2', name: 'ls', input: { path: '.' } }),
  piece(5, '😀"}'),
  end(5),
  end(9),
  stopWith('tool_use', { usage: { output_tokens: 89 } }),
];

export const recording = Buffer.from(events.join(''));
