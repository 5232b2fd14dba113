import type { Redactor } from '@trae-cli/protocol';
import { type Change, countLines } from './replace.js';

const contextLines = 3;
/** Of a long change, the first and the last of these are shown. */
const mostLines = 40;
export const longestLine = 2000;

/** One line with its number. `length` is that of the whole line, where only its beginning is given. */
export function numbered(number: number, line: string, length = line.length): string {
  const shown = line.endsWith('\r') ? line.slice(0, -1) : line;
  const prefix = String(number).padStart(6);
  if (length <= longestLine) return `${prefix}\t${shown}`;
  return `${prefix}\t${shown.slice(0, longestLine)}… [${length - longestLine} more characters]`;
}

/** The changed lines with their numbers and a few lines around them. A long line is redacted before it is cut. */
export function excerptOf({ text, firstLine, lineCount }: Change, redactor: Redactor): string {
  const total = countLines(text);
  if (total === 0) return '[the file is empty now]';
  const first = Math.max(1, firstLine - contextLines);
  const last = Math.min(total, firstLine + lineCount - 1 + contextLines);
  const lines = linesBetween(text, first, last).map((line, index) => numbered(first + index, redactor.redact(line)));
  if (lines.length <= mostLines) return lines.join('\n');
  const left = lines.length - mostLines;
  return [...lines.slice(0, mostLines / 2), `       … ${left} lines …`, ...lines.slice(-mostLines / 2)].join('\n');
}

/** Lines `first` to `last`, counted from 1, without looking at the rest of the text more than needed. */
function linesBetween(text: string, first: number, last: number): readonly string[] {
  const lines: string[] = [];
  let at = 0;
  for (let number = 1; number <= last && at <= text.length; number += 1) {
    const end = text.indexOf('\n', at);
    const stop = end === -1 ? text.length : end;
    if (number >= first) lines.push(text.slice(at, stop));
    at = stop + 1;
  }
  return lines;
}
