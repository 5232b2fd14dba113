/** Text in the place of what stands from one offset to another. */
export type Splice = { readonly start: number; readonly end: number; readonly text: string };

/** What an editor makes of a change: where the text differs, or why it cannot be done, to follow "because". */
export type Edit = { readonly splices: readonly Splice[] } | { readonly refusal: string };

/** Replaces pieces that do not overlap; of two at one place the first stands first. */
export function splice(text: string, splices: readonly Splice[]): string {
  let [result, done] = ['', 0];
  for (const { start, end, text: piece } of splices.toSorted((a, b) => a.start - b.start)) {
    result += text.slice(done, start) + piece;
    done = end;
  }
  return result + text.slice(done);
}

export const lineStart = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;

/** Before the line break. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  if (end === -1) return text.length;
  return end > offset && text[end - 1] === '\r' ? end - 1 : end;
}

export const lineBreakOf = (text: string): string => /\r?\n/.exec(text)?.[0] ?? '\n';

/** The white space before what stands at an offset, where nothing else stands before it on its line. */
export function indentAt(text: string, offset: number): string | undefined {
  const before = text.slice(lineStart(text, offset), offset);
  return before.trim() === '' ? before : undefined;
}

/** The white space that a line begins with. */
export const indentOfLine = (text: string, offset: number): string =>
  /^[ \t]*/.exec(text.slice(lineStart(text, offset), offset))?.[0] ?? '';
