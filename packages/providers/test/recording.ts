import { chatNotation } from '@trae-cli/testkit';

const { C, D, F, T, U } = chatNotation;

/** A stream with everything in it that a cut could hurt: wide characters, a byte order mark, both line ends, comments, two calls. */
export const recording = Buffer.from(
  [
    '\uFEFF: OPENROUTER PROCESSING\n\n',
    C({ role: 'assistant', content: '' }),
    C({ reasoning_content: 'Hm – é' }),
    ': keep-alive\r\n\r\n',
    // Data in two lines: a line end that is taken for two would cut it in half.
    C({ content: 'Né' }).replace('"choices":', '\ndata: "choices":').replaceAll('\n', '\r\n'),
    C({ content: '😀 漢' }),
    T({ index: 0, id: 'a', type: 'function', function: { name: 'read', arguments: '' } }),
    T({ index: 0, function: { arguments: '{"path":"ü' } }).replace('data: ', 'data:'),
    T({ index: 1, id: 'b', type: 'function', function: { name: 'ls', arguments: '{}' } }),
    T({ index: 0, function: { arguments: '😀"}' } }),
    F({}, 'tool_calls'),
    U({ prompt_tokens: 9, completion_tokens: 4 }),
    D,
  ].join(''),
);

/** What it says, however it is cut. */
export const recorded = {
  error: undefined,
  reasoning: 'Hm – é',
  text: 'Né😀 漢',
  calls: [
    { id: 'a', name: 'read', arguments: '{"path":"ü😀"}' },
    { id: 'b', name: 'ls', arguments: '{}' },
  ],
  stop: 'tool_calls',
  usage: { input: 9, output: 4 },
};

/** A small generator of numbers from 0 to 1, the same ones for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Some positions inside `length` bytes. */
export const positionsBy = (random: () => number, length: number): readonly number[] =>
  Array.from({ length: Math.ceil(random() * 20) }, () => 1 + Math.floor(random() * (length - 1)));
