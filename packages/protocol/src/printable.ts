import { stripVTControlCharacters } from 'node:util';

// oxlint-disable-next-line no-control-regex -- these are the characters a terminal would obey
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** Text that a terminal shows and does not obey: of escape sequences, control characters and bidirectional marks nothing is left. */
export const printable = (text: string): string =>
  stripVTControlCharacters(text).replaceAll('\r\n', '\n').replaceAll(controls, '');
