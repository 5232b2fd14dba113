import type { ModelInfo, Price } from '@trae-cli/protocol';
import type { Host } from '../host/host.js';
import { type Paint, paintFor } from '../output/paint.js';
import { wrapWords } from '../show-config/layout.js';
import { shortCount, shortDollars } from './amounts.js';
import { type Column, drawTable } from './draw-table.js';
import { oneLine } from './one-line.js';

export type ModelRow = { readonly info: ModelInfo; readonly isDefault: boolean };

/** What is not known has no sign at all: it is neither nothing nor no. */
const tokens = (count: number | undefined): string => (count === undefined ? '' : shortCount(count));
const answer = (isSo: boolean | undefined): string => (isSo === undefined ? '' : isSo ? 'yes' : 'no');

function dollars(price: Price | undefined, which: 'input' | 'output'): string {
  if (price === undefined) return '';
  if (price.input === 0 && price.output === 0 && price.tiers === undefined) return 'free';
  return `${shortDollars(price[which])}${price.tiers === undefined ? '' : '+'}`;
}

const noteOf = ({ info: { notice } }: ModelRow): string => (notice === undefined ? '' : oneLine(notice));

/** Whoever chooses a model for an agent looks from left to right. */
const modelColumns = ({ strong, faint }: Paint): readonly Column<ModelRow>[] => [
  {
    title: 'model',
    cell: ({ info, isDefault }) => `${oneLine(info.id)}${isDefault ? ' *' : ''}`,
    paint: (text, { info, isDefault }) => (isDefault ? strong(text) : info.notice === undefined ? text : faint(text)),
  },
  { title: 'window', cell: ({ info }) => tokens(info.contextWindow), align: 'right' },
  { title: 'tools', cell: ({ info }) => answer(info.tools) },
  { title: '$ in', cell: ({ info }) => dollars(info.price, 'input'), align: 'right' },
  { title: '$ out', cell: ({ info }) => dollars(info.price, 'output'), align: 'right' },
  { title: 'output', cell: ({ info }) => tokens(info.maxOutput), align: 'right' },
  { title: 'images', cell: ({ info }) => answer(info.images) },
  { title: 'reasoning', cell: ({ info }) => answer(info.reasoning) },
  { title: 'note', cell: noteOf, paint: faint },
];

const mostFootnotes = 8;

/** The notes for which there was no room beside the models. */
function footnotes(rows: readonly ModelRow[], columns: number, { faint }: Paint): readonly string[] {
  const noted = rows.filter((row) => noteOf(row) !== '');
  const lines = noted.slice(0, mostFootnotes).flatMap((row) => {
    const [first = '', ...rest] = wrapWords(`${oneLine(row.info.id)} ${noteOf(row)}`, columns - 2);
    return [first, ...rest.map((line) => `  ${line}`)];
  });
  const more = noted.length - mostFootnotes;
  return [
    ...lines,
    ...(more > 0 ? [`Of ${more} more there is something to say: --search narrows them down.`] : []),
  ].map(faint);
}

/** The models for people, in the width of their terminal; everything where it goes elsewhere. */
export function modelTable(rows: readonly ModelRow[], { stdout, environment }: Host): string {
  const paint = paintFor(stdout, environment);
  const { lines, dropped } = drawTable(rows, modelColumns(paint), { columns: stdout.columns, heading: paint.strong });
  const notes = dropped.some(({ title }) => title === 'note') ? footnotes(rows, stdout.columns ?? Infinity, paint) : [];
  const all = notes.length === 0 ? lines : [...lines, '', ...notes];
  return all.map((line) => `${line}\n`).join('');
}
