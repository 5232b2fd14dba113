import { durationMs } from '@trae-cli/protocol';
import { readAllowances } from '../pace/allowances.js';
import type { ServiceError } from './service-error.js';

type Headers = Readonly<Record<string, string>>;

/** Characters; a wait that takes more to say is not one. */
const longestWait = 40;
/** The last moment a Date can name, in milliseconds since 1970. */
const lastMoment = 8.64e15;

const positive = (milliseconds: number): number | undefined =>
  Number.isFinite(milliseconds) && milliseconds > 0 ? milliseconds : undefined;

/** Until a moment on the service's own clock, which every answer names: that of this machine may be wrong. */
const until = (moment: number, headers: Headers): number | undefined =>
  positive(moment - Date.parse(headers['date'] ?? ''));

function retryAfter(headers: Headers): number | undefined {
  const text = headers['retry-after'];
  if (text === undefined) return undefined;
  const seconds = Number(text);
  return Number.isNaN(seconds) ? until(Date.parse(text), headers) : positive(seconds * 1000);
}

/** OpenRouter repeats its headers in the body; the time is in milliseconds since 1970. */
export function resetTime({ details }: ServiceError): Date | undefined {
  const reset = Number(details.metadata?.headers?.['X-RateLimit-Reset']);
  return reset > 0 && reset <= lastMoment ? new Date(reset) : undefined;
}

/** Where nothing remains of an allowance, its reset is what to wait for. */
function exhaustedAllowance(headers: Headers): number | undefined {
  const exhausted = readAllowances(headers).filter(({ remaining }) => remaining <= 0);
  return positive(Math.max(0, ...exhausted.map(({ resetMs }) => resetMs ?? 0)));
}

/** `Please try again in 7m12s`, `Please retry after 20 seconds`. */
const waitInWords =
  /(?:try again|retry) (?:in|after) (?:((?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+)|(\d+(?:\.\d+)?) seconds?\b)/i;

function inWords({ message }: ServiceError): number | undefined {
  const [, span = '', seconds] = waitInWords.exec(message) ?? [];
  return positive(seconds === undefined ? (durationMs(span) ?? 0) : Number(seconds) * 1000);
}

/** Gemini: `details[].retryDelay: "17s"`. */
function inDetails({ details }: ServiceError): number | undefined {
  for (const detail of details.details ?? []) {
    if (typeof detail.retryDelay === 'string')
      return positive(durationMs(detail.retryDelay.slice(0, longestWait)) ?? 0);
  }
  return undefined;
}

/** How long the service asks to be left alone, in milliseconds, wherever it says so. */
export function waitAskedFor(headers: Headers, error: ServiceError): number | undefined {
  const reset = resetTime(error);
  return (
    positive(Number(headers['retry-after-ms'])) ??
    retryAfter(headers) ??
    (reset === undefined ? undefined : until(reset.getTime(), headers)) ??
    exhaustedAllowance(headers) ??
    inWords(error) ??
    inDetails(error)
  );
}
