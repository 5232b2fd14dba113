import type { Redactor } from '@trae-cli/protocol';
import { createScanner, type Node, type ParseError, parseTree } from 'jsonc-parser';
import { type Style, styleOf } from './change/layout.js';
import { LineIndex } from './text/line-index.js';
import { lineWindow, type ShownText } from './text/line-window.js';

/** A JSON text with the place of everything in it. Comments and trailing commas are allowed. */
export type JsonDocument = {
  readonly text: string;
  readonly root: Node;
  readonly lines: LineIndex;
  readonly style: Style;
};

/** Deeper than anybody writes, and shallow enough for whatever walks down. */
const deepestDocument = 500;

/** By the parser's own numbers. */
const complaints: Readonly<Record<number, string>> = {
  1: 'this is no JSON value; names and strings take double quotes',
  2: 'this number is not written as JSON',
  3: 'a property name in double quotes is expected here',
  4: 'a value is expected here',
  5: 'a colon is missing before this',
  6: 'a comma is missing before this',
  7: 'a closing } is missing',
  8: 'a closing ] is missing',
  9: 'the value has ended here, and more follows',
  10: 'this comment is not written as one',
  11: 'this comment is not closed',
  12: 'this string is not closed',
  13: 'this number ends too early',
  14: 'this \\u escape is not complete',
  15: 'there is no such escape in JSON',
  16: 'this control character has to be escaped',
};

/** `name` is what the file is called in the sentence that says what is wrong with it. */
export function parseDocument(
  text: string,
  name: string,
  redactor: Redactor,
): { readonly document: JsonDocument } | { readonly problem: string } {
  if (text.trim() === '') return { problem: `${name} is empty: there is no JSON in it.` };
  if (isTooDeep(text)) return { problem: `${name} is nested more than ${deepestDocument} levels deep.` };
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const lines = new LineIndex(text);
  const [error] = errors;
  if (error !== undefined) return { problem: describeError(name, { text, lines, redactor }, error) };
  if (root === undefined) return { problem: `${name} has nothing but comments: there is no JSON in it.` };
  return { document: { text, root, lines, style: styleOf(text, root, lines) } };
}

function describeError(name: string, shown: ShownText, error: ParseError): string {
  const { lines } = shown;
  const [start, end] = [error.offset, error.offset + error.length];
  const column = start - lines.startOf(start) + 1;
  const complaint = complaints[error.error] ?? 'this is not JSON';
  return `${name} is not valid JSON. Line ${lines.lineAt(start)}, column ${column}: ${complaint}.
${lineWindow(shown, { start, end })}
Mend it with another tool first.`;
}

const opening = [1, 3];
const closing = [2, 4];
const endOfFile = 17;

function isTooDeep(text: string): boolean {
  if (text.length <= deepestDocument) return false;
  const scanner = createScanner(text, true);
  let depth = 0;
  for (let kind: number = scanner.scan(); kind !== endOfFile; kind = scanner.scan()) {
    if (opening.includes(kind)) depth += 1;
    else if (closing.includes(kind)) depth -= 1;
    if (depth > deepestDocument) return true;
  }
  return false;
}
