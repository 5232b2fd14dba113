/** `NAME=value` as it is written, quotes and comment included. */
export type Assignment = { readonly name: string; readonly written: string; readonly line: number };

const assignment = /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*=[ \t]*(.*)$/;

const quotes = ['"', "'", '`'];

/** Where the value that begins at `start` ends: in its line, or with its closing quote, however many lines below. */
function endOfValue(text: string, start: number, endOfLine: number): number {
  const quote = text.charAt(start);
  if (!quotes.includes(quote)) return endOfLine;
  const closing = text.indexOf(quote, start + 1);
  if (closing < endOfLine) return endOfLine;
  const end = text.indexOf('\n', closing);
  return end === -1 ? text.length : end;
}

/**
 * The assignments of a `.env`, each by itself: a line that is none spoils no other, as it does where Node reads the
 * whole text, and nobody mistakes a line inside quotes for one.
 */
export function* assignmentsOf(source: string): Generator<Assignment, void> {
  const text = source.replaceAll(/\r\n?/g, '\n');
  let line = 1;
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf('\n', start);
    const endOfLine = newline === -1 ? text.length : newline;
    const found = assignment.exec(text.slice(start, endOfLine));
    let end = endOfLine;
    if (found !== null) {
      const [, name = '', value = ''] = found;
      end = endOfValue(text, endOfLine - value.length, endOfLine);
      yield { name, written: text.slice(endOfLine - value.length, end), line };
    }
    line += text.slice(start, end).split('\n').length;
    start = end + 1;
  }
}
