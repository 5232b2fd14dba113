import type { Rule } from './rule.js';

const weekday = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';
const month = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const clock = '(?:[01]?\\d|2[0-3]):[0-5]\\d';
const zone = '(?:[A-Z]{3,4}(?:[+-]\\d{4})?|[+-]\\d{2}:?\\d{2})';
const number = '\\d+(?:[.,]\\d+)?';
const unit = '(?:ns|µs|μs|us|ms|msecs?|milliseconds?|s|secs?|seconds?|mins?|minutes?|hrs?|hours?)';

const time = (source: string): Rule => ({ pattern: new RegExp(source, 'g'), mark: '<time>', isName: false });
const duration = (source: string, flags = 'g'): Rule => ({
  pattern: new RegExp(source, flags),
  mark: '<duration>',
  isName: false,
});

/** Dates and times, then how long things took. The longer forms first. */
export const timeRules: readonly Rule[] = [
  // 2026-05-01T12:00:00.000Z, 2026-05-01 12:00 +0200
  time(`\\b\\d{4}-\\d\\d-\\d\\d[T ]${clock}(?::\\d\\d(?:[.,]\\d+)?)?(?:Z\\b| ?(?:UTC\\b|[+-]\\d{2}:?\\d{2}\\b))?`),
  // Fri May  1 12:00:00 UTC 2026, Fri, 01 May 2026 12:00:00 GMT
  time(
    `\\b${weekday},? +(?:\\d{1,2} +)?${month}(?: +\\d{1,2})?(?: +\\d{4})? +${clock}(?::\\d\\d)?(?: +(?:\\d{4}|${zone})\\b){0,2}`,
  ),
  // May  1 12:00, May  1 2026: what ls says
  time(`\\b${month} +\\d{1,2} +(?:${clock}(?::\\d\\d)?|\\d{4})\\b`),
  time('\\b\\d{4}([-/])\\d\\d\\1\\d\\d\\b'),
  // Without seconds it could be a line and a column.
  time(`(?<![\\w:.])${clock}:[0-5]\\d(?:[.,]\\d+)?(?![\\w:])`),
  // [exit code 0, after 6.2 s]: said of slow commands only, and the same command may be quick the next time.
  { pattern: /(?<=\[exit code \d{1,3}), after \d+(?:\.\d+)? s(?=\])/g, mark: '', isName: false },
  // 0m0.003s, 2m 3s
  duration(`(?<![\\w.])\\d+m ?${number}s\\b`),
  duration(`(?<![\\w.])${number} ?${unit}\\b`),
  // duration_ms 1.5, "elapsed": 0.3
  duration(`(?<=\\b(?:duration|elapsed|took)(?:_?ms|_?seconds)?["']?\\s{0,3}[:=]?\\s{0,3})${number}\\b`, 'gi'),
];
