import type { Rule } from './rule.js';

const name = (pattern: RegExp, mark: string): Rule => ({ pattern, mark, isName: true });

/** Numbers the system hands out anew in every run. */
export const processRules: readonly Rule[] = [
  name(/(?<=\b(?:p?pid|process id)["']?[ =:#]{1,3})\d+\b/gi, '<pid>'),
  // [1] 4711: a job put in the background
  name(/(?<=^\[\d+\][+-]? {1,4})\d+$/gm, '<pid>'),
  name(/(?<=\((?:node|python|ruby):)\d+(?=\))/g, '<pid>'),
  // ==4711==: sanitizers, valgrind
  name(/(?<===)\d+(?===)/g, '<pid>'),
  // A port of fewer digits was chosen by somebody, and is the same in every run.
  name(/(?<=(?:\b(?:localhost|127\.0\.0\.1|0\.0\.0\.0)|\[::1?\]|\*):)\d{5}\b/g, '<port>'),
  name(/(?<=\bport["']?[ =:]{1,3})\d{5}\b/gi, '<port>'),
];
