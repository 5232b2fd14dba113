import type { JSONPathQuery } from 'json-p3';
import type { Node } from 'jsonc-parser';
import { explainAbsence } from '../nearby.js';
import { endOf } from '../nodes.js';
import type { OpenedJson, Problem } from '../opened.js';
import { describeDoubled, type Location, pathOf, type Place } from '../places.js';
import { search, tooSlow } from '../query.js';
import { respelled } from './respelled.js';
import { shortened } from './shortened.js';

const mostCharacters = 30_000;
const mostShown = 500;
/** Of characters, for one more match. */
const leastRoom = 200;
/** More than is shown, so that a secret at the edge is seen as a whole and redacted. */
const surplus = 20_000;
/** A longer value on one line is laid out over several. */
const longestLine = 120;

/** What a query matches: each with its path, its lines and its value, as it is written in the file. */
export function describeMatches(
  opened: OpenedJson,
  query: JSONPathQuery,
  isPretty: boolean,
): { readonly text: string } | Problem {
  const found = search(query, opened.value);
  if (found.kind === 'too_slow') return { problem: tooSlow(query) };
  const { locations, isComplete } = found;
  if (locations.length === 0) return { problem: explainAbsence(opened, query) };
  const count = `${isComplete ? '' : 'more than '}${locations.length} matches:`;
  const { entries, doubled } = entriesOf(opened, locations, isPretty);
  const left = locations.length - entries.length;
  return {
    text: [
      ...(locations.length === 1 ? [] : [count]),
      ...entries,
      ...(doubled === undefined ? [] : [`[${describeDoubled(doubled, opened.document.lines)}]`]),
      ...(left > 0
        ? [`[${left} more matches${isComplete ? '' : ', and those not counted'}; a narrower json_path shows them]`]
        : []),
    ].join('\n'),
  };
}

function entriesOf(
  opened: OpenedJson,
  locations: readonly Location[],
  isPretty: boolean,
): { readonly entries: readonly string[]; readonly doubled: Place['doubled'] } {
  const entries: string[] = [];
  let doubled: Place['doubled'];
  let room = mostCharacters;
  for (const location of locations.slice(0, mostShown)) {
    if (room < leastRoom) break;
    const place = opened.places.at(location);
    const entry = describeMatch(opened, place, { isPretty, room });
    if (entries.length > 0 && entry.length > room) break;
    entries.push(entry);
    doubled ??= place.doubled;
    room -= entry.length;
  }
  return { entries, doubled };
}

type Showing = { readonly isPretty: boolean; readonly room: number };

function describeMatch({ document, redactor }: OpenedJson, { node, location }: Place, showing: Showing): string {
  const { lines } = document;
  const [first, last] = [lines.lineAt(node.offset), lines.lineAt(endOf(node))];
  const where = first === last ? `line ${first}` : `lines ${first} to ${last}`;
  // Redacted before it is cut, so that no half of a secret is left.
  const value = shortened(redactor.redact(spell(document, node, showing)), showing.room);
  return `${pathOf(location)} (${where}):${value.includes('\n') ? '\n' : ' '}${value}`;
}

/** As it is written in the file, unless that is one long line or one line is asked for. */
function spell({ text, lines }: OpenedJson['document'], node: Node, { isPretty, room }: Showing): string {
  const span = { start: node.offset, end: endOf(node) };
  const isOneLine = lines.lineAt(span.start) === lines.lineAt(span.end);
  const isLong = node.length > longestLine;
  if (node.children !== undefined && (!isPretty || (isOneLine && isLong))) {
    return respelled(text, span, { form: isPretty ? 'lines' : 'line', most: room });
  }
  const end = Math.min(span.end, span.start + room + surplus);
  return withoutIndent(text.slice(span.start, end), lines.indentAt(span.start));
}

const withoutIndent = (value: string, indent: string): string =>
  value.replaceAll('\r\n', '\n').replaceAll(`\n${indent}`, '\n');
