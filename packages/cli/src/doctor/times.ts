import { formatDuration } from '@trae-cli/protocol';

/** Milliseconds as people say them: `12ms`, `0.4s`, `2m 5s`. */
export function shortTime(milliseconds: number): string {
  if (milliseconds < 100) return `${Math.round(milliseconds)}ms`;
  return milliseconds < 9950 ? `${(milliseconds / 1000).toFixed(1)}s` : formatDuration(milliseconds);
}
