import type { Host } from '../host/host.js';
import { type Paint, paintFor } from '../output/paint.js';
import { type Column, drawTable } from './draw-table.js';
import { oneLine } from './one-line.js';
import { shownAddress } from './shown-address.js';
import type { KeyState, ProviderRow, ProviderSurvey } from './survey-providers.js';

/** The state of a key in a few words, without a character of it. */
export function keyWords(key: KeyState): string {
  switch (key.state) {
    case 'set':
      return `set: ${oneLine(key.from)}`;
    case 'placeholder':
      return `placeholder: ${oneLine(key.where)}`;
    case 'missing':
    case 'not needed':
      return key.state;
    default:
      return key satisfies never;
  }
}

/** A path of the person's own is known by its way from home. */
export const fromHome = (text: string, { homeDirectory }: Pick<Host, 'homeDirectory'>): string =>
  text.replaceAll(`${homeDirectory}/`, '~/');

function addressCell({ address }: ProviderRow): string {
  if (address === undefined) return '';
  const url = oneLine(shownAddress(address.url) ?? '');
  return address.from === undefined ? url : `${url} (${oneLine(address.from)})`;
}

const names = ({ id, aliases = [] }: ProviderRow['entry']): string =>
  oneLine(aliases.length === 0 ? id : `${id} (${aliases.join(', ')})`);

function keyPaint({ success, failure, faint }: Paint): Record<KeyState['state'], (text: string) => string> {
  return { set: success, placeholder: failure, missing: faint, 'not needed': faint };
}

function providerColumns({ chosen }: ProviderSurvey, paint: Paint, host: Host): readonly Column<ProviderRow>[] {
  const isChosen = ({ entry }: ProviderRow): boolean => entry.id === chosen?.id;
  const paints = keyPaint(paint);
  return [
    {
      title: 'provider',
      cell: (row) => `${names(row.entry)}${isChosen(row) ? ' *' : ''}`,
      paint: (text, row) => (isChosen(row) ? paint.strong(text) : text),
    },
    {
      title: 'key',
      cell: ({ key }) => fromHome(keyWords(key), host),
      paint: (text, { key }) => paints[key.state](text),
    },
    { title: 'default model', cell: ({ model }) => oneLine(model?.id ?? '') },
    { title: 'base URL', cell: (row) => fromHome(addressCell(row), host) },
    { title: 'keys are made at', cell: ({ entry }) => oneLine(entry.keyUrl ?? '') },
  ];
}

/** The providers for people, in the width of their terminal; everything where it goes elsewhere. */
export function providerTable(survey: ProviderSurvey, host: Host): string {
  const paint = paintFor(host.stdout, host.environment);
  const { lines } = drawTable(survey.rows, providerColumns(survey, paint, host), {
    columns: host.stdout.columns,
    heading: paint.strong,
  });
  return lines.map((line) => `${line}\n`).join('');
}
