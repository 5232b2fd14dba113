import { parseJson } from '@trae-cli/protocol';
import type { FileLine } from './lines.js';
import { type Envelope, envelopeOf, lineOpening } from './record.js';

export type ParsedLine =
  | { readonly status: 'record'; readonly envelope: Envelope }
  | { readonly status: 'blank' }
  /** What a crash leaves: the beginning of a last line. */
  | { readonly status: 'torn' }
  | { readonly status: 'foreign' };

/** `isFirst`: no record was seen before, so that a torn line has to show that it is the beginning of one. */
export function parseLine({ text, isWhole }: FileLine, isFirst: boolean): ParsedLine {
  if (text.trim() === '') return { status: 'blank' };
  const json = parseJson(text);
  const envelope = envelopeOf(json);
  if (envelope !== undefined) return { status: 'record', envelope };
  const isTorn = json === undefined && !isWhole && (!isFirst || text.startsWith(lineOpening.slice(0, text.length)));
  return { status: isTorn ? 'torn' : 'foreign' };
}
