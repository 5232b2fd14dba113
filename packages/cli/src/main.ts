import { type Argument, Command, CommanderError } from 'commander';
import { asTraeError } from '@trae-cli/protocol';
import { addCompletion } from './commands/declare/completion.js';
import type { Declaration, Status } from './commands/declare/declaration.js';
import { addDoctor } from './commands/declare/doctor.js';
import { addInit } from './commands/declare/init.js';
import { addLogin } from './commands/declare/login.js';
import { addLogout } from './commands/declare/logout.js';
import { addModels } from './commands/declare/models.js';
import { addProviders } from './commands/declare/providers.js';
import { addRun } from './commands/declare/run.js';
import { addShowConfig } from './commands/declare/show-config.js';
import { addTools } from './commands/declare/tools.js';
import { addTrajectory } from './commands/declare/trajectory.js';
import { addTrust } from './commands/declare/trust.js';
import { askedFormat, expandShortAliases } from './flags/flags.js';
import { checkHelpRequest, helpAsFlag } from './flags/help-request.js';
import type { Host } from './host/host.js';
import { reportError, reportStartFailure } from './report-error.js';
import { usageErrorFrom } from './flags/usage-error.js';
import { version } from './version.js';

const examples = `
Examples:
  trae-cli run "Fix the failing test"
  trae-cli run "Explain this" --stdin < error.log
  trae-cli run -f task.md --provider groq --must-patch --patch-path fix.patch
  trae-cli run "Add a test" --model-base-url http://localhost:8000/v1 -m qwen3
  trae-cli trajectory show run.jsonl`;

/** In the order the help shows. */
const declarations: Readonly<Record<string, Declaration>> = {
  run: addRun,
  init: addInit,
  login: addLogin,
  logout: addLogout,
  providers: addProviders,
  models: addModels,
  doctor: addDoctor,
  'show-config': addShowConfig,
  trust: addTrust,
  tools: addTools,
  trajectory: addTrajectory,
  completion: addCompletion,
};

/** A command that is named needs no other beside it, except the one that tells of all of them. */
function declarationsFor([name = '']: readonly string[]): readonly Declaration[] {
  const named = Object.hasOwn(declarations, name) ? declarations[name] : undefined;
  return named === undefined || named === addCompletion ? Object.values(declarations) : [named];
}

/** A command in the list of all of them: its name and what it takes; that there are options goes without saying. */
const termOf = (command: Command): string =>
  [command.name(), ...command.registeredArguments.map((argument) => humanReadable(argument))].join(' ');

function humanReadable(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}

function buildProgram(argv: readonly string[], host: Host, status: Status): Command {
  const program = new Command('trae-cli')
    .description('A coding agent for any model.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help for a command')
    .configureHelp({ subcommandTerm: termOf })
    .addHelpText('after', examples)
    .configureOutput({
      writeOut: (text) => host.stdout.write(text),
      // What is wrong is thrown too, and said once, in our own words.
      writeErr: () => undefined,
    })
    .exitOverride();
  for (const declare of declarationsFor(argv)) declare(program, host, status);
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
export async function main(typed: readonly string[], host: Host): Promise<number> {
  const argv = helpAsFlag(typed);
  const status: Status = { exit: 0 };
  const program = buildProgram(argv, host, status);
  if (argv.length === 0) {
    program.outputHelp();
    return 0;
  }
  try {
    checkHelpRequest(program, argv);
    await program.parseAsync(expandShortAliases(argv), { from: 'user' });
    return await statusWhenWritten(status.exit, host);
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const told = error instanceof CommanderError ? usageErrorFrom(error, program, argv) : asTraeError(error);
    return argv[0] === 'run' ? reportStartFailure(told, askedFormat(argv), host) : reportError(told, host);
  }
}
