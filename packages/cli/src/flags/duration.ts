import { durationMs, TraeError } from '@trae-cli/protocol';

/** The longest wait a timer can hold. */
const longestMs = 2 ** 31 - 1;

/** `90`, `90s`, `10m` or `1h`, in milliseconds. Throws a usage error that names the flag. */
export function parseDuration(text: string, flag: string): number {
  const trimmed = text.trim();
  const milliseconds = durationMs(/^[\d.]+$/.test(trimmed) ? `${trimmed}s` : trimmed) ?? Number.NaN;
  if (milliseconds > 0 && milliseconds <= longestMs) return milliseconds;
  throw new TraeError('usage', `${flag} must be a time such as 90, 90s or 10m; it was given ${JSON.stringify(text)}.`);
}
