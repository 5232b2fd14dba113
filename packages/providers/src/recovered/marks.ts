import { escapeForPattern } from '@trae-cli/protocol';
import { callMarks } from './forms.js';

/** Characters within which it is decided what something is. */
export const longestDoubt = 256;

export const thoughtBegin = '<think>';
export const thoughtEnd = '</think>';

const marks: readonly string[] = [...callMarks, thoughtBegin, '```', '~~~'];

/** Whatever changes how a text is to be understood, wherever it stands. Global. */
export const anyMark = new RegExp(marks.map(escapeForPattern).join('|'), 'g');

/** Text without any of these has no mark in it, nor the beginning of one. */
export const telling = /[<[`~]/;

export const isFence = (mark: string): boolean => mark.startsWith('`') || mark.startsWith('~');

const beginnings: ReadonlySet<string> = new Set(
  [...marks, thoughtEnd].flatMap((mark) => Array.from(mark, (_unit, length) => mark.slice(0, length)).slice(1)),
);

const longestBeginning = Math.max(...Array.from(beginnings, ({ length }) => length));

/** How many characters at the end of a text may become a mark with what follows. */
export function openEnd(text: string): number {
  for (let at = Math.max(0, text.length - longestBeginning); at < text.length; at += 1)
    if (telling.test(text.charAt(at)) && beginnings.has(text.slice(at))) return text.length - at;
  return 0;
}

/** Whether only white space stands before this place on its line; `isBlank` tells it of what came before the text. */
export function isAtLineStart(text: string, at: number, isBlank: boolean): boolean {
  for (let before = at - 1; before >= 0; before -= 1) {
    const character = text.charAt(before);
    if (character === '\n') return true;
    if (character !== ' ' && character !== '\t') return false;
  }
  return isBlank;
}

/** Code inside a line that is marked as a block would be. */
export const codeInLine = /^`+[^`\n]+`/;
