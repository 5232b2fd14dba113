/** Why the file system refused, in its own words, without Node's code, call and path. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const [, code, words] = /^(E[A-Z]+): ([^,]+)/.exec(message) ?? [];
  return code === 'EISDIR' ? 'it is a directory' : (words ?? message);
}
