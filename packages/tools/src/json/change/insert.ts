import type { JsonValue } from '@trae-cli/protocol';
import type { Node } from 'jsonc-parser';
import type { JsonDocument } from '../document.js';
import { gapBetween } from './gap.js';
import { isOnOneLine, layoutAt, type Layout } from './layout.js';
import { endOf } from '../nodes.js';
import type { TextEdit } from './text-edit.js';
import { valueText } from './value-text.js';

/** What goes into a container: a property of an object, or an item of an array. */
export type Entry = { readonly key: string | undefined; readonly value: JsonValue; readonly isPretty: boolean };

type Neighbourhood = { readonly document: JsonDocument; readonly container: Node; readonly entry: Entry };

/** Adds an entry to a container, before the child of an index, or at the end. */
export function insertEntry(document: JsonDocument, container: Node, entry: Entry, index: number): readonly TextEdit[] {
  const children = container.children ?? [];
  const where = { document, container, entry };
  const last = children.at(-1);
  if (last === undefined) return insertAlone(where);
  const next = children[index];
  return next === undefined ? insertLast(where, last) : insertBefore(where, next, children[index - 1]);
}

function entryText({ key, value, isPretty }: Entry, layout: Layout): string {
  const text = valueText(value, isPretty ? layout : { ...layout, form: 'line' });
  return key === undefined ? text : JSON.stringify(key) + layout.colon + text;
}

/** Into an empty container, which may hold comments. */
function insertAlone({ document, container, entry }: Neighbourhood): readonly TextEdit[] {
  const { text, lines } = document;
  const [start, close] = [container.offset + 1, endOf(container) - 1];
  const isOneLine = isOnOneLine(document.lines, container) || !entry.isPretty;
  const comments = text.slice(start, close).replace(/[ \t\r\n]+$/, '');
  const outer = layoutAt(document, container.offset, { form: isOneLine ? 'line' : 'lines' });
  if (comments === '' && isOneLine) return [{ offset: start, length: close - start, content: entryText(entry, outer) }];
  const comment = start + comments.search(/\S/);
  const isBesideComment = comments !== '' && lines.isFirst(comment);
  const inner = { ...outer, indent: isBesideComment ? lines.indentAt(comment) : outer.indent + outer.unit };
  return [
    {
      offset: start + comments.length,
      length: close - start - comments.length,
      content: outer.lineEnd + inner.indent + entryText(entry, inner) + outer.lineEnd + outer.indent,
    },
  ];
}

function insertLast({ document, container, entry }: Neighbourhood, last: Node): readonly TextEdit[] {
  const { text, lines } = document;
  const { comma, lineBreak } = gapBetween(text, endOf(last), endOf(container) - 1);
  const anchor = comma === undefined ? endOf(last) : comma + 1;
  const sibling = last.type === 'property' ? last : undefined;
  const layout = layoutAt(document, last.offset, { form: lines.isFirst(last.offset) ? 'lines' : 'line', sibling });
  const isTrailed = comma !== undefined;
  const written = entryText(entry, layout);
  if (layout.form === 'line') {
    const content = isTrailed ? `${separator(layout)}${written},` : `,${separator(layout)}${written}`;
    return [{ offset: anchor, length: 0, content }];
  }
  const offset = lineBreak?.start ?? anchor;
  const line = layout.lineEnd + layout.indent + written;
  if (isTrailed) return [{ offset, length: 0, content: `${line},` }];
  if (offset === anchor) return [{ offset, length: 0, content: `,${line}` }];
  return [
    { offset: anchor, length: 0, content: ',' },
    { offset, length: 0, content: line },
  ];
}

/** Comments above the child that comes next stay with it. */
function insertBefore(
  { document, container, entry }: Neighbourhood,
  next: Node,
  previous: Node | undefined,
): readonly TextEdit[] {
  const { text, lines } = document;
  const start = previous === undefined ? container.offset + 1 : endOf(previous);
  const { lineBreak } = gapBetween(text, start, next.offset);
  const isOwnLine = lines.isFirst(next.offset) && lineBreak !== undefined;
  const layout = layoutAt(document, next.offset, { form: isOwnLine ? 'lines' : 'line' });
  const written = entryText(entry, layout);
  if (!isOwnLine) return [{ offset: next.offset, length: 0, content: `${written},${separator(layout)}` }];
  return [{ offset: lineBreak.start, length: 0, content: `${layout.lineEnd}${layout.indent}${written},` }];
}

const separator = ({ colon }: Layout): string => (colon.endsWith(' ') ? ' ' : '');
