export type Column<Row> = {
  readonly title: string;
  readonly cell: (row: Row) => string;
  /** Numbers stand to the right. */
  readonly align?: 'right';
  /** How a cell is told apart, where it is. */
  readonly paint?: (text: string, row: Row) => string;
};

export type TableOptions = {
  /** Of the terminal; undefined where nothing has to fit. */
  readonly columns: number | undefined;
  readonly heading: (text: string) => string;
};

export type Table<Row> = {
  readonly lines: readonly string[];
  /** For which there was no room. */
  readonly dropped: readonly Column<Row>[];
};

const gap = '  ';

type Laid<Row> = { readonly column: Column<Row>; readonly width: number };

/** What has no room is left out from the right. The first is never cut: it is what people copy. */
function fitting<Row>(laid: readonly Laid<Row>[], columns: number): number {
  let used = 0;
  const index = laid.findIndex(({ width }, position) => {
    used += width + (position === 0 ? 0 : gap.length);
    return position > 0 && used > columns;
  });
  return index === -1 ? laid.length : index;
}

type Cell = { readonly text: string; readonly shown: string };

function lineOf<Row>(laid: readonly Laid<Row>[], cellOf: (column: Column<Row>) => Cell): string {
  const filled = laid.findLastIndex(({ column }) => cellOf(column).text !== '');
  return laid
    .slice(0, filled + 1)
    .map(({ column, width }, index) => {
      const { text, shown } = cellOf(column);
      const padding = ' '.repeat(Math.max(0, width - text.length));
      if (column.align === 'right') return `${padding}${shown}`;
      return index === filled ? shown : `${shown}${padding}`;
    })
    .join(gap);
}

/** Rows under headings, in the width there is. A column that has nothing to say of any row is left out. */
export function drawTable<Row>(
  rows: readonly Row[],
  all: readonly Column<Row>[],
  { columns = Infinity, heading }: TableOptions,
): Table<Row> {
  const laid = all
    .filter(({ cell }) => rows.some((row) => cell(row) !== ''))
    .map((column) => ({
      column,
      width: rows.reduce((widest, row) => Math.max(widest, column.cell(row).length), column.title.length),
    }));
  const count = fitting(laid, columns);
  const shown = laid.slice(0, count);
  const head = lineOf(shown, ({ title }) => ({ text: title, shown: heading(title) }));
  const body = rows.map((row) =>
    lineOf(shown, ({ cell, paint }) => {
      const text = cell(row);
      return { text, shown: paint === undefined ? text : paint(text, row) };
    }),
  );
  return { lines: rows.length === 0 ? [] : [head, ...body], dropped: laid.slice(count).map(({ column }) => column) };
}
