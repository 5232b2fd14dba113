import { maskContinued, maskLine } from './mask-line.js';

export type ExcerptRequest = {
  readonly line: number;
  readonly column: number;
  readonly text: string;
  /** The line above it that is not blank, which may have begun a value. */
  readonly before: string;
};

/** Columns shown on either side of the one that is meant, where there are as many. */
const reach = 60;

// oxlint-disable-next-line no-control-regex -- these are the characters a terminal would obey
const unprintable = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Surrogate}/gu;

const visible = (text: string): string =>
  text.replaceAll(unprintable, (unit) =>
    unit === '\t' ? '  ' : `<${unit.charCodeAt(0).toString(16).padStart(4, '0')}>`,
  );

const twoColumnsWide =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}]/gu;

const widthOf = (text: string): number => Array.from(text).length + (text.match(twoColumnsWide)?.length ?? 0);

/** A line and, below it, a caret under the column. Long lines are cut, and what looks like a key is starred out. */
export function excerpt({ line, column, text, before }: ExcerptRequest): string {
  const masked = maskLine(before).isOpen ? maskContinued(text) : maskLine(text).text;
  const at = column - 1;
  const start = Math.max(0, Math.min(at - reach, masked.length - 2 * reach));
  const end = start + 2 * reach;
  const head = `${start > 0 ? '…' : ''}${visible(masked.slice(start, at))}`;
  const tail = `${visible(masked.slice(at, end))}${end < masked.length ? '…' : ''}`;
  const margin = ` ${line} | `;
  return `${margin}${head}${tail}\n${' '.repeat(margin.length - 2)}| ${' '.repeat(widthOf(head))}^`;
}
