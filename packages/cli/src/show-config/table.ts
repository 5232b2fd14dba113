import { type ConfigFile, describeSource } from '@trae-cli/config';
import { groupBy, printable } from '@trae-cli/protocol';
import type { Groundwork } from '../configuration/groundwork.js';
import type { Host } from '../host/host.js';
import { paintFor } from '../output/paint.js';
import { bullet, layOut, type LayoutOptions, type Line, nameWidth } from './layout.js';
import { modelLines } from './model-lines.js';
import { type SettingRow, shownValue } from './setting-row.js';
import type { Survey } from './survey.js';

const scopes = { user: 'yours', project: 'project', named: 'named' } as const satisfies Record<
  ConfigFile['scope'],
  string
>;

const trustOf = ({ isTrusted, scope }: ConfigFile): string => {
  if (scope === 'user') return '';
  return isTrusted ? 'trusted' : 'not trusted';
};

type Section = { readonly title: string; readonly lines: readonly string[] };

type View = LayoutOptions & {
  readonly ground: Groundwork;
  /** A path of the person's own is known by its way from home. */
  readonly home: string;
};

const fromHome = (text: string, home: string): string => text.replaceAll(`${home}/`, '~/');

/** Highest rank first. */
function fileLines(view: View): readonly string[] {
  const { dotenv, files } = view.ground.config;
  if (dotenv === undefined && files.length === 0) return ['  none; `trae-cli init` writes one'];
  const lines = [...(dotenv === undefined ? [] : [dotenv]), ...files].map((file) => ({
    name: scopes[file.scope],
    value: printable(file.path),
    source: trustOf(file),
  }));
  return layOut(lines, nameWidth(lines), view);
}

/** What stands under one heading, in the order of the first row of each. */
type Group = { readonly title: string; readonly rows: readonly SettingRow[] };

function titleOf({ path: [top, provider = '', key] = [] }: SettingRow): string {
  if (top !== 'model_providers') return 'Settings';
  return `model_providers.${provider}${key === 'models' ? '.models' : ''}`;
}

/** Names have dots: a title may be that of two groups. */
const identityOf = ({ path = [] }: SettingRow): string =>
  JSON.stringify(path[0] === 'model_providers' ? [path[1], path[2] === 'models'] : []);

function lineOf(row: SettingRow, prefix: string, { ground, home }: View): Line {
  const relativeTo = ground.directory.root;
  const value = printable(shownValue(row, relativeTo));
  return {
    name: printable(row.key.startsWith(prefix) ? row.key.slice(prefix.length) : row.key),
    value: row.isSecret ? fromHome(value, home) : value,
    source: row.isSet && !row.isSecret ? fromHome(describeSource(row.source, { relativeTo }), home) : '',
  };
}

const linesOf = ({ title, rows }: Group, view: View): readonly Line[] =>
  rows[0]?.path?.[2] === 'models'
    ? modelLines(rows, { relativeTo: view.ground.directory.root, shorten: (text) => fromHome(text, view.home) })
    : rows.map((row) => lineOf(row, `${title}.`, view));

/** The settings of everything, then of each provider, the one that would answer first. */
function settingSections({ rows }: Survey, view: View): readonly Section[] {
  const groups = groupBy(rows, identityOf);
  const sections = [...groups.values()].map((group) => {
    const title = group[0] === undefined ? '' : titleOf(group[0]);
    return { title, lines: linesOf({ title, rows: group }, view) };
  });
  const width = nameWidth(sections.flatMap(({ lines }) => lines));
  return sections.map(({ title, lines }) => ({ title: printable(title), lines: layOut(lines, width, view) }));
}

function keyLines({ keys }: Survey, view: View): readonly string[] {
  const lines = keys.map(({ provider, origin }) => ({
    name: printable(provider),
    value: `set, from ${fromHome(origin, view.home)}`,
    source: '',
  }));
  return layOut(lines, nameWidth(lines), view);
}

const bullets = (sentences: readonly string[], view: View): readonly string[] =>
  sentences.flatMap((sentence) => bullet(fromHome(printable(sentence), view.home), view));

/** Lines of a hint are not broken: there may be a command in them, to be copied. */
function problemLines({ problem }: Survey, view: View): readonly string[] {
  if (problem === undefined) return [];
  const hint = problem.hint === undefined ? [] : printable(problem.hint).split('\n');
  return [...bullets([problem.message], view), ...hint.map((line) => `    ${line}`)];
}

/** The survey for people, in the width of their terminal. */
export function surveyTable(survey: Survey, ground: Groundwork, { stdout, environment, homeDirectory }: Host): string {
  const paint = paintFor(stdout, environment);
  const view: View = { ground, home: homeDirectory, columns: stdout.columns, faint: paint.faint };
  const messages = survey.findings.map(({ message }) => message);
  const sections: readonly Section[] = [
    { title: 'Files', lines: fileLines(view) },
    ...settingSections(survey, view),
    { title: 'Keys', lines: keyLines(survey, view) },
    { title: 'Conflicts', lines: bullets(survey.conflicts, view) },
    { title: 'Findings', lines: bullets(messages, view) },
    { title: 'A run would end at once', lines: problemLines(survey, view) },
  ];
  return sections
    .filter(({ lines }) => lines.length > 0)
    .map(({ title, lines }) => `${paint.strong(title)}\n${lines.join('\n')}\n`)
    .join('\n');
}
