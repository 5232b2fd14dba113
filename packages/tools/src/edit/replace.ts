/** Where something was changed: lines counted from 1, in the new text. */
export type Change = { readonly text: string; readonly firstLine: number; readonly lineCount: number };

export type Replacement =
  | { readonly kind: 'replaced'; readonly change: Change }
  | { readonly kind: 'absent' }
  /** The lines where each occurrence begins. */
  | { readonly kind: 'ambiguous'; readonly lines: readonly number[] };

const mostOccurrences = 20;

export const withLineFeeds = (text: string): string => text.replaceAll('\r\n', '\n');

function countLineFeeds(text: string, end = text.length): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

/** Lines as an editor counts them: a final line end begins no further one. */
export const countLines = (text: string): number =>
  text === '' ? 0 : countLineFeeds(text) + (text.endsWith('\n') ? 0 : 1);

/**
 * Replaces what occurs exactly once. Line ends are matched whatever their kind, and the new text gets those of the
 * place it goes to; everything around it stays, byte for byte.
 */
export function replaceOnce(text: string, oldText: string, newText: string): Replacement {
  const plain = withLineFeeds(text);
  const sought = withLineFeeds(oldText);
  const found = occurrences(plain, sought);
  const [at] = found;
  if (at === undefined) return { kind: 'absent' };
  if (found.length > 1) return { kind: 'ambiguous', lines: found.map((each) => countLineFeeds(plain, each) + 1) };

  const start = offsetIn(text, at);
  const end = offsetIn(text, at + sought.length);
  const replacement = withLineEnds(newText, lineEndNear(text, start, end));
  return {
    kind: 'replaced',
    change: {
      text: text.slice(0, start) + replacement + text.slice(end),
      firstLine: countLineFeeds(plain, at) + 1,
      lineCount: countLineFeeds(replacement) + (replacement.endsWith('\n') ? 0 : 1),
    },
  };
}

/** Inserts whole lines after a line; 0 is the beginning. The file keeps, or keeps lacking, its final line end. */
export function insertLines(text: string, afterLine: number, newText: string): Change {
  const at = offsetAfterLine(text, afterLine);
  const lineEnd = lineEndNear(text, at, at);
  const body = withLineEnds(newText, lineEnd);
  const closed = body.endsWith('\n') ? body : body + lineEnd;
  const followsOpenLine = at > 0 && text[at - 1] !== '\n';
  const inserted = followsOpenLine ? lineEnd + closed.slice(0, -lineEnd.length) : closed;
  return {
    text: text.slice(0, at) + (text === '' ? body : inserted) + text.slice(at),
    firstLine: afterLine + 1,
    lineCount: countLines(closed),
  };
}

function occurrences(text: string, sought: string): readonly number[] {
  const found: number[] = [];
  for (let at = text.indexOf(sought); at !== -1 && found.length < mostOccurrences; at = text.indexOf(sought, at + 1)) {
    found.push(at);
  }
  return found;
}

/** The place in a text that an offset in the same text with plain line feeds stands for. */
function offsetIn(text: string, plainOffset: number): number {
  let returns = 0;
  for (let at = text.indexOf('\r\n'); at !== -1 && at - returns < plainOffset; at = text.indexOf('\r\n', at + 2)) {
    returns += 1;
  }
  return plainOffset + returns;
}

function offsetAfterLine(text: string, line: number): number {
  let at = 0;
  for (let count = 0; count < line; count += 1) {
    const next = text.indexOf('\n', at);
    if (next === -1) return text.length;
    at = next + 1;
  }
  return at;
}

/** The kind of line end in a stretch of text, else the one that follows, else the one before it. */
function lineEndNear(text: string, start: number, end: number): '\n' | '\r\n' {
  const inside = text.indexOf('\n', start);
  const nearest = inside !== -1 ? inside : text.lastIndexOf('\n', end);
  return nearest > 0 && text[nearest - 1] === '\r' ? '\r\n' : '\n';
}

const withLineEnds = (text: string, lineEnd: '\n' | '\r\n'): string =>
  lineEnd === '\n' ? withLineFeeds(text) : withLineFeeds(text).replaceAll('\n', '\r\n');
