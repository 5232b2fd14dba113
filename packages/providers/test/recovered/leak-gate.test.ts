import { expect, test } from 'vitest';
import { LeakGate } from '../../src/recovered/leak-gate.js';

const pieceCount = 200_000;

function through(pieces: readonly string[]): {
  readonly text: string;
  readonly lookedAt: number;
  readonly length: number;
} {
  const gate = new LeakGate();
  const said: string[] = [];
  for (const piece of pieces)
    if (gate.passes(piece)) said.push(piece);
    else for (const { text } of gate.push(piece)) said.push(text);
  said.push(gate.finish().text);
  return { text: said.join(''), lookedAt: gate.lookedAt, length: pieces.reduce((sum, piece) => sum + piece.length, 0) };
}

const many = (first: string, piece: string): readonly string[] => [
  first,
  ...Array.from({ length: pieceCount }, () => piece),
];

test.each([
  ['words', many('', 'abc ')],
  ['code', many('', 'a<b[')],
  ['lines', many('', '\n')],
  ['white space', many('', '  ')],
  ['beginnings of tags', many('', '<tool_')],
  ['one line of a code block', many('```json\n{"name":"', 'abc ')],
  ['lines of a code block', many('```\n', 'x\n')],
  ['code that is not closed', many('```', '`')],
  ['a thought', many('<think>', 'a<')],
  ['a call', many('<tool_call>', 'abc ')],
  ['JSON', many('{"name":', 'abc ')],
  ['code blocks', many('', '```\n{}\n```\n')],
])('200,000 pieces of %s are looked at a few times each, and none is lost', (_name, pieces) => {
  const { text, lookedAt, length } = through(pieces);
  expect(text).toBe(pieces.join(''));
  expect(lookedAt).toBeLessThan(8 * length + 100_000);
});

test('only the beginning of a mark is held back', () => {
  const gate = new LeakGate();
  const said = (piece: string): string =>
    gate.passes(piece)
      ? piece
      : gate
          .push(piece)
          .map(({ text }) => text)
          .join('');
  expect(said('Compare a <')).toBe('Compare a ');
  expect(said(' b and <tool')).toBe('< b and ');
  expect(said('box> with ``')).toBe('<toolbox> with ');
  expect(said('x`` and [TOOL')).toBe('``x`` and ');
  expect(said('S].')).toBe('[TOOLS].');
});
