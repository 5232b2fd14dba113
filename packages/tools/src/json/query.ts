import { JSONPathEnvironment, JSONPathError, JSONPathQuery, jsonpath } from 'json-p3';
import { clipped, didYouMean, messageOf } from '@trae-cli/protocol';
import type { Location } from './places.js';
import type { PlainValue } from './plain-value.js';
import { withinTime } from './time-limit.js';

/** Documents are less deep; the library counts from 1. */
const environment = new JSONPathEnvironment({ maxRecursionDepth: 1_000 });
/** Of the matches of one query. */
export const mostMatches = 100_000;
const longestSearchMs = 10_000;
const longestQuote = 200;

const examples = "$.users[0].name, $.dependencies['@scope/name'], $..id, $.users[?@.age > 30]";

export function compileQuery(path: string): { readonly query: JSONPathQuery } | { readonly problem: string } {
  try {
    return { query: environment.compile(path) };
  } catch (error) {
    const where = error instanceof JSONPathError ? `, character ${Math.min(error.token.index, path.length) + 1}` : '';
    return {
      problem: `${JSON.stringify(clipped(path, longestQuote))} is not a JSONPath${where}: ${complaintOf(error)}.${suggestionFor(path)} Paths that work: ${examples}.`,
    };
  }
}

/** The library's words without what they say about its insides. */
function complaintOf(error: unknown): string {
  if (!(error instanceof JSONPathError)) return messageOf(error);
  const { kind, value } = error.token;
  const message = kind === jsonpath.TokenKind.ERROR ? value : error.message.replace(/ \('.*':\d+\)$/s, '');
  return message.includes("can't backup") ? 'it ends where a name is expected' : message;
}

/** Those who leave out the `$` mean the root. */
function suggestionFor(path: string): string {
  const meant = [`$${path}`, `$.${path}`].find((each) => !path.startsWith('$') && isPath(each));
  return path.length > longestQuote ? '' : didYouMean(meant);
}

function isPath(path: string): boolean {
  try {
    environment.compile(path);
    return true;
  } catch {
    return false;
  }
}

export type Search =
  | { readonly kind: 'found'; readonly locations: readonly Location[]; readonly isComplete: boolean }
  | { readonly kind: 'too_slow' };

/** Where a query matches, in its own order, up to a number of matches. */
export function search(query: JSONPathQuery, value: PlainValue, most = mostMatches): Search {
  const locations: Location[] = [];
  const search = withinTime(longestSearchMs, () => {
    for (const { location } of query.lazyQuery(value)) {
      if (locations.length === most) return false;
      locations.push(location);
    }
    return true;
  });
  return search === undefined ? { kind: 'too_slow' } : { kind: 'found', locations, isComplete: search.value };
}

export const tooSlow = (query: JSONPathQuery): string =>
  `${query.toString()} was given up: it takes too long on this file. Name more of the path, or a simpler filter.`;

/** What the last segment of a path asks for, where it is one key or one index. */
export type LastStep = { readonly parents: JSONPathQuery; readonly step: string | number };

/** Takes a path apart before its last segment. Undefined where that asks for anything but one key or one index. */
export function lastStepOf(query: JSONPathQuery): LastStep | undefined {
  const last = query.segments.at(-1);
  if (last === undefined || !new JSONPathQuery(environment, [last]).singularQuery()) return undefined;
  const [selector] = last.selectors;
  const parents = firstSegments(query, query.segments.length - 1);
  if (selector instanceof jsonpath.selectors.NameSelector) return { parents, step: selector.name };
  if (selector instanceof jsonpath.selectors.IndexSelector) return { parents, step: selector.index };
  return undefined;
}

export const firstSegments = (query: JSONPathQuery, count: number): JSONPathQuery =>
  new JSONPathQuery(environment, query.segments.slice(0, count));
