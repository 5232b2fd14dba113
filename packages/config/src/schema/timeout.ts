import { z } from 'zod';

const unitsInMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Beyond a day nobody waits, and beyond 24 of them no timer of the platform counts. */
const longestMs = 24 * 3_600_000;

function inMilliseconds(timeout: number | string): number {
  if (typeof timeout === 'number') return timeout * 1000;
  const [, amount = '', unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*(ms|s|m|h)\s*$/.exec(timeout) ?? [];
  return amount === '' ? Number.NaN : Number(amount) * (unitsInMs[unit] ?? Number.NaN);
}

/** Seconds as a number, or a text with its unit; milliseconds afterwards. */
export const timeoutSchema = z
  .union([z.number(), z.string()])
  .transform(inMilliseconds)
  .pipe(z.number().min(1).max(longestMs));
