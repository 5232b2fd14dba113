import type { JSONPathQuery } from 'json-p3';
import { findPlaces, type NewValue, type Plan } from './find-places.js';
import { insertEntry } from './insert.js';
import { explainAbsence } from '../nearby.js';
import type { OpenedJson, Problem } from '../opened.js';
import { outermost } from '../places.js';
import { lastStepOf } from '../query.js';
import { replaceValue } from './replace.js';

/** Puts the value in the place of every match; where there is none, makes the last segment of a path that names one place. */
export function planSet(opened: OpenedJson, query: JSONPathQuery, given: NewValue): Plan | Problem {
  const found = findPlaces(opened, query);
  if ('problem' in found) return found;
  if (found.length === 0) return planCreation(opened, query, given);
  const places = outermost(found);
  return {
    edits: places.flatMap(({ node }) => replaceValue(opened.document, node, given)),
    count: places.length,
  };
}

function planCreation(opened: OpenedJson, query: JSONPathQuery, { value, isPretty }: NewValue): Plan | Problem {
  const last = query.singularQuery() ? lastStepOf(query) : undefined;
  const parents = last === undefined ? [] : findPlaces(opened, last.parents);
  if ('problem' in parents) return parents;
  const [parent] = parents;
  if (last === undefined || parent === undefined) return { problem: explainAbsence(opened, query) };
  const { step } = last;
  const { children = [], type } = parent.node;
  const key = typeof step === 'string' ? step : undefined;
  const fits = key === undefined ? type === 'array' && step === children.length : type === 'object';
  if (!fits) return { problem: explainAbsence(opened, query) };
  return { edits: insertEntry(opened.document, parent.node, { key, value, isPretty }, children.length), count: 1 };
}
