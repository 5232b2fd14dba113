import type { Clock } from '@trae-cli/protocol';
import { descendantsOf, listProcesses, startedWith } from './process-table.js';
import { sendSignal, type SignalName } from './signal.js';

/** From the friendly signal to the other one. */
const graceMs = 500;
const pauseMs = 20;

export type CommandProcesses = {
  readonly shell: number;
  /** Background processes of earlier commands, which live on. */
  readonly spared: ReadonlySet<number>;
  /** What this command's processes, and no others, have in their environment. */
  readonly assignment: string;
};

/** Ends what one command started and waits until it is gone: politely, then after half a second without asking. */
export async function endCommand(command: CommandProcesses, clock: Clock): Promise<void> {
  const never = new AbortController().signal;
  const known = new Set<number>();
  for (let waitedMs = 0; waitedMs < 4 * graceMs; waitedMs += pauseMs) {
    const running = await findRunning(command, known);
    const fresh = running.filter((pid) => !known.has(pid));
    if (running.length === 0) return;
    if (waitedMs < graceMs) signalAll(fresh, 'SIGTERM');
    else signalAll(running, 'SIGKILL');
    for (const pid of fresh) known.add(pid);
    await clock.sleep(pauseMs, never);
  }
}

/** What is below the shell, what bears the mark, and what was known and has lost its parent since. */
async function findRunning(command: CommandProcesses, known: ReadonlySet<number>): Promise<readonly number[]> {
  const processes = await listProcesses();
  const orphans = processes.map(({ pid }) => pid).filter((pid) => known.has(pid));
  const below = descendantsOf(command.shell, processes, command.spared);
  return [...new Set([...below, ...orphans, ...startedWith(command.assignment, processes)])];
}

function signalAll(pids: readonly number[], signal: SignalName): void {
  for (const pid of pids) sendSignal(pid, signal);
}
