import type { Span } from '../text/line-window.js';

/** A piece of text in place of another. Edits of one text do not overlap. */
export type TextEdit = { readonly offset: number; readonly length: number; readonly content: string };

export type EditedText = {
  readonly text: string;
  /** Where the new pieces are in the new text, without the white space around them. */
  readonly spans: readonly Span[];
};

/** One pass over the text, however many edits there are. */
export function applyTextEdits(text: string, edits: readonly TextEdit[]): EditedText {
  const pieces: string[] = [];
  const spans: Span[] = [];
  let done = 0;
  let length = 0;
  for (const { offset, length: removed, content } of edits.toSorted((a, b) => a.offset - b.offset)) {
    if (offset < done) throw new Error('Two edits of one text overlap.');
    pieces.push(text.slice(done, offset), content);
    length += offset - done + content.length;
    const trailing = content.length - content.trimEnd().length;
    spans.push({
      start: length - content.trimStart().length,
      end: Math.max(length - trailing, length - content.trimStart().length),
    });
    done = offset + removed;
  }
  pieces.push(text.slice(done));
  return { text: pieces.join(''), spans };
}
