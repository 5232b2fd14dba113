import { printable, type TraeError } from '@trae-cli/protocol';
import { maskLine } from './mask-line.js';
import type { SourceText } from './source-text.js';

/** The error for a key that is there twice, with both lines. */
export function duplicateKey(source: SourceText, key: string, offsets: readonly [number, number]): TraeError {
  const [first, second] = offsets;
  const shown = printable(maskLine(key).text).slice(0, 100);
  const lines = [source.lineAt(first), source.lineAt(second)] as const;
  const where = lines[0] === lines[1] ? `in line ${lines[0]}` : `in line ${lines[0]} and again in line ${lines[1]}`;
  return source.fault(second, `the key "${shown}" is there twice, ${where}`, 'Remove one of the two.');
}
