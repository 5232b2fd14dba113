import { Option } from 'commander';
import { textOption } from '../../flags/flag-values.js';
import type { Declaration } from './declaration.js';

/** The flags of `init` as commander hands them over. */
export type InitFlags = {
  readonly provider?: string;
  readonly model?: string;
  readonly modelBaseUrl?: string;
  readonly json?: boolean;
  readonly user?: boolean;
};

const notes = `
No key is written. A configuration that is there already is never overwritten.

Examples:
  trae-cli init
  trae-cli init --provider groq
  trae-cli init -p my-server --model-base-url http://localhost:8000/v1 -m qwen3`;

export const addInit: Declaration = (program, host, status) => {
  program
    .command('init')
    .summary('Write a configuration file to start from.')
    .description('Write a commented configuration file, trae_config.yaml, to the current directory.')
    .addOption(textOption('-p, --provider <name>', 'who answers (default: you are asked)'))
    .addOption(textOption('-m, --model <id>', 'the model (default: the one recommended for the provider)'))
    .addOption(textOption('--model-base-url <url>', 'address of a server of your own'))
    .addOption(new Option('--json', 'write trae_config.json instead'))
    .addOption(new Option('--user', 'write it for all your projects, to ~/.config/trae-cli'))
    .addHelpText('after', notes)
    .action(async (flags: InitFlags) => {
      const { initCommand } = await import('../init.js');
      status.exit = await initCommand(flags, host);
    });
};
