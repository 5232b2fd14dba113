import { describeSource, type Source } from '@trae-cli/config';
import { groupBy, isJsonObject, type JsonValue, printable } from '@trae-cli/protocol';
import type { Line } from './layout.js';
import type { SettingRow } from './setting-row.js';

export type ModelLineOptions = {
  readonly relativeTo: string;
  /** A path as the person knows it. */
  readonly shorten: (text: string) => string;
};

function words(value: JsonValue): string {
  if (Array.isArray(value)) return value.map((item: JsonValue) => words(item)).join(' ');
  if (typeof value === 'string') return value;
  if (!isJsonObject(value)) return JSON.stringify(value);
  return Object.entries(value)
    .map(([key, inner]) => `${key} ${words(inner)}`)
    .join(' ');
}

function saying({ isSecret, path = [], value }: SettingRow): string {
  const label = path
    .slice(4)
    .join('.')
    .replace(/^context_window\.input$/, 'context_window');
  return `${label} ${isSecret ? 'set' : words(value)}`;
}

/** Where a model is spoken of: the first line in each file. */
function placesOf(sources: readonly Source[], { relativeTo, shorten }: ModelLineOptions): string {
  const first = new Map<string, Source>();
  for (const source of sources) {
    const file = source.kind === 'file' ? source.file.path : source.kind;
    const known = first.get(file);
    const isEarlier = known?.kind === 'file' && source.kind === 'file' && source.line < known.line;
    if (known === undefined || isEarlier) first.set(file, source);
  }
  return [...first.values()].map((source) => shorten(describeSource(source, { relativeTo }))).join(', ');
}

/** A line for each model: what the files say of it, and where. */
export const modelLines = (rows: readonly SettingRow[], options: ModelLineOptions): readonly Line[] =>
  [...groupBy(rows, ({ path = [] }) => path[3] ?? '')].map(([model, own]) => ({
    name: printable(model),
    value: printable(own.map(saying).join(', ')),
    source: placesOf(
      own.map(({ source }) => source),
      options,
    ),
  }));
