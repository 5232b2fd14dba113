import { type ConfigFile, describeSource } from '@trae-cli/config';
import { printable } from '@trae-cli/protocol';
import type { Groundwork } from '../configuration/groundwork.js';
import type { Paint } from '../output/paint.js';
import { shownValue } from './setting-row.js';
import type { Survey } from './survey.js';

const widest = 60;

const scopes = { user: 'yours', project: 'project', named: 'named' } as const satisfies Record<
  ConfigFile['scope'],
  string
>;

const trustOf = ({ isTrusted, scope }: ConfigFile): string => {
  if (scope === 'user') return '';
  return isTrusted ? 'trusted' : 'not trusted';
};

/** Columns under one another; the last is not padded. */
function columns(lines: readonly (readonly string[])[], indent: string): readonly string[] {
  const widths: number[] = [];
  for (const line of lines)
    for (const [index, cell] of line.entries())
      widths[index] = Math.min(widest, Math.max(widths[index] ?? 0, cell.length));
  return lines.map((line) =>
    `${indent}${line.map((cell, index) => (index === line.length - 1 ? cell : cell.padEnd(widths[index] ?? 0))).join('  ')}`.trimEnd(),
  );
}

function fileLines({ config }: Groundwork): readonly string[] {
  const files = config.dotenv === undefined ? config.files : [...config.files, config.dotenv];
  if (files.length === 0) return ['  none; `trae-cli init` writes one'];
  return columns(
    files.map((file) => [scopes[file.scope], printable(file.path), trustOf(file)]),
    '  ',
  );
}

type Section = { readonly title: string; readonly lines: readonly string[] };

const bullets = (sentences: readonly string[]): readonly string[] =>
  sentences.map((sentence) => `  - ${printable(sentence)}`);

function problemLines({ problem }: Survey): readonly string[] {
  if (problem === undefined) return [];
  const hint = problem.hint === undefined ? [] : problem.hint.split('\n').map((line) => `    ${line}`);
  return [...bullets([problem.message]), ...hint];
}

/** The survey for people. */
export function surveyTable(survey: Survey, ground: Groundwork, paint: Paint): string {
  const relativeTo = ground.directory.root;
  const settings = survey.rows.map((row) => [
    row.key,
    printable(shownValue(row, relativeTo)),
    row.isSet && !row.isSecret ? describeSource(row.source, { relativeTo }) : '',
  ]);
  const sections: readonly Section[] = [
    { title: 'Files', lines: fileLines(ground) },
    { title: 'Settings', lines: columns(settings, '  ') },
    {
      title: 'Keys',
      lines: columns(
        survey.keys.map(({ provider, origin }) => [provider, `set, from ${origin}`]),
        '  ',
      ),
    },
    { title: 'Conflicts', lines: bullets(survey.conflicts) },
    { title: 'Findings', lines: bullets(survey.findings) },
    { title: 'A run would end at once', lines: problemLines(survey) },
  ];
  return sections
    .filter(({ lines }) => lines.length > 0)
    .map(({ title, lines }) => `${paint.strong(title)}\n${lines.join('\n')}\n`)
    .join('\n');
}
