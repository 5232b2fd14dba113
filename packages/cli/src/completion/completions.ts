import type { Argument, Command, Option } from 'commander';

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
  /** What stands after it beside flags. */
  readonly argument: Value;
  readonly commands: readonly { readonly name: string; readonly description: string }[];
};

/** The words that only the composition root knows. */
export type KnownWords = { readonly providers: readonly string[]; readonly tools: readonly string[] };

/** By the placeholder that stands for them. */
function wordsFor(placeholder: string, { providers, tools }: KnownWords): readonly string[] | undefined {
  if (placeholder === 'provider') return providers;
  return placeholder === 'names' ? tools : undefined;
}

function valueOf({ argChoices, flags, long }: Option, known: KnownWords): Value {
  if (argChoices !== undefined) return { kind: 'words', words: argChoices };
  const [, placeholder] = /[<[](\w+)/.exec(flags) ?? [];
  if (placeholder === undefined) return { kind: 'none' };
  const words = wordsFor(long === '--provider' ? 'provider' : placeholder, known);
  if (words !== undefined) return { kind: 'words', words };
  return { kind: /^(?:file|path|dir)$/.test(placeholder) ? 'file' : 'text' };
}

function argumentOf([argument]: readonly Argument[], known: KnownWords): Value {
  if (argument === undefined) return { kind: 'none' };
  const words = argument.argChoices ?? wordsFor(argument.name(), known);
  if (words !== undefined) return { kind: 'words', words };
  return { kind: argument.name() === 'file' || argument.name() === 'dir' ? 'file' : 'text' };
}

const flagOf = (option: Option, known: KnownWords): CompletedFlag => ({
  names: option.flags.split(/[ ,]+/).filter((word) => word.startsWith('-')),
  description: option.description,
  value: valueOf(option, known),
});

/** Everything that can be completed, the program first. */
export function completionsOf(
  command: Command,
  known: KnownWords,
  path: readonly string[] = [],
): readonly CompletedCommand[] {
  const { commands } = command;
  const visible = command.createHelp().visibleOptions(command);
  return [
    {
      path,
      flags: visible.map((option) => flagOf(option, known)),
      argument: argumentOf(command.registeredArguments, known),
      commands: commands.map((child) => ({ name: child.name(), description: child.summary() || child.description() })),
    },
    ...commands.flatMap((child) => completionsOf(child, known, [...path, child.name()])),
  ];
}
