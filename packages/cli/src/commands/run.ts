import { type AgentOptions, runAgent } from '@trae-cli/agent';
import { asTraeError, createSessionFold, type RunOutcome, type Session, textOf } from '@trae-cli/protocol';
import { assemble, chooseParts, type RunParts } from '../assemble.js';
import { firstSecrets } from '../configuration/groundwork.js';
import { defaultMaxSteps, type RunFlags } from '../flags/flags.js';
import type { Host } from '../host/host.js';
import { OpenParts } from '../open-parts.js';
import type { IllustratedTask } from '../images/attach-images.js';
import { illustrate } from '../images/illustrate.js';
import { createOutput } from '../output/create-output.js';
import type { RunOutput, RunReport } from '../output/run-output.js';
import { type PatchCheck, preparePatchCheck } from '../patch/patch-check.js';
import { reportEarlyStop, reportStartFailure } from '../report-error.js';
import { introduce } from '../introduction.js';
import { runHost } from '../host/run-host.js';
import { exitStatusOf, StopSwitch } from '../host/stop.js';
import { readTask } from '../task/read-task.js';
import { version } from '../version.js';

export type RunInvocation = { readonly task: string | undefined; readonly flags: RunFlags };

const nudge = 'Your answer was empty. Go on with the task, or finish it with task_done.';

const unexpectedEnd: RunOutcome = {
  status: 'failed',
  error: { code: 'internal', message: 'The run ended without saying how.' },
};

/** The result: what `task_done` summed up, else the model's last words. */
function summaryOf(outcome: RunOutcome, { messages }: Session): string {
  if (outcome.status !== 'completed') return '';
  if (outcome.summary.trim() !== '') return outcome.summary;
  const last = messages.findLast((message) => message.role === 'assistant' && textOf(message.content).trim() !== '');
  return last === undefined ? '' : textOf(last.content);
}

type Prepared = {
  /** In words. */
  readonly task: string;
  readonly illustrated: IllustratedTask;
  readonly parts: RunParts;
  readonly patch: PatchCheck;
  readonly output: RunOutput;
};

async function agentOptions(
  { parts, patch }: Prepared,
  flags: RunFlags,
  host: Host,
): Promise<Omit<AgentOptions, 'signal'>> {
  // The programs that are asked for facts run while the client is loaded.
  const instructions = await parts.instructions(() => parts.choice.provider.warm());
  return {
    model: parts.model,
    tools: parts.tools,
    instructions,
    root: parts.ground.directory.root,
    version,
    maxSteps: flags.maxSteps ?? parts.choice.maxSteps ?? parts.ground.config.general.maxSteps?.value ?? defaultMaxSteps,
    sampling: parts.choice.sampling,
    budget: parts.terms.budget,
    nudge,
    ...(patch.verify === undefined ? {} : { verify: patch.verify }),
    spill: (callId, text) => parts.workspace.spill(callId, text),
    now: () => Math.round(host.clock.now()),
  };
}

/** Runs the loop to its end, recording and showing each event as it comes. */
async function drive(
  prepared: Prepared,
  flags: RunFlags,
  { host, stop }: { readonly host: Host; readonly stop: StopSwitch },
) {
  const { illustrated, parts, output } = prepared;
  const fold = createSessionFold();
  const options = { ...(await agentOptions(prepared, flags, host)), signal: stop.signal };
  let isFailureTold = false;
  // The first command should not have to wait for the shell.
  parts.workspace.shell.warm();
  for await (const event of runAgent(illustrated.message, options)) {
    output.show(event, parts.record.append(event));
    fold.apply(event);
    if (parts.record.failure !== undefined && !isFailureTold) {
      isFailureTold = true;
      output.notice(`the run goes on, but is no longer recorded: ${parts.record.failure}`);
    }
  }
  return fold.session();
}

/** Writes what is left of a run. Gives back where the patch is and, in a sentence each, what could not be kept. */
async function keep({ parts: { record }, patch }: Prepared): Promise<Pick<RunReport, 'patchPath' | 'losses'>> {
  // The run may have been stopped; its patch is wanted all the same, and a second Ctrl-C leaves at once.
  const patchFailure = await patch.write(new AbortController().signal);
  const recordFailure = record.failure ?? (await record.writeDocument());
  const losses = [
    ...(patchFailure === undefined ? [] : [`The patch is not written: ${patchFailure}`]),
    ...(recordFailure === undefined ? [] : [`The record is incomplete: ${recordFailure}`]),
  ];
  return { patchPath: patchFailure === undefined ? patch.path : undefined, losses };
}

async function runPrepared(
  prepared: Prepared,
  flags: RunFlags,
  { host, stop }: { readonly host: Host; readonly stop: StopSwitch },
) {
  const { illustrated, parts, output, task } = prepared;
  const startedAt = host.clock.now();
  const { choice, record } = parts;
  output.started(introduce(parts, { flags, notices: illustrated.notices }));
  await record.index({ at: host.today(), task, provider: choice.provider.id, model: choice.model });
  const session = await drive(prepared, flags, { host, stop });
  const outcome = session.outcome ?? unexpectedEnd;
  const kept = await keep(prepared);
  const durationMs = host.clock.now() - startedAt;
  const summary = summaryOf(outcome, session);
  const { budget } = parts.terms;
  output.ended({ outcome, session, summary, budget, durationMs, trajectoryPath: record.shownPath, ...kept });
  return outcome.status === 'completed' && kept.losses.length > 0 ? 1 : exitStatusOf(outcome);
}

async function prepare(
  invocation: RunInvocation,
  opened: OpenParts,
  { host: machine, stop }: { readonly host: Host; readonly stop: StopSwitch },
): Promise<Prepared> {
  const { flags } = invocation;
  const source = { argument: invocation.task, file: flags.file, stdin: flags.stdin ?? false };
  const task = await readTask(source, machine, stop.signal);
  const chosen = await chooseParts(flags, machine, stop.signal);
  const { host } = chosen;
  // A log that is piped in may hold a key, and the model need not know it.
  const redacted = host.redactor.redact(task);
  const illustrated = await illustrate(
    {
      task: redacted,
      images: flags.image ?? [],
      model: chosen.model,
      isLive: chosen.choice.isLive,
      network: chosen.ground.network,
    },
    { host, signal: stop.signal },
  );
  const parts = await assemble(chosen, flags, { parts: opened, signal: stop.signal });
  const patch = await preparePatchCheck(flags, parts, { host, opened, signal: stop.signal });
  return { task: redacted, illustrated, parts, patch, output: createOutput(flags, host) };
}

/** `trae-cli run`: one task, from the flags to the exit status. */
export async function runCommand(invocation: RunInvocation, machine: Host): Promise<number> {
  const { flags } = invocation;
  const host = runHost(machine, firstSecrets(flags, machine));
  using stop = new StopSwitch(host, () => host.stderr.write('\nStopping… (once more to leave at once)\n'));
  if (flags.timeout !== undefined) stop.limitTime(flags.timeout);
  await using opened = new OpenParts();
  try {
    const prepared = await prepare(invocation, opened, { host: machine, stop });
    return await runPrepared(prepared, flags, { host: prepared.parts.host, stop });
  } catch (error) {
    if (stop.signal.aborted) return reportEarlyStop(stop.reason, flags.outputFormat, host);
    return reportStartFailure(asTraeError(error), flags.outputFormat, host);
  }
}
