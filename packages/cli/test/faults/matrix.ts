import type { ApiFormat } from '@trae-cli/providers';
import type { Outcome } from './outcome.js';

/** What one protocol makes of one fault. */
export type Row = {
  readonly fault: string;
  readonly format: ApiFormat;
  /** What came of it, or why nobody has tried. */
  readonly once: Outcome | string;
  readonly always: Outcome;
};

const longestWords = 72;

function onceIn({ once }: Row): string {
  if (typeof once === 'string') return once;
  return once.code === undefined ? 'recovers' : `fails: \`${once.code}\``;
}

/** The first words, without what is another one each time and in each protocol. */
function wordsOf({ message }: Outcome): string {
  const words = message
    .replaceAll(/http:\/\/HOST\S*/g, 'ADDRESS')
    .replaceAll(/ \((?:request|text|application)[^)]*\)/g, '')
    .replaceAll(/[^\u0020-\u007B\u007D\u007E]+/g, ' ')
    .trim();
  return words.length > longestWords ? `${words.slice(0, longestWords).replace(/ \S*$/, '')} …` : words;
}

/** Requests that nobody has heard are not counted. */
const countIn = ({ requests }: Outcome): string => (requests === 0 ? '–' : String(requests));

const cellsOf = (row: Row): readonly string[] => [
  onceIn(row),
  `\`${row.always.code ?? 'none'}\``,
  String(row.always.exitCode),
  countIn(row.always),
  wordsOf(row.always),
];

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const head = ['Fault', 'Protocol', 'Once', 'Again and again', 'Exit', 'Requests', 'Says'];

/** Protocols that take a fault in the same way share a line. */
function linesOf(rows: readonly Row[], all: readonly ApiFormat[]): readonly string[] {
  const shared = new Map<string, Row[]>();
  for (const row of rows) {
    const cells = cellsOf(row).join(' | ');
    shared.set(cells, [...(shared.get(cells) ?? []), row]);
  }
  return [...shared].map(([cells, [first, ...others]]) => {
    const formats = [first, ...others].flatMap((row) => (row === undefined ? [] : [row.format]));
    return line([first?.fault ?? '', formats.length === all.length ? 'all' : formats.join(', '), cells]);
  });
}

/** What one protocol makes of what only looks wrong. */
export type OddRow = { readonly oddity: string; readonly format: ApiFormat; readonly outcome: Outcome };

const oddHead = ['What looks wrong and is not', 'Protocol', 'Exit', 'Requests', 'Commands run'];

function oddLines(rows: readonly OddRow[], all: readonly ApiFormat[]): readonly string[] {
  const shared = new Map<string, ApiFormat[]>();
  for (const { oddity, format, outcome } of rows) {
    const cells = [String(outcome.exitCode), countIn(outcome), String(outcome.traces.length)].join(' | ');
    const row = `${oddity}\n${cells}`;
    shared.set(row, [...(shared.get(row) ?? []), format]);
  }
  return [...shared].map(([row, formats]) => {
    const [oddity = '', cells = ''] = row.split('\n');
    return line([oddity, formats.length === all.length ? 'all' : formats.join(', '), cells]);
  });
}

const introduction = `# What a run makes of what goes wrong

Measured by \`matrix.test.ts\`, which holds this page; \`npx vitest run packages/cli/test/faults -u\` writes it anew.

Each fault happens to one run before a call and once more behind it (*once*), and to another whatever it asks (*again and
again*); one retry is allowed. *Requests* are those of the second run. In no run does a command run twice, or on half an
answer. An answer that is cut behind each of its pieces, one after the other, is in \`truncation.test.ts\`; the same in real
processes, with their five seconds, in \`processes.test.ts\`.
`;

/** The tables as a page. */
export function renderMatrix(rows: readonly Row[], odd: readonly OddRow[], formats: readonly ApiFormat[]): string {
  const names = [...new Set(rows.map(({ fault }) => fault))];
  const lines = names.flatMap((name) =>
    linesOf(
      rows.filter(({ fault }) => fault === name),
      formats,
    ),
  );
  const table = [line(head), line(head.map(() => '---')), ...lines];
  const oddTable = [line(oddHead), line(oddHead.map(() => '---')), ...oddLines(odd, formats)];
  return [introduction, ...table, '', ...oddTable, ''].join('\n');
}
