/** Whether something thrown is a system error with one of these codes, such as `ENOENT`. */
export const hasCode = (error: unknown, ...codes: readonly string[]): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code);

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
