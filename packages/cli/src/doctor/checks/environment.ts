import { type Check, ok, type Verdict, warning } from '../check.js';
import { conflictsFor } from '../conflicts.js';

function judge(conflicts: readonly string[]): Verdict {
  if (conflicts.length === 0) return ok('nothing redirects or competes');
  return warning(conflicts.length === 1 ? 'one thing to know' : `${conflicts.length} things to know`, ...conflicts);
}

export const environment: Check = {
  id: 'environment',
  needs: ['provider'],
  sends: false,
  limitMs: 10_000,
  run: async (patient) => ({ verdict: judge(await conflictsFor(patient)) }),
};
