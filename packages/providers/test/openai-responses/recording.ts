import { responsesNotation } from '@trae-cli/testkit';
import { call, completed, created, message, reasoning, reasoningItem } from './responses-talk.js';

/** A stream with everything in it that a cut could hurt: wide characters, a byte order mark, both line ends, two calls. */
export const recording = Buffer.from(
  [
    '\uFEFF: waiting\n\n',
    created,
    reasoning(0, 'Hm – é'),
    ': keep-alive\r\n\r\n',
    message(1, 'Né😀 漢').replaceAll('\n', '\r\n'),
    call(2, 'ü😀').replaceAll('data: ', 'data:'),
    responsesNotation.R('response.unheard_of', { x: [1] }),
    call(3, 'y'),
    completed(),
  ].join(''),
);

/** What it says, however it is cut. */
export const recorded = [
  { type: 'reasoning', text: 'Hm – é', sealed: reasoningItem(0, 'Hm – é') },
  { type: 'text', text: 'Né😀 漢' },
  { type: 'tool_call', id: 'call_2', name: 'read', arguments: '{"path":"ü😀"}' },
  { type: 'tool_call', id: 'call_3', name: 'read', arguments: '{"path":"y"}' },
];
