import type { Host } from '../host/host.js';
import { noteLine } from '../output/note.js';
import { paintFor } from '../output/paint.js';
import { wrapWords } from '../show-config/layout.js';
import { oneLine } from './one-line.js';

type Place = Pick<Host, 'stderr' | 'environment'>;

/** Sentences for people, beside the list that programs read. */
export function tellNotes(notes: readonly string[], { stderr, environment }: Place): void {
  const paint = paintFor(stderr, environment);
  const room = (stderr.columns ?? Infinity) - 'Note: '.length;
  for (const note of new Set(notes)) {
    const [first = '', ...rest] = wrapWords(oneLine(note), room);
    stderr.write([noteLine(first, paint), ...rest, ''].join('\n'));
  }
}

/** What the signs of a table mean, under it, in the width of the terminal. */
export function tellLegend(sentences: readonly string[], { stderr, environment }: Place): void {
  const { faint } = paintFor(stderr, environment);
  const lines = wrapWords(oneLine(sentences.join(' ')), stderr.columns ?? Infinity);
  for (const line of lines) stderr.write(`${faint(line)}\n`);
}
