/** A line that is not blank, and what is left of it when white space and look-alike characters are made equal. */
export type SignificantLine = { readonly number: number; readonly text: string; readonly essence: string };

const lookAlikes: readonly (readonly [pattern: RegExp, plain: string])[] = [
  [/[‘’‚‛′]/g, "'"],
  [/[“”„‟″]/g, '"'],
  [/[‐‑‒–—―−]/g, '-'],
  [/…/g, '...'],
  [/\u200b|\u200c|\u200d|\u2060|\ufeff/g, ''],
];

/** The text with typographic characters in their plain form. */
export const withPlainCharacters = (text: string): string =>
  lookAlikes.reduce((result, [pattern, plain]) => result.replaceAll(pattern, plain), text).normalize('NFKC');

export const essenceOf = (line: string): string => withPlainCharacters(line).trim().replaceAll(/\s+/g, ' ');

export function significantLines(text: string): readonly SignificantLine[] {
  return text.split('\n').flatMap((line, index) => {
    const essence = essenceOf(line);
    return essence === '' ? [] : [{ number: index + 1, text: line, essence }];
  });
}
