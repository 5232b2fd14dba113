import { stripVTControlCharacters } from 'node:util';

// oxlint-disable-next-line no-control-regex -- these are the characters a terminal would obey
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** Recorded text as lines that a terminal shows and does not obey. */
export const printableLines = (text: string): readonly string[] =>
  stripVTControlCharacters(text).replaceAll('\r\n', '\n').replaceAll(controls, '').split('\n');

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

const grouped = new Intl.NumberFormat('en-US');

export const count = (value: number): string => grouped.format(value);

export const plural = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`;

export const indented = (lines: readonly string[]): readonly string[] =>
  lines.map((line) => (line === '' ? '' : `  ${line}`));

/** A length of time as a person says it: `12 ms`, `3.4 s`, `2 min 5 s`. */
export function formatMilliseconds(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  const total = Math.round(milliseconds / 1000);
  return `${Math.floor(total / 60)} min ${total % 60} s`;
}
