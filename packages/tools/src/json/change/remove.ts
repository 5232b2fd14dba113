import type { Node } from 'jsonc-parser';
import { gapBetween, skipBlanks, skipBlanksBack } from './gap.js';
import type { JsonDocument } from '../document.js';
import type { Span } from '../text/line-window.js';
import { endOf } from '../nodes.js';
import type { TextEdit } from './text-edit.js';

/** A child of a container with its comma. */
type Entry = Span & {
  readonly comma: number | undefined;
  readonly lineStart: number;
  readonly isFirstOnLine: boolean;
  /** Where the next line begins, when nothing but comments follows on this one. */
  readonly nextLine: number | undefined;
};

/**
 * Takes children out of a container with their commas. A child with lines of its own goes with the comments behind it;
 * comments on other lines stay.
 */
export function removeChildren(
  document: JsonDocument,
  container: Node,
  doomed: ReadonlySet<Node>,
): readonly TextEdit[] {
  const { text } = document;
  const children = container.children ?? [];
  const interior = { start: container.offset + 1, end: endOf(container) - 1 };
  const entryAt = (index: number): Entry =>
    readEntry(document, children[index], children[index + 1]?.offset ?? interior.end);
  const spans = runsOf(children, doomed).flatMap((run) =>
    spansOf(text, run.map(entryAt), {
      floor: run[0] === 0 || run[0] === undefined ? interior.start : entryAt(run[0] - 1).end,
      isLast: run.at(-1) === children.length - 1,
    }),
  );
  const survivor = children.findLastIndex((child) => !doomed.has(child));
  if (survivor === -1) return emptied(text, interior, spans);
  return asEdits([...spans, ...strayComma(entryAt(survivor), entryAt(children.length - 1))]);
}

function readEntry({ text, lines }: JsonDocument, child: Node | undefined, end: number): Entry {
  if (child === undefined) throw new Error('There is no such child.');
  const { comma, lineBreak } = gapBetween(text, endOf(child), end);
  return {
    start: child.offset,
    end: comma === undefined ? endOf(child) : comma + 1,
    comma,
    lineStart: lines.startOf(child.offset),
    isFirstOnLine: lines.isFirst(child.offset),
    nextLine: lineBreak?.end,
  };
}

/** The indexes of children that go, those next to each other together. */
function runsOf(children: readonly Node[], doomed: ReadonlySet<Node>): readonly (readonly number[])[] {
  const runs: number[][] = [];
  for (const [index, child] of children.entries()) {
    if (!doomed.has(child)) continue;
    const run = runs.at(-1);
    if (run?.at(-1) === index - 1) run.push(index);
    else runs.push([index]);
  }
  return runs;
}

type Surroundings = {
  /** Where what comes before the run ends. */
  readonly floor: number;
  /** Nothing comes after it. */
  readonly isLast: boolean;
};

function spansOf(text: string, run: readonly Entry[], { floor, isLast }: Surroundings): readonly Span[] {
  const lines = run.map(linesOf);
  if (lines.every((span) => span !== undefined)) return lines;
  const [first, last] = [run[0], run.at(-1)];
  if (first === undefined || last === undefined) return [];
  const { nextLine } = last;
  if (first.isFirstOnLine && nextLine !== undefined) return [{ start: first.lineStart, end: nextLine }];
  if (!isLast && nextLine === undefined) return [{ start: first.start, end: skipBlanks(text, last.end) }];
  const isBlank = text.slice(floor, first.start).trim() === '';
  return [{ start: isLast && isBlank ? floor : Math.max(floor, skipBlanksBack(text, first.start)), end: last.end }];
}

/** The whole lines of an entry that shares none. */
const linesOf = ({ lineStart, nextLine, isFirstOnLine }: Entry): Span | undefined =>
  isFirstOnLine && nextLine !== undefined ? { start: lineStart, end: nextLine } : undefined;

/** The comma of the child that has become the last, unless the last one had one before. */
const strayComma = ({ comma }: Entry, { comma: trailing }: Entry): readonly Span[] =>
  comma === undefined || trailing !== undefined ? [] : [{ start: comma, end: comma + 1 }];

/** Nothing is left between the brackets, unless it is a comment. */
function emptied(text: string, interior: Span, spans: readonly Span[]): readonly TextEdit[] {
  const edits = asEdits(spans);
  let rest = '';
  let done = interior.start;
  for (const { offset, length } of edits) {
    rest += text.slice(done, offset);
    done = offset + length;
  }
  return (rest + text.slice(done, interior.end)).trim() === '' ? asEdits([interior]) : edits;
}

const asEdits = (spans: readonly Span[]): readonly TextEdit[] =>
  spans
    .toSorted((a, b) => a.start - b.start)
    .map(({ start, end }) => ({ offset: start, length: end - start, content: '' }));
