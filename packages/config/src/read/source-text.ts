import { TraeError } from '@trae-cli/protocol';
import type { Position } from '../document.js';
import type { ConfigFile } from '../source.js';
import { excerpt } from './excerpt.js';

/** Where lines begin; a carriage return ends one too, alone or before a line feed. */
function lineStartsOf(text: string): readonly number[] {
  const starts = [0];
  for (const { 0: end, index } of text.matchAll(/\r\n|[\n\r]/g)) starts.push(index + end.length);
  return starts;
}

/** The text of a file, which knows where in it something stands. */
export class SourceText {
  readonly file: ConfigFile;
  readonly text: string;
  readonly #lineStarts: readonly number[];

  constructor(file: ConfigFile, text: string) {
    this.file = file;
    this.text = text;
    this.#lineStarts = lineStartsOf(text);
  }

  positionAt(offset: number): Position {
    let [line, after] = [0, this.#lineStarts.length];
    while (after - line > 1) {
      const middle = (line + after) >>> 1;
      if (this.#startOf(middle) <= offset) line = middle;
      else after = middle;
    }
    return { line: line + 1, column: offset - this.#startOf(line) + 1 };
  }

  lineAt(offset: number): number {
    return this.positionAt(offset).line;
  }

  /** The error that says what is wrong at a place, and shows the line. `what` ends without a full stop. */
  fault(offset: number, what: string, hint?: string): TraeError {
    const { line, column } = this.positionAt(offset);
    const shown = excerpt({ line, column, text: this.#line(line), before: this.#lineBefore(line) });
    const message = `${this.file.path}, line ${line}, column ${column}: ${what}.\n${shown}`;
    return new TraeError('config_invalid', message, hint === undefined ? {} : { hint });
  }

  #startOf(index: number): number {
    return this.#lineStarts[index] ?? this.text.length;
  }

  #line(line: number): string {
    return this.text.slice(this.#startOf(line - 1), this.#startOf(line)).replace(/[\n\r]+$/, '');
  }

  /** The nearest line above that is not blank. */
  #lineBefore(line: number): string {
    for (let above = line - 1; above > 0; above -= 1) {
      const text = this.#line(above);
      if (text.trim() !== '') return text;
    }
    return '';
  }
}
