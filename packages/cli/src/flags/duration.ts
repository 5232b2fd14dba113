import { TraeError } from '@trae-cli/protocol';

const unitMs = { s: 1000, m: 60_000, h: 3_600_000 } as const;
/** The longest wait a timer can hold. */
const longestMs = 2 ** 31 - 1;

/** `90`, `90s`, `10m` or `1h`, in milliseconds. Throws a usage error that names the flag. */
export function parseDuration(text: string, flag: string): number {
  const [, amount, unit = 's'] = /^(\d+(?:\.\d+)?)(s|m|h)?$/.exec(text.trim()) ?? [];
  const milliseconds = Number(amount) * unitMs[unit as keyof typeof unitMs];
  if (milliseconds > 0 && milliseconds <= longestMs) return milliseconds;
  throw new TraeError('usage', `${flag} must be a time such as 90, 90s or 10m; it was given ${JSON.stringify(text)}.`);
}
