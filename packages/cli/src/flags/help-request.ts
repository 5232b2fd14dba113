import type { Command } from 'commander';
import { unknownName } from './usage-error.js';

const isHelpFlag = (word: string): boolean => word === '--help' || word === '-h';

/** `help trajectory show` as `trajectory show --help`, which reaches the commands of a group, too. */
export function helpAsFlag(argv: readonly string[]): readonly string[] {
  const [first, ...rest] = argv;
  if (first !== 'help') return argv;
  return [...rest.filter((word) => word !== 'help' && !isHelpFlag(word)), '--help'];
}

function checkWords(command: Command, [word, ...rest]: readonly string[]): void {
  if (word === undefined || command.commands.length === 0 || word === 'help') return;
  const next = command.commands.find((child) => child.name() === word);
  if (next === undefined) throw unknownName(command, word);
  checkWords(next, rest);
}

/** Throws where the help of a command is asked for that there is not: commander answers that with another page. */
export function checkHelpRequest(program: Command, argv: readonly string[]): void {
  const end = argv.indexOf('--');
  const words = end === -1 ? argv : argv.slice(0, end);
  if (!words.some(isHelpFlag)) return;
  checkWords(
    program,
    words.filter((word) => !word.startsWith('-')),
  );
}
