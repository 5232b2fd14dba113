import type { Redactor } from '@trae-cli/protocol';
import { excerptOf, longestLine } from '../../edit/excerpt.js';
import { LineIndex } from '../text/line-index.js';
import { lineWindow, type ShownText, type Span } from '../text/line-window.js';
import { shortened } from '../view/shortened.js';
import type { EditedText } from './text-edit.js';

const mostExcerpts = 5;
/** Changes with fewer lines between them are shown together. */
const nearLines = 7;
const mostCharacters = 20_000;

/** The changed lines with their numbers, as the other edits answer; of many changes the first. */
export function describeEdits(name: string, { text, spans }: EditedText, count: number, redactor: Redactor): string {
  const lines = new LineIndex(text);
  const shownText = { text, lines, redactor };
  const groups = groupsOf(spans, lines);
  const shown = groups.slice(0, mostExcerpts).map((group) => excerpt(shownText, group));
  const left = groups.length - mostExcerpts;
  return shortened(
    [
      `Changed ${name}${count === 1 ? '' : ` in ${count} places`}:`,
      ...shown.flatMap((each, index) => (index === 0 ? [each] : ['   …', each])),
      ...(left > 0 ? [`[${left} more like these]`] : []),
    ].join('\n'),
    mostCharacters,
  );
}

/** Spans that are near each other as one. */
function groupsOf(spans: readonly Span[], lines: LineIndex): readonly Span[] {
  const groups: Span[] = [];
  for (const span of spans) {
    const last = groups.at(-1);
    if (last !== undefined && lines.lineAt(span.start) - lines.lineAt(last.end) < nearLines) {
      groups[groups.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    } else groups.push(span);
  }
  return groups;
}

function excerpt(shown: ShownText, span: Span): string {
  const { text, lines, redactor } = shown;
  if (lines.endOf(span.start) - lines.startOf(span.start) > longestLine) return lineWindow(shown, span);
  const firstLine = lines.lineAt(span.start);
  const isEmpty = span.start === span.end;
  return excerptOf({ text, firstLine, lineCount: isEmpty ? 0 : lines.lineAt(span.end) - firstLine + 1 }, redactor);
}
