import { durationMs } from '@trae-cli/protocol';
import { z } from 'zod';

/** Beyond a day nobody waits, and beyond 24 of them no timer of the platform counts. */
const longestMs = 24 * 3_600_000;

/** Characters: a length of time that takes more to say is none, and costs much to read. */
const longestText = 100;

const inMilliseconds = (timeout: number | string): number =>
  typeof timeout === 'number' ? timeout * 1000 : (durationMs(timeout) ?? Number.NaN);

/** Seconds as a number, or a text with its unit; milliseconds afterwards. */
export const timeoutSchema = z
  .union([z.number(), z.string().max(longestText)])
  .transform(inMilliseconds)
  .pipe(z.number().min(1).max(longestMs));
