import { readdirSync, readFileSync } from 'node:fs';

function bears(pid: string, mark: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`TRAE_CLI_RUN=${mark}.`);
  } catch {
    return false;
  }
}

/** The processes that a run has started and that are still there. Only Linux can tell. */
export const processesOf = (mark: string): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && bears(name, mark))
    .map(Number);

export function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) [ZX]/s.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
}
