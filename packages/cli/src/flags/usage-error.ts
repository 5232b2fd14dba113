import type { Command, CommanderError } from 'commander';
import { didYouMean, nearest, TraeError } from '@trae-cli/protocol';

/** The command that the words lead to: `trajectory show` in `trajectory show FILE`. */
function commandAt(program: Command, argv: readonly string[]): Command {
  const [word, ...rest] = argv.filter((candidate) => !candidate.startsWith('-'));
  const next = program.commands.find((command) => command.name() === word);
  return next === undefined ? program : commandAt(next, rest);
}

function fullName(command: Command): string {
  return command.parent === null ? command.name() : `${fullName(command.parent)} ${command.name()}`;
}

const taskExample = 'trae-cli run "Fix the failing test"';

function hintFor({ code, message }: CommanderError, command: Command): string {
  const name = fullName(command);
  const help = `\`${name} --help\` lists what there is.`;
  if (code === 'commander.unknownCommand' && command.parent === null)
    return `A task is given like this: ${taskExample}. ${help}`;
  // No flag has a space in it, but the task `- mend this` has.
  if (code === 'commander.unknownOption' && /'-[^']*\s/.test(message))
    return 'A task that begins with a dash stands after `--`.';
  if (code === 'commander.excessArguments' && command.name() === 'run')
    return `Put the task in quotes: ${taskExample}.`;
  return code === 'commander.conflictingOption' ? 'Leave one of them out.' : help;
}

const commandsOf = ({ commands }: Command): string => commands.map((child) => child.name()).join(', ');

/** For the name of a command that there is not. */
export function unknownName(command: Command, name: string): TraeError {
  const meant = nearest(
    name,
    command.commands.map((child) => child.name()),
  );
  return new TraeError('usage', `Unknown command '${name}'.${didYouMean(meant)}`, {
    hint: `Choose one of ${commandsOf(command)}.`,
  });
}

/** commander answers a group without a command with a page and no word of why. */
const missingName = (command: Command): TraeError =>
  new TraeError('usage', `\`${fullName(command)}\` needs a command.`, {
    hint: `Choose one of ${commandsOf(command)}.`,
  });

/** Flags of the original whose part is not built yet: not unknown, and not to be taken for something near. */
const notBuiltYet: readonly string[] = [
  '--docker-image',
  '--docker-container-id',
  '--dockerfile-path',
  '--docker-image-file',
  '--docker-keep',
];

function notBuiltFlag(words: string): TraeError | undefined {
  const flag = notBuiltYet.find((name) => words.includes(`'${name}'`) || words.includes(`'${name}=`));
  if (flag === undefined) return undefined;
  return new TraeError('usage', `${flag} is not built yet: commands run on this machine.`, {
    hint: 'Leave it out; to keep a run apart from your machine, start trae-cli inside the container.',
  });
}

/** commander has no suggestion for a flag that came with its value: `--api-kee=…`. */
function flagMeantBy(words: string, command: Command): string | undefined {
  const [, flag] = /unknown option '(--[\w-]+)=/.exec(words) ?? [];
  const known = command.options.flatMap(({ long }) => long ?? []);
  const meant = flag === undefined ? undefined : nearest(flag, known);
  return meant === undefined ? undefined : `Did you mean ${meant}?`;
}

/** What commander found wrong, as one of our own errors. */
export function usageErrorFrom(error: CommanderError, program: Command, argv: readonly string[]): TraeError {
  const command = commandAt(program, argv);
  if (error.code === 'commander.help') return missingName(command);
  // What stands after `=` may be a key, given to a flag that was misspelt.
  const words = error.message.replace(/^error: /, '').replaceAll(/('--[\w-]+)=[^']*'/g, "$1=…'");
  const notBuilt = error.code === 'commander.unknownOption' ? notBuiltFlag(words) : undefined;
  if (notBuilt !== undefined) return notBuilt;
  const [fact = '', question] = words.split(/\n\((.*)\)$/);
  const suggestion = question ?? flagMeantBy(words, command);
  const message = `${fact.charAt(0).toUpperCase()}${fact.slice(1).replace(/\.?$/, '.')}`;
  return new TraeError('usage', suggestion === undefined ? message : `${message} ${suggestion}`, {
    hint: hintFor(error, command),
  });
}
