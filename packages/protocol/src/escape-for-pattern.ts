/** A text as the source of a pattern that finds it. `RegExp.escape` is newer than our oldest Node. */
export const escapeForPattern = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);
