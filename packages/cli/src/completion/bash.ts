import type { CompletedCommand, CompletedFlag } from './completions.js';

const wayTo = (path: readonly string[]): string => path.map((name) => `/${name}`).join('');

function afterFlag(path: readonly string[], { names, value }: CompletedFlag): readonly string[] {
  if (value.kind === 'none') return [];
  const pattern = names.map((name) => `"${wayTo(path)} ${name}"`).join('|');
  // Without an answer of ours the shell completes file names, which is right for a file and harmless for a text.
  const answer = value.kind === 'words' ? `COMPREPLY=($(compgen -W "${value.words.join(' ')}" -- "$word")); ` : '';
  return [`    ${pattern}) ${answer}return ;;`];
}

function words({ argument, commands, flags, path }: CompletedCommand): readonly string[] {
  const flagNames = flags.flatMap((flag) => flag.names);
  const others = argument.kind === 'words' ? argument.words : commands.map(({ name }) => name);
  return [`    "${wayTo(path)}") words="${others.join(' ')}" flags="${flagNames.join(' ')}" ;;`];
}

/** A script for bash, which zsh understands through its bashcompinit. */
export function bashCompletion(all: readonly CompletedCommand[]): string {
  const ways = all.filter(({ path }) => path.length > 0).map(({ path }) => wayTo(path));
  return [
    '_trae_cli() {',
    '  local word="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}" at="" words="" flags="" i',
    '  COMPREPLY=()',
    // To bash, `--flag=value` is three words.
    '  if [[ $word == "=" ]]; then word=""; elif [[ $previous == "=" ]]; then previous="${COMP_WORDS[COMP_CWORD-2]}"; fi',
    '  for ((i = 1; i < COMP_CWORD; i++)); do',
    '    case "$at/${COMP_WORDS[i]}" in',
    `      ${ways.join('|')}) at="$at/\${COMP_WORDS[i]}" ;;`,
    '    esac',
    '  done',
    '  case "$at $previous" in',
    ...all.flatMap(({ flags, path }) => flags.flatMap((flag) => afterFlag(path, flag))),
    '  esac',
    '  case "$at" in',
    ...all.flatMap(words),
    '  esac',
    '  if [[ $word == -* ]]; then',
    '    COMPREPLY=($(compgen -W "$flags" -- "$word"))',
    '  elif [[ -n $words ]]; then',
    '    COMPREPLY=($(compgen -W "$words" -- "$word"))',
    '  fi',
    '}',
    'complete -o default -F _trae_cli trae-cli',
    '',
  ].join('\n');
}

export const zshCompletion = (all: readonly CompletedCommand[]): string =>
  ['autoload -Uz compinit bashcompinit', 'compinit', 'bashcompinit', bashCompletion(all)].join('\n');
