import { buildInstructions } from '@trae-cli/agent';
import type { Model, Tool } from '@trae-cli/protocol';
import { catalog, createRegistry } from '@trae-cli/providers';
import { builtinTools, openLocalWorkspace, type Workspace } from '@trae-cli/tools';
import { gatherFacts } from './facts/gather.js';
import type { RunFlags } from './flags/flags.js';
import type { Host } from './host/host.js';
import { chooseModel, type ModelChoice } from './model/model-choice.js';
import type { OpenParts } from './open-parts.js';
import type { RunProgram } from './facts/program.js';
import { replayProvider } from './model/replay-provider.js';
import { requireMachine } from './host/requirements.js';
import type { RunHost } from './host/run-host.js';
import { RunRecord } from './record/run-record.js';
import { commandEnvironment, flagKeyOf } from './model/secrets.js';
import { existingDirectory, type WorkingDirectory } from './host/working-directory.js';

/** Everything a run is made of. */
export type RunParts = {
  readonly directory: WorkingDirectory;
  readonly choice: ModelChoice;
  readonly model: Model;
  readonly tools: readonly Tool[];
  readonly workspace: Workspace;
  readonly record: RunRecord;
  readonly run: RunProgram;
  /** The system prompt; gathers its facts when called. */
  readonly instructions: () => Promise<string>;
};

function programRunner(workspace: Workspace, signal: AbortSignal): RunProgram {
  return async (file, args, { environment = {}, timeoutMs = 60_000, ...rest } = {}) =>
    workspace.exec(file, args, { signal, timeoutMs, environment, ...rest });
}

async function allowedDirectories(flags: RunFlags, host: Host): Promise<readonly string[]> {
  const named = flags.allowPath ?? [];
  const found = await Promise.all(named.map((path) => existingDirectory(path, host, '--allow-path')));
  return found.map(({ root }) => root);
}

type Opened = {
  readonly directory: WorkingDirectory;
  readonly choice: ModelChoice;
  readonly model: Model;
};

async function chooseParts(flags: RunFlags, host: Host, signal: AbortSignal): Promise<Opened> {
  await requireMachine(host);
  const directory = await existingDirectory(flags.workingDir ?? '.', host, '--working-dir');
  const flagKey = flagKeyOf(flags.apiKey);
  const registry = createRegistry(
    catalog,
    { clock: host.clock, random: () => host.random() },
    new Map([['replay', () => replayProvider(directory.root, host)]]),
  );
  const { environment } = host;
  const choice = await chooseModel(flags, { registry, entries: catalog, environment, flagKey }, signal);
  const model = await choice.provider.model(choice.model, signal);
  return { directory, choice, model };
}

async function openWorkspace(opened: Opened, record: RunRecord, { flags, host }: RunInputs): Promise<Workspace> {
  return openLocalWorkspace({
    root: opened.directory.root,
    allowedPaths: await allowedDirectories(flags, host),
    outputDirectory: record.outputDirectory,
    environment: commandEnvironment(catalog, host.environment, host.redactor),
    redactor: host.redactor,
    clock: host.clock,
  });
}

type RunInputs = { readonly flags: RunFlags; readonly host: RunHost };

/** Flags and environment in, the parts of a run out; `parts` keeps what has to be closed. Throws before anything has run. */
export async function assemble(inputs: RunInputs, parts: OpenParts, signal: AbortSignal): Promise<RunParts> {
  const { flags, host } = inputs;
  const opened = await chooseParts(flags, host, signal);
  const { directory, choice, model } = opened;
  const { root } = directory;
  const { redactor } = host;
  const record = parts.keep(await RunRecord.open({ root, host, redactor, file: flags.trajectoryFile }));
  const workspace = parts.keep(await openWorkspace(opened, record, inputs));
  const run = programRunner(workspace, signal);
  return {
    directory,
    choice,
    model,
    tools: builtinTools(workspace),
    workspace,
    record,
    run,
    // A file name, a branch or an AGENTS.md may hold a key as well.
    instructions: async () =>
      redactor.redact(buildInstructions(await gatherFacts({ root, host, run, files: workspace.files }))),
  };
}
