import type { Declaration } from './declaration.js';

/** The flags of `logout` as commander hands them over. */
export type LogoutFlags = { readonly all?: boolean };

export const addLogout: Declaration = (program, host, status) => {
  program
    .command('logout')
    .summary('Remove the stored key of a provider.')
    .description('Remove the key that `trae-cli login` stored for a provider.')
    .argument('[provider]', 'whose key to remove (default: you are asked)')
    .option('--all', 'remove every stored key')
    .action(async (provider: string | undefined, flags: LogoutFlags) => {
      const { logoutCommand } = await import('../logout.js');
      status.exit = await logoutCommand(provider, flags, host);
    });
};
