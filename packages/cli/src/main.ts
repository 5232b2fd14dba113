import { Command, CommanderError } from 'commander';
import { asTraeError } from '@trae-cli/protocol';
import { addRunOptions, askedFormat, expandShortAliases, type RunFlags } from './flags/flags.js';
import type { Host } from './host/host.js';
import { reportError, reportStartFailure } from './report-error.js';
import { usageErrorFrom } from './flags/usage-error.js';
import { version } from './version.js';

const examples = `
Examples:
  trae-cli run "Fix the failing test"
  trae-cli run "Explain this" --stdin < error.log
  trae-cli run -f task.md --provider groq --must-patch --patch-path fix.patch
  trae-cli run "Add a test" --model-base-url http://localhost:8000/v1 --model qwen3-coder
  trae-cli trajectory show run.jsonl`;

type Status = { exit: number };

function addRun(program: Command, host: Host, status: Status): void {
  const run = program
    .command('run')
    .summary('Run a task and leave.')
    .description('Run a task: the agent reads, edits and runs commands in the workspace until the task is done.')
    .argument('[task]', 'what to do; `-` reads it from standard input')
    .addHelpText('after', runNotes);
  addRunOptions(run).action(async (task: string | undefined, flags: RunFlags) => {
    const { runCommand } = await import('./commands/run.js');
    status.exit = await runCommand({ task, flags }, host);
  });
}

const runNotes = `
Commands run with your rights in the workspace. The edit tools stay inside it
and --allow-path; the shell does not: run what you do not trust in a container.

Exit status: 0 completed, 1 ended without completing, 2 usage or configuration,
3 credentials, 4 provider, 70 a bug, 130 interrupted, 143 terminated.`;

function addTools(program: Command, host: Host, status: Status): void {
  program
    .command('tools')
    .description('List the tools the model is given.')
    .option('--json', 'with their input schemas, for programs')
    .action(async (flags: { readonly json?: boolean }) => {
      const { toolsCommand } = await import('./commands/tools.js');
      status.exit = await toolsCommand(flags, host);
    });
}

function addTrajectory(program: Command, host: Host, status: Status): void {
  const trajectory = program.command('trajectory').description('Work with recorded runs.');
  trajectory
    .command('show')
    .description('Print a recorded run readably.')
    .argument('<file>', 'a journal (.jsonl)')
    .action(async (file: string) => {
      const { trajectoryShowCommand } = await import('./commands/trajectory-show.js');
      status.exit = await trajectoryShowCommand(file, host);
    });
}

function buildProgram(host: Host, status: Status): Command {
  const program = new Command('trae-cli')
    .description('A coding agent for any model.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help for a command')
    .addHelpText('after', examples)
    .configureOutput({
      writeOut: (text) => host.stdout.write(text),
      // What is wrong is thrown too, and said once, in our own words.
      writeErr: () => undefined,
    })
    .exitOverride();
  addRun(program, host, status);
  addTools(program, host, status);
  addTrajectory(program, host, status);
  return program;
}

/** A result that could not be written is no success, whatever the run says. */
async function statusWhenWritten(status: number, { stdout, stderr }: Host): Promise<number> {
  const failure = await stdout.failure();
  if (failure === undefined) return status;
  stderr.write(`Error: Standard output could not be written: ${failure}.\n`);
  return Math.max(1, status);
}

/** Parses, dispatches, and turns whatever is thrown into an exit status. Never throws. */
export async function main(argv: readonly string[], host: Host): Promise<number> {
  const status: Status = { exit: 0 };
  const program = buildProgram(host, status);
  if (argv.length === 0) {
    program.outputHelp();
    return 0;
  }
  try {
    await program.parseAsync(expandShortAliases(argv), { from: 'user' });
    return await statusWhenWritten(status.exit, host);
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const told = error instanceof CommanderError ? usageErrorFrom(error, program, argv) : asTraeError(error);
    return argv[0] === 'run' ? reportStartFailure(told, askedFormat(argv), host) : reportError(told, host);
  }
}
