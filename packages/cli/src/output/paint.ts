import type { Environment } from '@trae-cli/protocol';
import type { TextSink } from '../host/text-sink.js';

/** Meanings rather than colours. */
export type Paint = {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly success: (text: string) => string;
  readonly failure: (text: string) => string;
  readonly added: (text: string) => string;
  readonly removed: (text: string) => string;
  readonly accent: (text: string) => string;
};

const escape = '\u001b[';

const wrap =
  (open: number, close: number) =>
  (text: string): string =>
    text === '' ? '' : `${escape}${open}m${text}${escape}${close}m`;

const coloured: Paint = {
  strong: wrap(1, 22),
  faint: wrap(2, 22),
  success: wrap(32, 39),
  failure: wrap(31, 39),
  added: wrap(32, 39),
  removed: wrap(31, 39),
  accent: wrap(36, 39),
};

const asIs = (text: string): string => text;

const plain: Paint = {
  strong: asIs,
  faint: asIs,
  success: asIs,
  failure: asIs,
  added: asIs,
  removed: asIs,
  accent: asIs,
};

/** FORCE_COLOR decides first, then NO_COLOR, then whether this is a terminal that can. */
function wantsColour(sink: TextSink, environment: Environment): boolean {
  const force = environment['FORCE_COLOR'];
  if (force !== undefined && force !== '') return force !== '0' && force !== 'false';
  if ((environment['NO_COLOR'] ?? '') !== '') return false;
  return sink.isTerminal && environment['TERM'] !== 'dumb';
}

export const paintFor = (sink: TextSink, environment: Environment): Paint =>
  wantsColour(sink, environment) ? coloured : plain;
