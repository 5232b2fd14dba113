/** What stands between two values: white space, comments and at most one comma. */
export type Gap = {
  readonly comma: number | undefined;
  /** The line break, and what follows it, on the line where the value and its comma end; comments may come before it. */
  readonly lineBreak: { readonly start: number; readonly end: number } | undefined;
};

const piece = /,|\r\n|\n|\r|[^\S\r\n]+|\/\/[^\r\n]*|\/\*[^]*?\*\//y;
const breaks: ReadonlySet<string> = new Set(['\r\n', '\n', '\r']);

/** Reads from the end of a value to the beginning of the next, or to the bracket that closes. */
export function gapBetween(text: string, start: number, end: number): Gap {
  let comma: number | undefined;
  let lineBreak: Gap['lineBreak'];
  for (let at = start; at < end;) {
    piece.lastIndex = at;
    const token = piece.exec(text)?.[0] ?? text.charAt(at);
    if (token === ',') [comma, lineBreak] = [at, undefined];
    else if (breaks.has(token)) lineBreak ??= { start: at, end: at + token.length };
    at += token.length;
  }
  return { comma, lineBreak };
}

const isBlankCharacter = (character: string | undefined): boolean => character === ' ' || character === '\t';

/** The first offset from here on that is neither a space nor a tab. */
export function skipBlanks(text: string, offset: number): number {
  let at = offset;
  while (isBlankCharacter(text[at])) at += 1;
  return at;
}

/** The last offset up to here that no space and no tab comes before. */
export function skipBlanksBack(text: string, offset: number): number {
  let at = offset;
  while (isBlankCharacter(text[at - 1])) at -= 1;
  return at;
}
