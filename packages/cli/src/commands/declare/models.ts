import { type Command, Option } from 'commander';
import { textListOption, textOption } from '../../flags/flag-values.js';
import type { ConfigurationFlags, ModelFlags } from '../../flags/flags.js';
import type { Declaration } from './declaration.js';

/** The flags of `models` as commander hands them over. */
export type ModelsFlags = ConfigurationFlags &
  Pick<ModelFlags, 'modelBaseUrl' | 'apiKey'> & {
    readonly search?: readonly string[];
    readonly offline?: boolean;
    readonly json?: boolean;
  };

const notes = `
Prices are US dollars for a million tokens. What a service does not say itself
is from the table that comes with the program; what nobody says is left empty.

Examples:
  trae-cli models
  trae-cli models openrouter claude
  trae-cli models groq --offline
  trae-cli models --model-base-url http://localhost:8000/v1 --json`;

/** What every listing takes. */
export const addListingOptions = (command: Command): Command =>
  command
    .addOption(new Option('--json', 'print it as JSON, for programs'))
    .addOption(
      textOption(
        '-w, --working-dir <dir>',
        'the workspace, whose configuration counts (default: the current directory)',
      ),
    )
    .addOption(
      textOption('--config-file <file>', 'read this configuration, and trust it, instead of searching for one'),
    )
    .addOption(new Option('--trust', 'trust the configuration of this folder, this once'));

export const addModelsOptions = (command: Command): Command =>
  addListingOptions(
    command
      .addOption(
        textListOption(
          '-s, --search <words>',
          'only models with all of these words in their names, else in their notes',
        ),
      )
      .addOption(new Option('--offline', 'do not ask the service: show what is known of its models'))
      .addOption(textOption('--model-base-url <url>', 'ask the service at this address'))
      .addOption(
        textOption('-k, --api-key <key>', 'the API key; an environment variable or `trae-cli login` is safer'),
      ),
  );

export const addModels: Declaration = (program, host, status) => {
  const models = program
    .command('models')
    .summary('List the models of a provider.')
    .description('List the models that a provider offers, with what is known of them.')
    .argument('[provider]', 'whose models (default: the provider that a run would ask)')
    .argument('[words...]', 'the same as --search');
  addModelsOptions(models)
    .addHelpText('after', notes)
    .action(async (provider: string | undefined, words: readonly string[], flags: ModelsFlags) => {
      const { modelsCommand } = await import('../models.js');
      status.exit = await modelsCommand(provider, { ...flags, search: [...words, ...(flags.search ?? [])] }, host);
    });
};
