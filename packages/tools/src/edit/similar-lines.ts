import type { SignificantLine } from './significant-line.js';

const mostExamined = 20_000;
const longestExamined = 200;
const leastLikeness = 0.6;

/** The lines most like one line, the best first. */
export function similarLines(
  present: readonly SignificantLine[],
  wanted: SignificantLine,
  count: number,
): readonly SignificantLine[] {
  const pairs = pairsOf(wanted.essence);
  return present
    .slice(0, mostExamined)
    .map((line) => ({ line, likeness: likeness(pairs, pairsOf(line.essence)) }))
    .filter(({ likeness }) => likeness >= leastLikeness)
    .toSorted((a, b) => b.likeness - a.likeness)
    .slice(0, count)
    .map(({ line }) => line);
}

/** Dice's coefficient over pairs of characters: 1 for equal texts, 0 for texts that share none. */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const pair of a) if (b.has(pair)) shared += 1;
  return a.size + b.size === 0 ? 0 : (2 * shared) / (a.size + b.size);
}

function pairsOf(text: string): ReadonlySet<string> {
  const pairs = new Set<string>();
  const end = Math.min(text.length, longestExamined);
  for (let at = 0; at < end - 1; at += 1) pairs.add(text.slice(at, at + 2));
  return pairs;
}
