import { Option } from 'commander';
import { textOption } from '../../flags/flag-values.js';
import type { Declaration } from './declaration.js';

/** The flags of `login` as commander hands them over. */
export type LoginFlags = {
  readonly stdin?: boolean;
  /** False with `--no-check`. */
  readonly check: boolean;
  readonly modelBaseUrl?: string;
};

const notes = `
The key is kept in the system keychain where there is one, else in a file that
only you can read. It is never shown. An environment variable outranks it.

Examples:
  trae-cli login groq
  pass show groq | trae-cli login groq --stdin
  trae-cli login my-server --model-base-url http://localhost:8000/v1`;

export const addLogin: Declaration = (program, host, status) => {
  program
    .command('login')
    .summary('Store the key of a provider.')
    .description('Ask for the key of a provider, check it with one request, and store it.')
    .argument('[provider]', 'whose key it is (default: you are asked)')
    .addOption(new Option('--stdin', 'read the key from standard input, through a pipe'))
    .addOption(new Option('--no-check', 'store the key without asking the service whether it is good'))
    .addOption(textOption('--model-base-url <url>', "ask the service at this address, not at the provider's own"))
    .addHelpText('after', notes)
    .action(async (provider: string | undefined, flags: LoginFlags) => {
      const { loginCommand } = await import('../login.js');
      status.exit = await loginCommand(provider, flags, host);
    });
};
