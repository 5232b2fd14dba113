import { type BudgetLimits, buildInstructions } from '@trae-cli/agent';
import { createRedactor, type Model, type Tool } from '@trae-cli/protocol';
import {
  builtinTools,
  openLocalWorkspace,
  selectTools,
  withDirectoryInstructions,
  type Workspace,
} from '@trae-cli/tools';
import { redactedError } from './redacted-error.js';
import { allowedDirectories } from './configuration/allowed-directories.js';
import { budgetFor, requirePrice } from './configuration/budget.js';
import { tellFindings } from './configuration/finding-notices.js';
import { type Groundwork, layGroundwork } from './configuration/groundwork.js';
import { chosenTools, type ToolChoice } from './configuration/tool-choice.js';
import { gatherFacts } from './facts/gather.js';
import type { RunProgram } from './facts/program.js';
import type { RunFlags } from './flags/flags.js';
import type { Host } from './host/host.js';
import { requireMachine } from './host/requirements.js';
import { type RunHost, runHost } from './host/run-host.js';
import { pullModel } from './model/pull-model.js';
import { chooseModel, type ModelChoice } from './model/model-choice.js';
import { commandEnvironment } from './model/secrets.js';
import type { OpenParts } from './open-parts.js';
import { rejectSameFile } from './patch/reject-same-file.js';
import { RunRecord } from './record/run-record.js';
import { readSystemPrompt, type SystemPrompt } from './task/system-prompt.js';

/** What the flags and files decide beside who answers. */
type Terms = {
  readonly toolChoice: ToolChoice;
  readonly prompt: SystemPrompt;
  readonly allowedPaths: readonly string[];
  readonly budget: BudgetLimits;
};

/** Who answers, and with which keys known; nothing has been opened yet. */
export type Chosen = {
  readonly ground: Groundwork;
  readonly terms: Terms;
  readonly choice: ModelChoice;
  readonly model: Model;
  /** The machine, with everything that is written free of every key. */
  readonly host: RunHost;
};

/** Everything a run is made of. */
export type RunParts = Chosen & {
  readonly tools: readonly Tool[];
  readonly workspace: Workspace;
  readonly record: RunRecord;
  readonly run: RunProgram;
  /** The system prompt; gathers its facts when called, and says when the programs it asks are running. */
  readonly instructions: (onProgramsStarted: () => void) => Promise<string>;
};

function programRunner(workspace: Workspace, signal: AbortSignal): RunProgram {
  return async (file, args, { environment = {}, timeoutMs = 60_000, ...rest } = {}) =>
    workspace.exec(file, args, { signal, timeoutMs, environment, ...rest });
}

/** Contradictions are said before anybody asks for a key. */
async function settle(flags: RunFlags, ground: Groundwork, machine: Host): Promise<Terms> {
  rejectSameFile(flags, machine);
  return {
    toolChoice: chosenTools(flags, ground.config),
    prompt: await readSystemPrompt(flags, machine),
    allowedPaths: await allowedDirectories(flags, ground, machine),
    budget: budgetFor(flags, ground.config),
  };
}

async function chooseOn(ground: Groundwork, flags: RunFlags, machine: Host, signal: AbortSignal): Promise<Chosen> {
  const terms = await settle(flags, ground, machine);
  const choice = await chooseModel(flags, ground, signal);
  if (flags.pull === true) await pullModel(choice, runHost(machine, ground.secrets), signal);
  const model = await choice.provider.model(choice.model, signal);
  await requirePrice(terms.budget, choice, model);
  const secrets = choice.key === undefined ? ground.secrets : [...ground.secrets, choice.key];
  return { ground, terms, choice, model, host: runHost(machine, secrets) };
}

/** Flags, files and environment in, a model out. Throws before anything has run. */
export async function chooseParts(flags: RunFlags, machine: Host, signal: AbortSignal): Promise<Chosen> {
  await requireMachine(machine);
  const ground = await layGroundwork(flags, machine);
  try {
    return await chooseOn(ground, flags, machine, signal);
  } catch (error) {
    // A key that was misspelt in the file may well be why.
    tellFindings(ground, machine);
    throw redactedError(error, createRedactor(ground.secrets));
  }
}

function openWorkspace({ ground, terms, host }: Chosen, record: RunRecord): Promise<Workspace> {
  const { config, directory, entries } = ground;
  const { redactor } = host;
  return openLocalWorkspace({
    root: directory.root,
    allowedPaths: terms.allowedPaths,
    outputDirectory: record.outputDirectory,
    environment: commandEnvironment(host.environment, { entries, config, redactor }),
    redactor,
    clock: host.clock,
  });
}

/** Opens the record, then the workspace; `parts` keeps what has to be closed. Throws before anything has run. */
export async function assemble(
  chosen: Chosen,
  flags: RunFlags,
  { parts, signal }: { readonly parts: OpenParts; readonly signal: AbortSignal },
): Promise<RunParts> {
  const { ground, host, terms } = chosen;
  const { root } = ground.directory;
  const { redactor } = host;
  const { prompt, toolChoice } = terms;
  const record = parts.keep(await RunRecord.open({ root, host, redactor, file: flags.trajectoryFile }));
  const workspace = parts.keep(await openWorkspace(chosen, record));
  const run = programRunner(workspace, signal);
  return {
    ...chosen,
    tools: withDirectoryInstructions(selectTools(builtinTools(workspace), toolChoice), workspace),
    workspace,
    record,
    run,
    // A file name, a branch or an AGENTS.md may hold a key as well.
    instructions: async (onProgramsStarted) =>
      redactor.redact(
        buildInstructions(await gatherFacts({ root, host, run, files: workspace.files, onProgramsStarted }), prompt),
      ),
  };
}
