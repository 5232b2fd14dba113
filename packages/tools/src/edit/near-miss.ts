import { groupBy } from '@trae-cli/protocol';
import { describeDifference } from './line-difference.js';
import { withLineFeeds } from './replace.js';
import { significantLines, type SignificantLine } from './significant-line.js';
import { similarLines } from './similar-lines.js';

const mostDifferences = 3;
const mostPlaces = 3;
/** A line of a bracket or two is everywhere and says nothing. */
const leastTelling = 4;

/** Says why a text was not found, as exactly as can be known: what the file has instead, and where. */
export function explainAbsence(text: string, sought: string): string {
  const plain = withLineFeeds(text);
  const wanted = withLineFeeds(sought);
  return explainSlip(plain, wanted) ?? explainByLines(plain, wanted);
}

/** Mistakes in the writing of `old_str` itself. */
function explainSlip(text: string, sought: string): string | undefined {
  const withoutNumbers = sought.replaceAll(/^ *\d+\t/gm, '');
  if (withoutNumbers !== sought && text.includes(withoutNumbers)) {
    return 'old_str has the line numbers of a view in it. Leave out each number and the tab after it.';
  }
  const unescaped = sought.replaceAll('\\n', '\n').replaceAll('\\t', '\t').replaceAll('\\"', '"');
  if (unescaped !== sought && text.includes(unescaped)) {
    return 'old_str is escaped once too often: it has backslashes (\\n, \\t or \\") where the file has the characters.';
  }
  return undefined;
}

function explainByLines(text: string, sought: string): string {
  const wanted = significantLines(sought);
  const present = significantLines(text);
  const [best, ...others] = bestPlaces(present, wanted);
  if (best === undefined) return explainBySimilarity(present, wanted);
  const pairs = wanted.map((line, index) => ({ line, found: present[best.start + index] }));
  const found = pairs.flatMap((pair) => (pair.found === undefined ? [] : [pair.found.number]));
  const differences = pairs.flatMap(
    ({ line, found }) => (found && describeDifference(found.number, found.text, line.text)) ?? [],
  );
  return [
    `Closest: lines ${found[0]} to ${found.at(-1)}, where ${best.matches} of ${wanted.length} lines are the same but for white space.`,
    ...differences.slice(0, mostDifferences),
    ...(differences.length === 0 ? ['Blank lines between them, or white space around them, differ.'] : []),
    ...(others.length === 0
      ? []
      : [`Next: line ${others.map(({ start }) => present[start]?.number).join(', line ')}.`]),
  ].join('\n');
}

function explainBySimilarity(present: readonly SignificantLine[], wanted: readonly SignificantLine[]): string {
  const longest = wanted.toSorted((a, b) => b.essence.length - a.essence.length)[0];
  const similar = longest === undefined ? [] : similarLines(present, longest, mostPlaces);
  if (longest === undefined || similar.length === 0)
    return 'No line of it is there, nor one like it. View the file again.';
  const differences = similar.flatMap((line) => describeDifference(line.number, line.text, longest.text) ?? []);
  return ['No line of it is there. Similar ones:', ...differences].join('\n');
}

type Place = {
  readonly start: number;
  readonly matches: number;
  /** A line that is rare in the file says more about the place than one that is everywhere. */
  readonly weight: number;
};

/** Where in the file most lines are those wanted, in their order; nowhere when none is. */
function bestPlaces(present: readonly SignificantLine[], wanted: readonly SignificantLine[]): readonly Place[] {
  const offsets = groupBy(wanted.keys(), (offset) => wanted[offset]?.essence);
  const indexes = groupBy(present.keys(), (index) => present[index]?.essence);
  const places = new Map<number, Place>();
  for (const [essence = '', asked] of offsets) {
    const found = indexes.get(essence) ?? [];
    const weight = essence.length < leastTelling ? 0 : 1 / found.length;
    for (const start of found.flatMap((index) => asked.map((offset) => index - offset))) {
      const place = places.get(start) ?? { start, matches: 0, weight: 0 };
      places.set(start, { start, matches: place.matches + 1, weight: place.weight + weight });
    }
  }
  const telling = [...places.values()].filter((place) => place.weight > 0);
  telling.sort((a, b) => b.weight - a.weight || b.matches - a.matches || a.start - b.start);
  return telling.filter((place) => place.weight === telling[0]?.weight).slice(0, mostPlaces);
}
