/** One line of a list: a name, what it is, and where that is from; the last may be empty. */
export type Line = { readonly name: string; readonly value: string; readonly source: string };

export type LayoutOptions = {
  /** Of the terminal; undefined where nothing wraps. */
  readonly columns: number | undefined;
  /** How a source is set apart from a value. */
  readonly faint: (text: string) => string;
};

/** Of the columns for names and values: one that is longer stands alone in its excess. */
const widestName = 26;
const widestValue = 60;
/** Values need as much room beside their names, or they stand below them. */
const leastRoom = 30;
const longestValue = 500;
const indent = '  ';

const onOneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');

const shortened = (text: string): string =>
  text.length <= longestValue ? text : `${text.slice(0, longestValue)}… (${text.length} characters)`;

/** Lines of words, none of them wider than there is room unless a word is. */
export function wrapWords(text: string, room: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > room) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

/** A sentence after its bullet, its further lines under the first. */
export const bullet = (text: string, { columns = Infinity }: LayoutOptions): readonly string[] =>
  wrapWords(onOneLine(text), columns - indent.length * 2).map(
    (line, index) => `${indent}${index === 0 ? '- ' : indent}${line}`,
  );

const widest = (texts: readonly string[], limit: number): number =>
  Math.min(limit, Math.max(0, ...texts.map(({ length }) => length)));

/** How wide the column of names is, for lists that stand under one another. */
export const nameWidth = (lines: readonly Line[]): number =>
  widest(
    lines.map(({ name }) => name),
    widestName,
  );

type Columns = LayoutOptions & { readonly room: number; readonly valueWidth: number };

const fits = ({ value, source }: Line, room: number): boolean =>
  value.length + (source === '' ? 0 : source.length + 2) <= room;

/** A value and its source beside one another, or below one another where there is no room for both. */
function valueLines(line: Line, { room, valueWidth, faint }: Columns): readonly string[] {
  const { value, source } = line;
  if (source === '') return wrapWords(value, room);
  if (!fits(line, room)) return [...wrapWords(value, room), faint(`(${source})`)];
  return [`${value.padEnd(Math.min(valueWidth, room - 2 - source.length))}  ${faint(source)}`];
}

function withName(name: string, values: readonly string[], width: number): readonly string[] {
  const [first = '', ...rest] = values;
  return [`${name.padEnd(width)}  ${first}`.trimEnd(), ...rest.map((value) => `${' '.repeat(width + 2)}${value}`)];
}

const withNameAbove = (name: string, values: readonly string[]): readonly string[] => [
  name,
  ...values.map((value) => `${indent}${value}`),
];

/** Names, values and sources under one another, in the width there is. */
export function layOut(lines: readonly Line[], width: number, options: LayoutOptions): readonly string[] {
  const { columns = Infinity } = options;
  const isBeside = columns - indent.length - width - 2 >= leastRoom;
  const room = columns - indent.length - (isBeside ? width + 2 : indent.length);
  const tidy = lines.map(({ name, value, source }) => ({
    name: onOneLine(name),
    value: shortened(onOneLine(value)),
    source,
  }));
  const beside = tidy.filter((line) => line.source !== '' && fits(line, room));
  const valueWidth = widest(
    beside.map(({ value }) => value),
    widestValue,
  );
  return tidy
    .flatMap((line) => {
      const values = valueLines(line, { ...options, room, valueWidth });
      return isBeside ? withName(line.name, values, width) : withNameAbove(line.name, values);
    })
    .map((text) => `${indent}${text}`);
}
