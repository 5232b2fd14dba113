import type { JsonValue } from '@trae-cli/protocol';
import type { JSONPathQuery } from 'json-p3';
import type { OpenedJson, Problem } from '../opened.js';
import { describeDoubled, type Place } from '../places.js';
import { mostMatches, search, tooSlow } from '../query.js';
import type { TextEdit } from './text-edit.js';

/** What an operation does to the text, and in how many places. */
export type Plan = { readonly edits: readonly TextEdit[]; readonly count: number };

export type NewValue = { readonly value: JsonValue; readonly isPretty: boolean };

/** Every place that a query matches. A place behind a key that occurs twice is none to be changed. */
export function findPlaces({ value, places, document }: OpenedJson, query: JSONPathQuery): readonly Place[] | Problem {
  const found = search(query, value);
  if (found.kind === 'too_slow') return { problem: tooSlow(query) };
  if (!found.isComplete) return { problem: `${query.toString()} matches more than ${mostMatches} places. Narrow it.` };
  const matches = found.locations.map((location) => places.at(location));
  const doubled = matches.find((place) => place.doubled !== undefined)?.doubled;
  if (doubled === undefined) return matches;
  return {
    problem: `${describeDoubled(doubled, document.lines)} Leave one of them, with another tool, before you change it here.`,
  };
}
