import { printable } from '@trae-cli/protocol';
import type { Host } from '../host/host.js';
import type { TextSink } from '../host/text-sink.js';
import { oneLine } from '../listing/one-line.js';
import { fromHome } from '../listing/provider-table.js';
import { type Paint, paintFor } from '../output/paint.js';
import { layOut, nameWidth, wrapWords } from '../show-config/layout.js';
import { type Card, cardRows } from './card.js';
import { type CheckResult, checkTitles, type Known } from './check.js';

export type View = {
  readonly paint: Paint;
  readonly columns: TextSink['columns'];
  /** Files below it are known by their way from here. */
  readonly homeDirectory: string;
};

export const viewFor = ({ environment, homeDirectory, stdout }: Host): View => ({
  paint: paintFor(stdout, environment),
  columns: stdout.columns,
  homeDirectory,
});

const statusWidth = 'warning'.length;
const titleWidth = Math.max(...Object.values(checkTitles).map(({ length }) => length));
const margin = statusWidth + titleWidth + 4;
/** What has less room than this is left to the terminal to wrap. */
const leastRoom = 30;

const paints = {
  ok: ({ success }) => success,
  warning: ({ accent }) => accent,
  failed: ({ failure }) => failure,
  skipped: ({ faint }) => faint,
} as const satisfies Record<CheckResult['status'], (paint: Paint) => (text: string) => string>;

/** Commands are not broken: they are there to be copied. */
function wrapped(text: string, room: number): readonly string[] {
  const joined = oneLine(text).replaceAll(/`[^`]+`/g, (command) => command.replaceAll(' ', '\u00A0'));
  return wrapWords(joined, Math.max(room, leastRoom)).map((line) => line.replaceAll('\u00A0', ' '));
}

/** What happened, and an excerpt of a file as it stands there. */
function sentenceLines(text: string, room: number): readonly string[] {
  const [first = '', ...excerpt] = text.split('\n');
  return [...wrapped(first, room), ...excerpt.map((line) => printable(line))];
}

/** Sentences that end as sentences do. */
const asSentence = (text: string): string => (/[.!?:…]$|\n/.test(text) ? text : `${text}.`);

/** One piece of advice, its further lines under its first. */
const adviceLines = (text: string, room: number): readonly string[] =>
  text
    .split('\n')
    .flatMap((line) => wrapped(line, room - 3))
    .map((line, index) => `${index === 0 ? '-> ' : '   '}${line}`);

/** A check in a line, as long as it fits on one, and beneath it what to do. */
export function resultLines(result: CheckResult, view: View): readonly string[] {
  const { columns = Infinity, paint } = view;
  const { id, says, status } = result;
  const room = columns - margin;
  const [first = '', ...rest] = sentenceLines(status === 'failed' ? asSentence(says) : says, room);
  const head = `${paints[status](paint)(status)}${' '.repeat(statusWidth - status.length)}  ${checkTitles[id].padEnd(titleWidth)}  `;
  const indent = ' '.repeat(margin);
  const advice = 'advice' in result ? result.advice.flatMap((text) => adviceLines(text, room)) : [];
  const shown = (text: string): string => (status === 'skipped' ? paint.faint(text) : text);
  return [
    `${head}${shown(first)}`,
    ...rest.map((line) => `${indent}${shown(line)}`),
    ...advice.map((line) => `${indent}${line}`),
  ].map((line) => fromHome(line, view));
}

/** What the model can do. */
export function cardLines(card: Card, known: Known, view: View): readonly string[] {
  const { columns, paint } = view;
  const rows = cardRows(card, known).map(({ name, value, source }) => ({
    name,
    value: oneLine(value),
    source: fromHome(oneLine(source), view),
  }));
  const title = paint.strong(oneLine(`${card.model} at ${printable(card.provider)}`));
  return [title, ...layOut(rows, nameWidth(rows), { columns, faint: paint.faint })];
}
