import type { Command } from 'commander';
import type { ConfigurationFlags } from '../../flags/flags.js';
import type { Declaration } from './declaration.js';
import { addListingOptions } from './models.js';

/** The flags of `providers` as commander hands them over. */
export type ProvidersFlags = ConfigurationFlags & { readonly json?: boolean };

const notes = `
Keys are never shown, and no keychain is asked for one.

Examples:
  trae-cli providers
  trae-cli providers groq`;

export const addProvidersOptions = (command: Command): Command => addListingOptions(command);

export const addProviders: Declaration = (program, host, status) => {
  const providers = program
    .command('providers')
    .summary('List the providers.')
    .description('List the providers: whether there is a key, where requests go, and the default model.')
    .argument('[provider]', 'show everything about this one');
  addProvidersOptions(providers)
    .addHelpText('after', notes)
    .action(async (provider: string | undefined, flags: ProvidersFlags) => {
      const { providersCommand } = await import('../providers.js');
      status.exit = await providersCommand(provider, flags, host);
    });
};
