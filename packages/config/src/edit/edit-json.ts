import { type Node, parseTree } from 'jsonc-parser';
import type { JsonValue } from '@trae-cli/protocol';
import { describeKey } from '../schema/report.js';
import { inlineJson, jsonText, type Layout, nested } from './json-text.js';
import { type Edit, indentAt, indentOfLine, lineBreakOf, type Splice } from './splice.js';

/** A text that parses, and how it is laid out. */
type Sheet = Layout & { readonly text: string };

const endOf = ({ offset, length }: Node): number => offset + length;

const propertyOf = (object: Node, key: string): Node | undefined =>
  object.children?.find(({ children: [name] = [] }) => name?.value === key);

/** What the first key that begins a line is indented with. */
function unitOf(text: string, root: Node | undefined): string {
  const indents = (root?.children ?? []).map(({ offset }) => indentAt(text, offset));
  return indents.find((indent) => indent !== undefined && indent !== '') ?? '  ';
}

/** What follows the last property on its line. */
type Tail = { readonly comma: number | undefined; readonly comment: number | undefined };

const tailPiece = /[ \t]+|,|\/\/[^\n\r]*|\/\*[\s\S]*?\*\//y;

function tailAfter(text: string, offset: number): Tail {
  let tail: Tail = { comma: undefined, comment: undefined };
  tailPiece.lastIndex = offset;
  for (let piece = tailPiece.exec(text)?.[0]; piece !== undefined; piece = tailPiece.exec(text)?.[0]) {
    const end = tailPiece.lastIndex;
    if (piece === ',') tail = { ...tail, comma: end };
    else if (piece.startsWith('/')) tail = { ...tail, comment: end };
  }
  return tail;
}

const insertion = (offset: number, text: string): Splice => ({ start: offset, end: offset, text });

/** Behind the last property, which keeps its comment; a comma at the end stays one at the end. */
function append(sheet: Sheet, last: Node, key: string, value: JsonValue): readonly Splice[] {
  const { lineBreak, text } = sheet;
  const { comma, comment } = tailAfter(text, endOf(last));
  const name = JSON.stringify(key);
  const indent = indentAt(text, last.offset);
  const closing = comma === undefined ? '' : ',';
  const opening = comma === undefined ? [insertion(endOf(last), ',')] : [];
  if (indent === undefined)
    return [...opening, insertion(comma ?? endOf(last), ` ${name}: ${inlineJson(value)}${closing}`)];
  const line = `${lineBreak}${indent}${name}: ${jsonText(value, indent, sheet)}${closing}`;
  return [...opening, insertion(Math.max(comment ?? 0, comma ?? endOf(last)), line)];
}

/** Whether an object stands on one line with what is above it. */
const isInline = (text: string, { parent }: Node): boolean =>
  parent !== undefined && indentAt(text, parent.offset) === undefined;

/** The first property of an object, before what comments there are in it. */
function fill(sheet: Sheet, object: Node, key: string, value: JsonValue): readonly Splice[] {
  const { lineBreak, text, unit } = sheet;
  const [start, end] = [object.offset + 1, endOf(object) - 1];
  const isBlank = text.slice(start, end).trim() === '';
  const name = JSON.stringify(key);
  if (isInline(text, object)) return [{ start, end: isBlank ? end : start, text: ` ${name}: ${inlineJson(value)} ` }];
  const outer = indentOfLine(text, object.offset);
  const line = `${lineBreak}${outer}${unit}${name}: ${jsonText(value, outer + unit, sheet)}`;
  return [isBlank ? { start, end, text: `${line}${lineBreak}${outer}` } : insertion(start, line)];
}

function replace(sheet: Sheet, node: Node, value: JsonValue): readonly Splice[] {
  const { text } = sheet;
  const written = isInline(text, node) ? inlineJson(value) : jsonText(value, indentOfLine(text, node.offset), sheet);
  return [{ start: node.offset, end: endOf(node), text: written }];
}

/** Sets the value at a path of a JSON text, comments and trailing commas or not; the text has to parse. */
export function editJson(text: string, path: readonly string[], value: JsonValue): Edit {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const sheet: Sheet = { text, unit: unitOf(text, root), lineBreak: lineBreakOf(text) };
  let node = root;
  if (node === undefined) return { splices: [insertion(text.length, jsonText(nested(path, value), '', sheet))] };
  for (const [index, key] of path.entries()) {
    const missing = path.slice(index + 1);
    if (node.type === 'null') return { splices: replace(sheet, node, nested(path.slice(index), value)) };
    if (node.type !== 'object')
      return { refusal: `what stands at "${describeKey(path.slice(0, index))}" is no object` };
    const property: Node | undefined = propertyOf(node, key);
    const last = node.children?.at(-1);
    if (property === undefined) {
      const inner = nested(missing, value);
      return { splices: last === undefined ? fill(sheet, node, key, inner) : append(sheet, last, key, inner) };
    }
    const found: Node | undefined = property.children?.[1];
    if (found === undefined) return { refusal: `"${describeKey(path.slice(0, index + 1))}" has no value` };
    node = found;
  }
  return { splices: replace(sheet, node, value) };
}
