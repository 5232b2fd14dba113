/** The beginning of a text that is longer than so many characters, with an ellipsis; no half of a character is left. */
export const clipped = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '')}…` : text;
