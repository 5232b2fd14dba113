import { Option } from 'commander';
import type { Declaration } from './declaration.js';

export type TrustFlags = { readonly remove?: boolean; readonly list?: boolean };

const notes = `
The configuration of a folder you have not trusted is read, but it may not send
your keys to addresses of its own choice, read variables of your environment, or
widen what the agent reaches. Trust holds for this very folder, not for folders
inside it.`;

export const addTrust: Declaration = (program, host, status) => {
  program
    .command('trust')
    .summary('Trust the configuration of a folder.')
    .description('Trust the configuration and the .env of a folder you know.')
    .argument('[dir]', 'the folder with the configuration (default: the one whose configuration applies here)')
    .addOption(new Option('--remove', 'trust it no longer').conflicts('list'))
    .option('--list', 'list the folders that are trusted')
    .addHelpText('after', notes)
    .action(async (directory: string | undefined, flags: TrustFlags) => {
      const { trustCommand } = await import('../trust.js');
      status.exit = await trustCommand(directory, flags, host);
    });
};
