import { printable, type TraeError } from '@trae-cli/protocol';
import type { Host } from '../host/host.js';
import { paintFor } from '../output/paint.js';
import { bullet, layOut, type Line, nameWidth } from '../show-config/layout.js';
import { oneLine } from './one-line.js';
import { fromHome, keyWords } from './provider-table.js';
import { shownAddress } from './shown-address.js';
import type { ProviderRow } from './survey-providers.js';

const line = (name: string, value: string | undefined, source = ''): readonly Line[] =>
  value === undefined || value === '' ? [] : [{ name, value: oneLine(value), source: oneLine(source) }];

function settingLines({ address, entry, key, model }: ProviderRow): readonly Line[] {
  const { addressExample, aliases = [], baseUrlVariables, keyVariables, popularModels = [] } = entry;
  const example = addressExample === undefined ? '' : `, such as ${addressExample}`;
  return [
    ...line('also called', aliases.join(', ')),
    ...line('key', keyWords(key)),
    ...line('key variables', keyVariables.join(', ')),
    ...line('base URL', shownAddress(address?.url) ?? `not set, and required${example}`, address?.from),
    ...line('URL variables', baseUrlVariables.join(', ')),
    ...line('API format', entry.apiFormat),
    ...line('default model', model?.id ?? 'none: name one with --model', model?.from),
    ...line('known models', popularModels.join(', ')),
    ...line('all models', `trae-cli models ${entry.id}`),
  ];
}

const aboutLines = ({ entry }: ProviderRow): readonly Line[] => [
  ...line('keys', entry.keyUrl),
  ...line('website', entry.websiteUrl),
  ...line('documentation', entry.docsUrl),
  ...line('free tier', entry.freeTier),
  ...line('limits', entry.rateLimit),
];

export type Details = {
  readonly row: ProviderRow;
  readonly chosen: { readonly reason: string | undefined } | undefined;
  /** Why a run with this provider would end at once. */
  readonly problem: TraeError | undefined;
};

function choiceNote({ chosen }: Details): readonly string[] {
  if (chosen === undefined) return [];
  return [`A run asks it${chosen.reason === undefined ? '' : ` (${chosen.reason})`}.`];
}

/** Lines of a hint are not broken: there may be a command in them, to be copied. */
function problemLines(
  { problem }: Details,
  width: { readonly columns: number | undefined; readonly faint: (text: string) => string },
) {
  if (problem === undefined) return [];
  const hint = problem.hint === undefined ? [] : printable(problem.hint).split('\n');
  return [...bullet(printable(problem.message), width), ...hint.map((text) => `    ${text}`)];
}

/** Everything about one provider, for people. */
export function providerDetails(details: Details, host: Host): string {
  const { row } = details;
  const paint = paintFor(host.stdout, host.environment);
  const view = { columns: host.stdout.columns, faint: paint.faint };
  const settings = settingLines(row);
  const about = aboutLines(row);
  const width = nameWidth([...settings, ...about]);
  const notes = [...choiceNote(details), ...row.keyNotices, ...(row.entry.notes ?? [])];
  const sections = [
    { title: `${oneLine(row.entry.displayName)} (${oneLine(row.entry.id)})`, lines: layOut(settings, width, view) },
    { title: 'About', lines: layOut(about, width, view) },
    { title: 'Notes', lines: notes.flatMap((note) => bullet(printable(note), view)) },
    { title: 'A run would end at once', lines: problemLines(details, view) },
  ];
  const text = sections
    .filter(({ lines }) => lines.length > 0)
    .map(({ title, lines }) => `${paint.strong(title)}\n${lines.join('\n')}\n`)
    .join('\n');
  return fromHome(text, host);
}
