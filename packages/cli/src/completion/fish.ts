import type { CompletedCommand, CompletedFlag } from './completions.js';

const quoted = (text: string): string => `'${text.replaceAll(/[\\']/g, String.raw`\$&`)}'`;

/** Whether the words before lead to this command and not into one of its own. */
function condition({ commands, path }: CompletedCommand): string {
  if (path.length === 0) return '__fish_use_subcommand';
  const seen = path.map((name) => `__fish_seen_subcommand_from ${name}`);
  const deeper = commands.map(({ name }) => name).join(' ');
  return [...seen, ...(deeper === '' ? [] : [`not __fish_seen_subcommand_from ${deeper}`])].join('; and ');
}

function nameArgument(name: string): string {
  if (name.startsWith('--')) return `-l ${name.slice(2)}`;
  return name.length === 2 ? `-s ${name.slice(1)}` : `-o ${name.slice(1)}`;
}

function flagLine(command: CompletedCommand, { description, names, value }: CompletedFlag): string {
  const follows = {
    none: '',
    text: ' -x',
    file: ' -r -F',
    words: value.kind === 'words' ? ` -x -a ${quoted(value.words.join(' '))}` : '',
  } as const satisfies Record<typeof value.kind, string>;
  const what = names.map(nameArgument).join(' ');
  return `complete -c trae-cli -n ${quoted(condition(command))} ${what}${follows[value.kind]} -d ${quoted(description)}`;
}

/** A word after the command that is one of a few. */
function argumentLine(command: CompletedCommand): readonly string[] {
  const { argument } = command;
  if (argument.kind !== 'words') return [];
  return [`complete -c trae-cli -n ${quoted(condition(command))} -f -a ${quoted(argument.words.join(' '))}`];
}

export function fishCompletion(all: readonly CompletedCommand[]): string {
  const lines = all.flatMap((command) => [
    ...command.commands.map(
      ({ name, description }) =>
        `complete -c trae-cli -n ${quoted(condition(command))} -f -a ${name} -d ${quoted(description)}`,
    ),
    ...argumentLine(command),
    ...command.flags.map((flag) => flagLine(command, flag)),
  ]);
  return `${lines.join('\n')}\n`;
}
