/** The beginning of a text that is too long, and how much is left out. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '')}… [${text.length - most} more characters]`;
}
