import type { CheckResult } from './check.js';

const counted = (count: number, one: string, many: string): readonly string[] =>
  count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];

/** All of it in a few words: `nothing failed, 2 warnings`. */
export function summaryOf(results: readonly CheckResult[]): string {
  const of = (status: CheckResult['status']): number => results.filter((result) => result.status === status).length;
  const failures = of('failed');
  return [
    failures === 0 ? 'nothing failed' : `${failures} failed`,
    ...counted(of('warning'), 'warning', 'warnings'),
    ...counted(of('skipped'), 'skipped', 'skipped'),
  ].join(', ');
}
