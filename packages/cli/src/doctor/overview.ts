import { formatCount } from '@trae-cli/protocol';
import { shortCount, shortDollars } from '../listing/amounts.js';
import { type Column, drawTable } from '../listing/draw-table.js';
import { oneLine } from '../listing/one-line.js';
import type { Paint } from '../output/paint.js';
import { type CheckResult, checkTitles } from './check.js';
import type { Report } from './document.js';
import { resultLines, type View } from './draw.js';
import { shortTime } from './times.js';

const failureIn = ({ results }: Report): CheckResult | undefined => results.find(({ status }) => status === 'failed');

function verdictOf(report: Report): string {
  const failure = failureIn(report);
  if (failure !== undefined) return `failed: ${checkTitles[failure.id]}`;
  const warnings = report.results.filter(({ status }) => status === 'warning').length;
  return warnings === 0 ? 'ok' : `ok, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`;
}

const milliseconds = (count: number | null | undefined): string =>
  count === null || count === undefined ? '' : shortTime(count);

function dollars({ card }: Report, which: 'input' | 'output'): string {
  const price = card?.price;
  if (price === null || price === undefined) return '';
  return price.input === 0 && price.output === 0 ? 'free' : shortDollars(price[which]);
}

const callsOf = ({ card }: Report): string => {
  if (card?.tools === null || card?.tools === undefined) return '';
  return (card.parallelCalls ?? 0) > 1 ? `${card.tools}, ${formatCount(card.parallelCalls ?? 0)} at once` : card.tools;
};

const rate = (speed: number | null | undefined): string =>
  speed === null || speed === undefined ? '' : String(Math.round(speed));

const columnsFor = ({ failure, success }: Paint): readonly Column<Report>[] => [
  { title: 'provider', cell: ({ name }) => oneLine(name) },
  {
    title: 'result',
    cell: verdictOf,
    paint: (text, report) => (failureIn(report) === undefined ? success(text) : failure(text)),
  },
  { title: 'tools', cell: callsOf },
  { title: 'first', cell: ({ card }) => milliseconds(card?.firstTokenMs), align: 'right' },
  { title: 'tok/s', cell: ({ card }) => rate(card?.tokensPerSecond), align: 'right' },
  {
    title: 'window',
    cell: ({ card }) => (typeof card?.contextWindow === 'number' ? shortCount(card.contextWindow) : ''),
    align: 'right',
  },
  { title: 'model', cell: ({ card }) => oneLine(card?.model ?? '') },
  { title: '$ in', cell: (report) => dollars(report, 'input'), align: 'right' },
  { title: '$ out', cell: (report) => dollars(report, 'output'), align: 'right' },
];

/** What has to be mended, provider by provider. */
function troubles(report: Report, view: View): readonly string[] {
  const bad = report.results.filter(({ status }) => status === 'failed' || status === 'warning');
  if (bad.length === 0) return [];
  return ['', view.paint.strong(oneLine(report.name)), ...bad.flatMap((result) => resultLines(result, view))];
}

/** Every provider in a row, and beneath what is to be said of each. */
export function overviewLines(reports: readonly Report[], view: View): readonly string[] {
  const { lines } = drawTable(reports, columnsFor(view.paint), { columns: view.columns, heading: view.paint.strong });
  return [...lines, ...reports.flatMap((report) => troubles(report, view))];
}
