import { constants } from 'node:os';
import { kill } from 'node:process';

export type SignalName = 'SIGTERM' | 'SIGKILL' | 'SIGVTALRM';

/** Signals a process, or with a negative number a process group. False when there is none. */
export function sendSignal(target: number, signal: SignalName | 0): boolean {
  try {
    return kill(target, signal);
  } catch {
    return false;
  }
}

/** The status a shell reports: the program's own, or 128 and the signal's number. */
export function exitStatusOf(code: number | null, signal: NodeJS.Signals | null): number {
  if (code !== null) return code;
  return signal === null ? 1 : 128 + constants.signals[signal];
}
