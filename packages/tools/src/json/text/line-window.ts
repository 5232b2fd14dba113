import type { Redactor } from '@trae-cli/protocol';
import { numbered } from '../../edit/excerpt.js';
import type { LineIndex } from './line-index.js';

/** From an offset up to another. */
export type Span = { readonly start: number; readonly end: number };

/** A text that is quoted to the model. */
export type ShownText = { readonly text: string; readonly lines: LineIndex; readonly redactor: Redactor };

/** Of a long line, this much is shown before and after what matters. */
const around = 200;
const longestWhole = 2 * around + 100;
/** More than is shown, so that a secret at the edge is seen as a whole and redacted. */
const examined = 20_000;

/** The line where a stretch of text begins, with its number; of a long line, what is around the stretch. */
export function lineWindow({ text, lines, redactor }: ShownText, { start, end }: Span): string {
  const line = lines.lineAt(start);
  const [lineStart, lineEnd] = [lines.startOf(start), lines.endOf(start)];
  if (lineEnd - lineStart <= longestWhole) return numbered(line, redactor.redact(text.slice(lineStart, lineEnd)));
  const before = redactor.redact(text.slice(Math.max(lineStart, start - examined), start));
  const after = redactor.redact(text.slice(start, Math.min(lineEnd, start + examined)));
  const most = Math.min(end - start, around) + around;
  return numbered(
    line,
    `${before.length > around ? '…' : ''}${before.slice(-around)}${after.slice(0, most)}${after.length > most ? '…' : ''}`,
  );
}
