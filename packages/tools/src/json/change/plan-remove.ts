import { groupBy } from '@trae-cli/protocol';
import type { JSONPathQuery } from 'json-p3';
import type { Node } from 'jsonc-parser';
import { findPlaces, type Plan } from './find-places.js';
import { explainAbsence } from '../nearby.js';
import { containerOf } from '../nodes.js';
import type { OpenedJson, Problem } from '../opened.js';
import { outermost } from '../places.js';
import { removeChildren } from './remove.js';
import type { TextEdit } from './text-edit.js';

/** Takes every match away. */
export function planRemove(opened: OpenedJson, query: JSONPathQuery): Plan | Problem {
  const found = findPlaces(opened, query);
  if ('problem' in found) return found;
  if (found.length === 0) return { problem: explainAbsence(opened, query) };
  const places = outermost(found);
  const byContainer = groupBy(
    places.map(({ node }) => node),
    containerOf,
  );
  const edits: TextEdit[] = [];
  for (const [container, nodes] of byContainer) {
    if (container === undefined) return { problem: '$ is the whole document. Remove what is in it, or set it.' };
    edits.push(...removeChildren(opened.document, container, new Set(nodes.map(childOf))));
  }
  return { edits, count: places.length };
}

/** What goes from a container with a value: for an object the property. */
const childOf = (node: Node): Node => (node.parent?.type === 'property' ? node.parent : node);
