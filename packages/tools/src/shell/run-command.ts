import type { Clock } from '@trae-cli/protocol';
import type { Recorder } from '../output/recorder.js';
import { endCommand } from '../process/end-command.js';
import { childrenOf } from '../process/process-table.js';
import { type EndFrame, newMarker } from './frame.js';
import type { OutputPipe } from './output-pipe.js';
import type { ShellProcess } from './shell-process.js';

export type CommandRun = {
  readonly command: string;
  /** Numbers the commands of the run. */
  readonly call: number;
  readonly shell: ShellProcess;
  readonly pipe: OutputPipe;
  readonly recorder: Recorder;
  /** The shell may have background processes of earlier commands. */
  readonly hasJobs: boolean;
};

export type CommandLimits = {
  readonly signals: readonly AbortSignal[];
  readonly timeoutMs: number;
  readonly clock: Clock;
};

export type CommandEnd = { readonly end: 'exited' | 'timed_out' | 'cancelled'; readonly frame: EndFrame };

/** Runs one command in the shell to its end, which the limits may bring about. */
export async function runCommand(run: CommandRun, limits: CommandLimits): Promise<CommandEnd> {
  const { shell, pipe, call } = run;
  const spared = new Set(run.hasJobs ? await childrenOf(shell.pid) : []);
  const marker = newMarker();
  const ended = pipe.listen(marker, run.recorder);
  const forget = shell.whenGone((status) => void pipe.close(marker, status));
  try {
    await shell.send(call, run.command, marker);
    const end = await firstOf(ended, limits);
    if (end !== 'exited') await interrupt(shell, { spared, call, clock: limits.clock });
    return { end, frame: await ended };
  } finally {
    forget();
  }
}

async function firstOf(ended: Promise<EndFrame>, limits: CommandLimits): Promise<CommandEnd['end']> {
  const scope = new AbortController();
  const cancel = (): void => scope.abort();
  for (const signal of limits.signals) {
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel, { once: true });
  }
  const interrupted = limits.clock.sleep(limits.timeoutMs, scope.signal).then(
    () => 'timed_out' as const,
    () => 'cancelled' as const,
  );
  const end = await Promise.race([ended.then(() => 'exited' as const), interrupted]);
  for (const signal of limits.signals) signal.removeEventListener('abort', cancel);
  scope.abort();
  return end;
}

type Interruption = { readonly spared: ReadonlySet<number>; readonly call: number; readonly clock: Clock };

/** Ends the command's processes, and the shell with them: it must not go on with the rest of the line. */
async function interrupt(shell: ShellProcess, { spared, call, clock }: Interruption): Promise<void> {
  shell.askToExit();
  await endCommand({ shell: shell.pid, spared, assignment: shell.assignmentOf(call) }, clock);
  await shell.exitWithinGrace();
  await shell.kill();
}
