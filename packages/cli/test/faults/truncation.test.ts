import type { ModelAnswer, ServerAnswer } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { done } from '../cli.js';
import { effect } from './effect.js';
import { type Perform, play } from './play.js';
import { performHere, performWithin } from './perform.js';
import { allWires, piecesOf, type Wire } from './wire.js';

type End = 'end' | 'reset';

/** What the two calls of a turn leave behind. */
const linesOf = (turn: number): readonly string[] => [`turn ${turn}`, `turn ${turn} again`];

const answerIn = (turn: number): ModelAnswer => ({
  reasoning: 'Hm.',
  text: 'I do.',
  calls: linesOf(turn).map((line) => effect(line)),
});

/** A turn that is cut behind so many pieces, and then asked for again and answered whole. */
async function cutBehind(pieces: number, turn: number, { wire, end }: { wire: Wire; end: End }) {
  const chunks = (await piecesOf(wire, answerIn(turn))).slice(0, pieces);
  const cut: ServerAnswer = { headers: { 'content-type': wire.contentType }, chunks, end };
  return [cut, answerIn(turn)] as const;
}

/** How many pieces such a turn has before the one that ends it. */
const piecesBeforeEnd = async (wire: Wire): Promise<number> =>
  (await piecesOf(wire, { ...answerIn(0), breaksOff: 'end' })).length;

/** One run with a turn for each of the positions; the lines that its calls should leave, and what became of it. */
async function cutAt(positions: readonly number[], where: { wire: Wire; end: End }, perform: Perform) {
  const turns = await Promise.all(positions.map((pieces, turn) => cutBehind(pieces, turn, where)));
  const outcome = await play({ wire: where.wire, script: [...turns.flat(), done('ok')] }, perform);
  return { outcome, requests: 2 * turns.length + 1, lines: turns.flatMap((_, turn) => linesOf(turn)) };
}

const ways = allWires.flatMap((wire) => (['end', 'reset'] as const).map((end) => [wire.format, end, wire] as const));

describe('an answer that is cut', { concurrent: true }, () => {
  test.each(ways)('behind any of its pieces leaves no trace: %s, %s', async (_format, end, wire) => {
    const count = await piecesBeforeEnd(wire);
    expect(count).toBeGreaterThan(3);
    const positions = Array.from({ length: count }, (_, pieces) => pieces);
    const { lines, outcome, requests } = await cutAt(positions, { wire, end }, performHere);
    expect(outcome).toMatchObject({ code: undefined, exitCode: 0, requests, traces: lines });
  });

  test.each(ways)('leaves none in a real process either: %s, %s', async (_format, end, wire) => {
    const count = await piecesBeforeEnd(wire);
    const positions = [1, Math.floor(count / 2), count - 1];
    const { lines, outcome, requests } = await cutAt(positions, { wire, end }, performWithin(25_000));
    expect(outcome).toMatchObject({ code: undefined, exitCode: 0, requests, traces: lines });
  });
});
