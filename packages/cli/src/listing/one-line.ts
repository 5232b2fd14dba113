import { printable } from '@trae-cli/protocol';

/** What comes from outside, as a cell of a table: nothing in it is obeyed, and it is on one line. */
export const oneLine = (text: string): string => printable(text).replaceAll(/\s+/g, ' ').trim();
