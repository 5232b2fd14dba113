const formats = {
  ms: (value) => `${value.toFixed(2)} ms`,
  bytes: (value) => `${(value / 1e6).toFixed(2)} MB`,
  tokens: (value) => Math.round(value).toLocaleString('en'),
};

const titles = ['Measure', 'trae-cli', 'Against', 'Ratio', 'Bound', ''];

const cellsOf = ({ title, unit, ours, floor, ratio, bound, isWithin }) => [
  title,
  formats[unit](ours),
  formats[unit](floor),
  ratio.toFixed(2),
  bound.toFixed(1),
  isWithin ? 'ok' : 'over',
];

/** A Markdown table, aligned, so that it reads in a terminal and can be pasted into a page. */
export function formatTable(rows) {
  const table = [titles, ...rows.map(cellsOf)];
  const widths = titles.map((_, column) => Math.max(...table.map((cells) => cells[column].length)));
  const pad = (cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]));
  const lines = table.map((cells) => `| ${cells.map(pad).join(' | ')} |`);
  const rule = widths.map((width, column) => `${'-'.repeat(width + 1)}${column === 0 ? '-' : ':'}`);
  return [lines[0], `|${rule.join('|')}|`, ...lines.slice(1)].join('\n');
}
