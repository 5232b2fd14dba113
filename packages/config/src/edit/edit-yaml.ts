import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Pair,
  parseAllDocuments,
  type YAMLMap,
} from 'yaml';
import type { JsonValue } from '@trae-cli/protocol';
import { yamlOptions } from '../read/yaml-options.js';
import { describeKey } from '../schema/report.js';
import { nested } from './json-text.js';
import { type Edit, indentAt, lineBreakOf, lineEnd, lineStart, type Splice } from './splice.js';
import { blockLines, entryLines, flowYaml, yamlKey } from './yaml-text.js';

/** A text that parses, and how it is laid out. */
type Sheet = { readonly text: string; readonly unit: string; readonly lineBreak: string };

const rangeOf = (node: unknown): readonly [number, number] | undefined =>
  isNode(node) && node.range ? [node.range[0], node.range[1]] : undefined;

const startOf = (node: unknown): number => rangeOf(node)?.[0] ?? 0;

const keyOf = ({ key }: Pair): unknown => (isScalar(key) ? key.value : undefined);

/** Nothing at all stands behind the colon. */
const isAbsent = (node: unknown): boolean =>
  !isNode(node) || (isScalar(node) && node.value === null && (node.source ?? '') === '');

const isNothing = (node: unknown): boolean => isAbsent(node) || (isScalar(node) && node.value === null);

/** Behind the colon of a pair; undefined where it has none. */
function colonEnd({ srcToken }: Pair): number | undefined {
  const colon = srcToken?.sep?.find(({ type }) => type === 'map-value-ind');
  return colon === undefined ? undefined : colon.offset + 1;
}

const isBlockCollection = (node: unknown): boolean => (isMap(node) || isSeq(node)) && node.flow !== true;

/** Where the last word of a pair or an item ends. */
function endOf(item: unknown, fallback: number): number {
  if (isMap(item) && item.flow !== true) {
    const last = item.items.at(-1);
    if (last === undefined) return fallback;
    const key = rangeOf(last.key)?.[1] ?? fallback;
    return isAbsent(last.value) ? (colonEnd(last) ?? key) : endOf(last.value, key);
  }
  if (isSeq(item) && item.flow !== true) {
    const last = item.items.at(-1);
    return isAbsent(last) ? startOf(last) : endOf(last, fallback);
  }
  return rangeOf(item)?.[1] ?? fallback;
}

const insertion = (offset: number, text: string): Splice => ({ start: offset, end: offset, text });

/** Whole lines behind the line on which something ends; a block of text ends with its line break. */
function linesAfter({ lineBreak, text }: Sheet, offset: number, lines: readonly string[]): Splice {
  const isAtStart = offset > 0 && text[offset - 1] === '\n';
  const end = isAtStart ? offset : lineEnd(text, offset);
  const body = lines.join(lineBreak);
  if (isAtStart) return insertion(end, `${body}${lineBreak}`);
  return insertion(end, `${lineBreak}${body}`);
}

/** Into an object in braces; on the line where its last value ends, before whatever comment follows. */
function intoFlow({ text }: Sheet, map: YAMLMap, key: string, value: JsonValue): readonly Splice[] {
  const entry = `${yamlKey(key)}: ${flowYaml(value)}`;
  const last = map.items.at(-1);
  const [start, end] = rangeOf(map) ?? [0, 0];
  if (last !== undefined) {
    const behindKey = rangeOf(last.key)?.[1] ?? end;
    const offset = isAbsent(last.value) ? (colonEnd(last) ?? behindKey) : endOf(last.value, behindKey);
    return [insertion(offset, `, ${entry}`)];
  }
  const isBlank = text.slice(start + 1, end - 1).trim() === '';
  return [{ start: start + 1, end: isBlank ? end - 1 : start + 1, text: isBlank ? entry : `${entry} ` }];
}

function intoMap(sheet: Sheet, map: YAMLMap, key: string, value: JsonValue): Edit {
  if (map.flow === true) return { splices: intoFlow(sheet, map, key, value) };
  const indent = indentAt(sheet.text, startOf(map.items[0]?.key));
  if (indent === undefined) return { refusal: 'its keys do not begin their lines' };
  return { splices: [linesAfter(sheet, endOf(map, startOf(map)), entryLines(key, value, indent, sheet.unit))] };
}

/** Under a key behind which nothing stands. */
function intoNothing(sheet: Sheet, pair: Pair, isFlow: boolean, inner: JsonValue): Edit {
  const colon = colonEnd(pair);
  if (colon === undefined) return { refusal: 'a colon is missing behind one of its keys' };
  const indent = indentAt(sheet.text, startOf(pair.key));
  if (isFlow || indent === undefined) return { splices: [insertion(colon, ` ${flowYaml(inner)}`)] };
  return { splices: [linesAfter(sheet, colon, blockLines(inner, indent + sheet.unit, sheet.unit))] };
}

/** Lines that were written as lines stay lines, comments between them excepted. */
function replaceBlock(sheet: Sheet, pair: Pair, value: JsonValue): Edit {
  const { lineBreak, text, unit } = sheet;
  const { value: node } = pair;
  const colon = colonEnd(pair);
  const outer = indentAt(text, startOf(pair.key));
  const indent = indentAt(text, startOf(node));
  if (indent === undefined || outer === undefined || colon === undefined)
    return { refusal: 'its keys do not begin their lines' };
  const start = lineStart(text, startOf(node));
  const last = endOf(node, startOf(node));
  const end = text[last - 1] === '\n' ? last : lineEnd(text, last);
  const isCollection = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  if (isCollection) {
    const closing = end === last && text[last - 1] === '\n' ? lineBreak : '';
    // A list may stand right below its key, and an object may not.
    const inner = indent.length > outer.length || Array.isArray(value) ? indent : outer + unit;
    return { splices: [{ start, end, text: blockLines(value, inner, unit).join(lineBreak) + closing }] };
  }
  const next = text.startsWith('\r\n', end) ? end + 2 : end + (text[end] === '\n' ? 1 : 0);
  return { splices: [insertion(colon, ` ${flowYaml(value)}`), { start, end: next, text: '' }] };
}

function replace(sheet: Sheet, pair: Pair, isFlow: boolean, value: JsonValue): Edit {
  const { value: node } = pair;
  const colon = colonEnd(pair);
  if (isAbsent(node)) {
    return colon === undefined
      ? { refusal: 'a colon is missing behind one of its keys' }
      : { splices: [insertion(colon, ` ${flowYaml(value)}`)] };
  }
  if (!isFlow && isBlockCollection(node)) return replaceBlock(sheet, pair, value);
  const [start, end] = rangeOf(node) ?? [0, 0];
  // A block of text brings its line break along, and the blank lines behind it.
  const lineBreaks =
    isScalar(node) && node.type?.startsWith('BLOCK') === true ? /(?:\r?\n)*$/.exec(sheet.text.slice(start, end)) : null;
  return { splices: [{ start, end, text: flowYaml(value) + (lineBreaks?.[0] ?? '') }] };
}

/** How far a level is indented: as the first that is. */
function unitOf(text: string, { contents }: Document): string {
  const inner = isMap(contents)
    ? contents.items.find(({ value }) => isMap(value) && value.flow !== true)?.value
    : undefined;
  const indent = isMap(inner) ? indentAt(text, startOf(inner.items[0]?.key)) : undefined;
  return indent === undefined || indent === '' ? '  ' : indent;
}

/** Below what holds the first key of the path. */
function descend(sheet: Sheet, root: YAMLMap, path: readonly string[], value: JsonValue): Edit {
  let map = root;
  for (const [index, key] of path.entries()) {
    const missing = path.slice(index + 1);
    const pair = map.items.find((candidate) => keyOf(candidate) === key);
    if (pair === undefined) return intoMap(sheet, map, key, nested(missing, value));
    if (missing.length === 0) return replace(sheet, pair, map.flow === true, value);
    const node = pair.value;
    if (isAbsent(node)) return intoNothing(sheet, pair, map.flow === true, nested(missing, value));
    if (isNothing(node)) return replace(sheet, pair, true, nested(missing, value));
    const at = `"${describeKey(path.slice(0, index + 1))}"`;
    if (isAlias(node)) return { refusal: `${at} is an alias (*${node.source}), which others may share` };
    if (!isMap(node)) return { refusal: `what stands at ${at} is no object` };
    map = node;
  }
  return { refusal: 'no key was named' };
}

/** Sets the value at a path of a YAML text; the text has to parse. */
export function editYaml(text: string, path: readonly string[], value: JsonValue): Edit {
  const documents = parseAllDocuments(text, { ...yamlOptions, keepSourceTokens: true });
  const document = Array.isArray(documents) ? documents.find(({ contents }) => !isAbsent(contents)) : undefined;
  const lineBreak = lineBreakOf(text);
  if (document === undefined) {
    const opening = text === '' || text.endsWith('\n') ? '' : lineBreak;
    const lines = blockLines(nested(path, value), '', '  ').map((line) => `${line}${lineBreak}`);
    return { splices: [insertion(text.length, opening + lines.join(''))] };
  }
  const { contents } = document;
  if (!isMap(contents)) return { refusal: 'it is no object' };
  return descend({ text, lineBreak, unit: unitOf(text, document) }, contents, path, value);
}
