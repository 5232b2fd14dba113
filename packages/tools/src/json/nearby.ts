import { clipped, didYouMean, nearest } from '@trae-cli/protocol';
import type { JSONPathQuery } from 'json-p3';
import type { Node } from 'jsonc-parser';
import { keyOf } from './nodes.js';
import type { OpenedJson } from './opened.js';
import { type Place, pathOf } from './places.js';
import { firstSegments, lastStepOf, search } from './query.js';

const mostKeys = 20;
const longestKey = 60;

/** Says that nothing matches, and what there is where the path leaves the document. */
export function explainAbsence(opened: OpenedJson, query: JSONPathQuery): string {
  const { segments } = query;
  for (let count = segments.length - 1; count >= 0; count -= 1) {
    const found = search(firstSegments(query, count), opened.value, 1);
    const [location] = found.kind === 'found' ? found.locations : [];
    if (location === undefined) continue;
    const sought = lastStepOf(firstSegments(query, count + 1))?.step;
    return `Nothing in ${opened.editable.name} matches ${query.toString()}. ${describe(opened.places.at(location), sought)}`;
  }
  return `Nothing in ${opened.editable.name} matches ${query.toString()}.`;
}

/** What is at a place, for somebody who looked for a key or an index in it. */
export function describe({ node, location }: Place, sought?: string | number): string {
  const path = pathOf(location);
  const children = node.children ?? [];
  switch (node.type) {
    case 'object':
      return `${path} is ${describeObject(children.map(keyOf), sought)}`;
    case 'array':
      return `${path} is an array ${describeRange(children)}.`;
    default:
      return `${path} is ${node.type === 'null' ? 'null' : `a ${node.type}`}, with nothing in it.`;
  }
}

function describeObject(keys: readonly string[], sought: string | number | undefined): string {
  if (keys.length === 0) return 'an empty object.';
  const meant = sought === undefined ? undefined : nearest(String(sought), keys.slice(0, 10_000));
  const left = keys.length - mostKeys;
  const listed = keys.slice(0, mostKeys).map(quoted).join(', ');
  return `an object with the keys ${listed}${left > 0 ? ` and ${left} more` : ''}.${didYouMean(meant === undefined ? meant : quoted(meant))}`;
}

const describeRange = ({ length }: readonly Node[]): string =>
  length === 0 ? 'without items' : length === 1 ? 'of 1 item, [0]' : `of ${length} items, [0] to [${length - 1}]`;

const quoted = (key: string): string => JSON.stringify(clipped(key, longestKey));
