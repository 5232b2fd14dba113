/** What a sticky `pattern` finds at this very place, and a global one from there on. */
export function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

const notBlank = /\S/g;

/** The place of the first character from `at` on that is no white space; the end where there is none. */
export function afterBlank(text: string, at: number): number {
  return matchAt(notBlank, text, at)?.index ?? text.length;
}
