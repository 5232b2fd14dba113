/** A key without what was pasted around it, and what that was. */
export type TidyKey = { readonly key: string; readonly tidied: 'none' | 'whitespace' | 'quotes' };

const outside = /[\s\u200b\u2060]/;

/** By hand: a pattern that looks for the end of the text takes hours over a megabyte of spaces in its middle. */
function trimmed(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && outside.test(text.charAt(start))) start += 1;
  while (end > start && outside.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

const quotePairs: Readonly<Record<string, string>> = { '"': '"', "'": "'", '`': '`', '“': '”', '‘': '’' };

function unquoted(text: string): string {
  const closing = quotePairs[text.charAt(0)];
  return closing !== undefined && text.length > 1 && text.endsWith(closing) ? trimmed(text.slice(1, -1)) : text;
}

/** Takes the white space around a key away, and one pair of matching quotes; a key holds neither. */
export function tidyKey(text: string): TidyKey {
  const bare = trimmed(text);
  const key = unquoted(bare);
  if (key !== bare) return { key, tidied: 'quotes' };
  return { key, tidied: key === text ? 'none' : 'whitespace' };
}
