import { isAbsolute, resolve } from 'node:path';

/**
 * The first candidate that is a place: an empty or relative HOME must not put our files into the workspace, and a user
 * whom nobody knows, for whom a candidate throws, has the root directory.
 */
export function firstHome(candidates: readonly (() => string)[]): string {
  for (const candidate of candidates) {
    try {
      const home = candidate();
      if (isAbsolute(home)) return home;
    } catch {
      // The system has no entry for this user; the next candidate may know.
    }
  }
  return resolve('/');
}
