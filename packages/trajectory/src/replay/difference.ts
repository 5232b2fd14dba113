const contextLines = 3;
const longestLine = 160;

/** The part of a line around a column, so that the difference is in what is shown. */
function excerpt(line: string, column: number): string {
  if (line.length <= longestLine) return line;
  const start = Math.max(0, Math.min(column - longestLine / 2, line.length - longestLine));
  const end = start + longestLine;
  return `${start > 0 ? '…' : ''}${line.slice(start, end)}${end < line.length ? '…' : ''}`;
}

function firstDifference<Item>(a: ArrayLike<Item>, b: ArrayLike<Item>): number {
  const shorter = Math.min(a.length, b.length);
  for (let index = 0; index < shorter; index += 1) if (a[index] !== b[index]) return index;
  return shorter;
}

const shown = (line: string | undefined, column: number): string =>
  line === undefined ? '(nothing more)' : JSON.stringify(excerpt(line, column)).slice(1, -1).replaceAll('\\"', '"');

/** The first line that differs, with the lines before and after it: what was recorded, and what is there now. */
export function describeDifference(recorded: string, now: string): string {
  const before = recorded.split('\n');
  const after = now.split('\n');
  const line = firstDifference(before, after);
  const column = firstDifference(before[line] ?? '', after[line] ?? '');
  const start = Math.max(0, line - contextLines);
  return [
    `The first difference is in line ${line + 1}:`,
    ...before.slice(start, line).map((text) => `    ${shown(text, 0)}`),
    `  - ${shown(before[line], column)}   (recorded)`,
    `  + ${shown(after[line], column)}   (now)`,
    ...after.slice(line + 1, line + 1 + contextLines).map((text) => `    ${shown(text, 0)}`),
  ].join('\n');
}
