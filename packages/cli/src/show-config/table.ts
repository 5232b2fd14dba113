import { type ConfigFile, describeSource } from '@trae-cli/config';
import { printable } from '@trae-cli/protocol';
import type { Groundwork } from '../configuration/groundwork.js';
import type { Host } from '../host/host.js';
import { paintFor } from '../output/paint.js';
import { bullet, layOut, type LayoutOptions, type Line, nameWidth } from './layout.js';
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

const providersKey = 'model_providers.';

/** `model_providers.groq` for what belongs to that provider; undefined for what belongs to none. Names may have dots. */
function providerOf({ key }: SettingRow, names: ReadonlySet<string>): string | undefined {
  if (!key.startsWith(providersKey)) return undefined;
  const words = key.slice(providersKey.length).split('.');
  const candidates = words.map((_word, index) => words.slice(0, words.length - 1 - index).join('.'));
  const name = candidates.find((candidate) => names.has(candidate));
  return name === undefined ? undefined : `${providersKey}${name}`;
}

function lineOf(row: SettingRow, group: string, { ground, home }: View): Line {
  const relativeTo = ground.directory.root;
  const value = printable(shownValue(row, relativeTo));
  return {
    name: printable(group === '' ? row.key : row.key.slice(group.length + 1)),
    value: row.isSecret ? fromHome(value, home) : value,
    source: row.isSet && !row.isSecret ? fromHome(describeSource(row.source, { relativeTo }), home) : '',
  };
}

/** The settings of everything, then of each provider, the one that would answer first. */
function settingSections({ rows }: Survey, view: View): readonly Section[] {
  const { config, entries } = view.ground;
  const names = new Set([...config.providerNames, ...entries.map(({ id }) => id)]);
  const groups = new Map<string, readonly Line[]>([['', []]]);
  for (const row of rows) {
    const group = providerOf(row, names) ?? '';
    groups.set(group, [...(groups.get(group) ?? []), lineOf(row, group, view)]);
  }
  const width = nameWidth([...groups.values()].flat());
  return [...groups].map(([group, lines]) => ({
    title: group === '' ? 'Settings' : printable(group),
    lines: layOut(lines, width, view),
  }));
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
