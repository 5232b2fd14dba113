import { createScanner } from 'jsonc-parser';
import type { Span } from '../text/line-window.js';

/** By the scanner's own numbers. */
const kinds = { openObject: 1, closeObject: 2, openArray: 3, closeArray: 4, comma: 5, colon: 6, end: 17 } as const;

const isOpening = (kind: number): boolean => kind === kinds.openObject || kind === kinds.openArray;
const isClosing = (kind: number): boolean => kind === kinds.closeObject || kind === kinds.closeArray;

export type Spelling = {
  readonly form: 'lines' | 'line';
  /** No more is written than about this much. */ readonly most: number;
};

/** A value of a text in another layout. Numbers and strings stay as they are written; comments are left out. */
export function respelled(text: string, { start, end }: Span, { form, most }: Spelling): string {
  const scanner = createScanner(text, true);
  scanner.setPosition(start);
  const pieces = new Pieces(form);
  for (let kind: number = scanner.scan(); kind !== kinds.end && scanner.getTokenOffset() < end; kind = scanner.scan()) {
    const at = scanner.getTokenOffset();
    pieces.push(kind, text.slice(at, at + scanner.getTokenLength()));
    if (pieces.length > most) break;
  }
  return pieces.text;
}

class Pieces {
  readonly #form: Spelling['form'];
  text = '';
  #depth = 0;
  #before: number | undefined;

  constructor(form: Spelling['form']) {
    this.#form = form;
  }

  get length(): number {
    return this.text.length;
  }

  push(kind: number, token: string): void {
    if (isClosing(kind)) this.#depth -= 1;
    this.text += this.#between(kind) + (kind === kinds.comma ? '' : token);
    if (isOpening(kind)) this.#depth += 1;
    this.#before = kind;
  }

  /** A comma is written with what follows it, so that a trailing one is dropped. */
  #between(kind: number): string {
    const before = this.#before;
    if (before === undefined || kind === kinds.comma || kind === kinds.colon) return '';
    if (before === kinds.colon) return ' ';
    const isAfterComma = before === kinds.comma && !isClosing(kind);
    if (isOpening(before) && isClosing(kind)) return '';
    if (this.#form === 'line') return isAfterComma ? ', ' : '';
    return `${isAfterComma ? ',' : ''}\n${'  '.repeat(this.#depth)}`;
  }
}
