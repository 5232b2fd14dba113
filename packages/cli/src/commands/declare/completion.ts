import { Argument, type Command } from 'commander';
import type { Declaration } from './declaration.js';

const notes = `
For this shell:  source <(trae-cli completion bash)
For every one:   put that line into ~/.bashrc (with zsh into ~/.zshrc), or
  trae-cli completion fish > ~/.config/fish/completions/trae-cli.fish`;

export const addCompletion: Declaration = (program: Command, host, status) => {
  program
    .command('completion')
    .summary('Print a script that completes commands and flags.')
    .description('Print a script that lets your shell complete commands, flags and their values.')
    .addArgument(new Argument('<shell>', 'which shell').choices(['bash', 'zsh', 'fish']))
    .addHelpText('after', notes)
    .action(async (shell: 'bash' | 'zsh' | 'fish') => {
      const { completionCommand } = await import('../completion.js');
      status.exit = completionCommand(shell, program, host);
    });
};
