import type { Command, Option } from 'commander';

/** What may follow a flag. `text`: nobody can know. */
export type Value =
  | { readonly kind: 'none' | 'text' | 'file' }
  | { readonly kind: 'words'; readonly words: readonly string[] };

export type CompletedFlag = {
  /** `--provider`, `-p`; the original's two-letter ones included. */
  readonly names: readonly string[];
  readonly description: string;
  readonly value: Value;
};

export type CompletedCommand = {
  /** The words that lead to it: none for the program itself. */
  readonly path: readonly string[];
  readonly flags: readonly CompletedFlag[];
  readonly commands: readonly { readonly name: string; readonly description: string }[];
};

function valueOf({ argChoices, flags, long }: Option, providers: readonly string[]): Value {
  if (argChoices !== undefined) return { kind: 'words', words: argChoices };
  if (!/[<[]/.test(flags)) return { kind: 'none' };
  if (long === '--provider') return { kind: 'words', words: providers };
  return { kind: /<(file|path|dir)>/.test(flags) ? 'file' : 'text' };
}

const flagOf = (option: Option, providers: readonly string[]): CompletedFlag => ({
  names: option.flags.split(/[ ,]+/).filter((word) => word.startsWith('-')),
  description: option.description,
  value: valueOf(option, providers),
});

/** Everything that can be completed, the program first. */
export function completionsOf(
  command: Command,
  providers: readonly string[],
  path: readonly string[] = [],
): readonly CompletedCommand[] {
  const { commands } = command;
  const visible = command.createHelp().visibleOptions(command);
  return [
    {
      path,
      flags: visible.map((option) => flagOf(option, providers)),
      commands: commands.map((child) => ({ name: child.name(), description: child.summary() || child.description() })),
    },
    ...commands.flatMap((child) => completionsOf(child, providers, [...path, child.name()])),
  ];
}
