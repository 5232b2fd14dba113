import { isDeepStrictEqual } from 'node:util';
import { callsOf, type FinishedTurn } from '@trae-cli/protocol';
import { describe, expect, test } from 'vitest';
import { type HeardInProcess, hearInProcess, translated } from './hear-in-process.js';
import { mutatedError } from './mutated-error.js';
import { mutatedStream } from './mutated-stream.js';
import { Random } from '@trae-cli/testkit';

const stops: readonly string[] = ['end', 'tool_calls', 'length', 'filtered', 'other'];

/** What is wrong with a turn, in words; empty where nothing is. */
function faultsOf({ message, stop, usage }: FinishedTurn): readonly string[] {
  const calls = callsOf(message);
  const numbers = usage === null ? [] : Object.values(usage).filter((value) => typeof value === 'number');
  return [
    ...(stops.includes(stop) ? [] : [`it stopped for ${stop}`]),
    ...numbers
      .filter((number) => !(number >= 0 && number <= Number.MAX_SAFE_INTEGER))
      .map((number) => `usage ${number}`),
    ...calls.filter(({ id, name }) => id === '' || name.trim() === '').map(({ id }) => `a call is nameless: ${id}`),
    ...(new Set(calls.map(({ id }) => id)).size === calls.length ? [] : ['two calls have one id']),
  ];
}

function faultsIn({ events, turn, error }: HeardInProcess): readonly string[] {
  const ends = events.filter((event) => event.type === 'finished').length;
  return [
    ...(turn === undefined ? [] : faultsOf(turn)),
    ...(ends === (error === undefined ? 1 : 0) && ends === (turn === undefined ? 0 : 1)
      ? []
      : [`it finished ${ends} times`]),
    ...(isDeepStrictEqual(events, JSON.parse(JSON.stringify(events))) ? [] : ['its events do not survive JSON']),
    ...(error !== undefined && error.code === 'internal' ? ['its error is a bug of ours'] : []),
    ...('polluted' in {} ? ['the prototype of everything is polluted'] : []),
  ];
}

describe('a stream that was changed anywhere ends as a turn or as an error of the service', () => {
  const perTest = 500;
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('seed %d', async (seed) => {
    for (let round = 0; round < perTest; round += 1) {
      const random = new Random(seed * perTest + round);
      const heard = await hearInProcess(mutatedStream(random));
      expect(faultsIn(heard), `seed ${seed * perTest + round}`).toEqual([]);
    }
  });
});

test('an error body that was changed anywhere is told in a few words, with a wait and a window that can be', () => {
  for (let seed = 0; seed < 3000; seed += 1) {
    const { error, window = 256 } = translated(mutatedError(new Random(seed)));
    const { retryAfterMs = 1 } = error;
    expect(error.code, `seed ${seed}`).not.toBe('internal');
    expect(error.message.length, `seed ${seed}`).toBeLessThan(1500);
    expect(Number.isFinite(retryAfterMs) && retryAfterMs > 0, `seed ${seed}: a wait of ${retryAfterMs}`).toBe(true);
    expect(Number.isSafeInteger(window) && window >= 256, `seed ${seed}: a window of ${window}`).toBe(true);
  }
});
