import type { JSONPathQuery } from 'json-p3';
import { findPlaces, type NewValue, type Plan } from './find-places.js';
import { insertEntry } from './insert.js';
import { describe, explainAbsence } from '../nearby.js';
import type { OpenedJson, Problem } from '../opened.js';
import { pathOf, type Place } from '../places.js';
import { type LastStep, lastStepOf } from '../query.js';
import type { TextEdit } from './text-edit.js';

/** Inserts a new key or a new item, into every object or array that the path before its last segment matches. */
export function planAdd(opened: OpenedJson, query: JSONPathQuery, { value, isPretty }: NewValue): Plan | Problem {
  const last = lastStepOf(query);
  if (last === undefined) {
    return { problem: `add needs a path that ends in one new key or one index, not ${query.toString()}.` };
  }
  const parents = findPlaces(opened, last.parents);
  if ('problem' in parents) return parents;
  if (parents.length === 0) return { problem: explainAbsence(opened, last.parents) };
  const edits: TextEdit[] = [];
  const distinct = new Map(parents.map((parent) => [parent.node, parent]));
  for (const parent of distinct.values()) {
    const place = roomFor(opened, parent, last);
    if ('problem' in place) return place;
    edits.push(...insertEntry(opened.document, parent.node, { ...place, value, isPretty }, place.index));
  }
  return { edits, count: distinct.size };
}

type Room = { readonly key: string | undefined; readonly index: number };

/** Where in an object or array a new entry goes. */
function roomFor(opened: OpenedJson, parent: Place, { step }: LastStep): Room | Problem {
  const { node, location } = parent;
  const { children = [] } = node;
  if (node.type === 'array' && typeof step === 'number') {
    const index = step < 0 ? children.length + step : step;
    if (index >= 0) return { key: undefined, index };
    return { problem: `There is no item [${step}] to insert before. ${describe(parent)}` };
  }
  if (node.type === 'array') {
    const end = pathOf([...location, children.length]);
    return { problem: `An item is added by its index, not by a key. ${describe(parent)} To append to it, add ${end}.` };
  }
  if (node.type !== 'object' || typeof step === 'number') {
    return { problem: `${typeof step === 'number' ? 'An index' : 'A key'} cannot be added there. ${describe(parent)}` };
  }
  const existing = opened.places.child(parent, step);
  return existing === undefined
    ? { key: step, index: children.length }
    : { problem: describeExisting(opened, existing) };
}

function describeExisting({ document }: OpenedJson, { node, location }: Place): string {
  const path = pathOf(location);
  const line = document.lines.lineAt(node.offset);
  const append =
    node.type === 'array' ? ` To append to it, add ${pathOf([...location, node.children?.length ?? 0])}.` : '';
  return `${path} exists already, in line ${line}; set changes it.${append}`;
}
