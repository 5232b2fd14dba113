import { formatCount, printable } from '@trae-cli/protocol';

/** Recorded text as lines that a terminal shows and does not obey. */
export const printableLines = (text: string): readonly string[] => printable(text).split('\n');

export const printableLine = (text: string): string => printableLines(text).join(' ');

const longestLine = 400;

const shortened = (line: string): string =>
  line.length > longestLine ? `${line.slice(0, longestLine)}… (${line.length} characters)` : line;

/** Head and tail of a text, and between them how much is left out. */
export function boundedLines(
  text: string,
  limits: { readonly head: number; readonly tail: number },
): readonly string[] {
  const { head, tail } = limits;
  const lines = printableLines(text.trimEnd()).map(shortened);
  const left = lines.length - head - tail;
  if (left <= 1) return lines;
  return [...lines.slice(0, head), `… ${left} more lines …`, ...lines.slice(lines.length - tail)];
}

export const plural = (value: number, one: string, many = `${one}s`): string =>
  `${formatCount(value)} ${value === 1 ? one : many}`;

export const indented = (lines: readonly string[]): readonly string[] =>
  lines.map((line) => (line === '' ? '' : `  ${line}`));
