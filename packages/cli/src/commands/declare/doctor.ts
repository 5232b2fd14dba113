import { Option } from 'commander';
import { nameOption, textOption } from '../../flags/flag-values.js';
import type { ConfigurationFlags, ModelFlags } from '../../flags/flags.js';
import type { Declaration } from './declaration.js';
import { addListingOptions } from './models.js';
import type { Command } from 'commander';

/** The flags of `doctor` as commander hands them over. */
export type DoctorFlags = ConfigurationFlags &
  Pick<ModelFlags, 'model' | 'modelBaseUrl' | 'apiKey'> & {
    readonly all?: boolean;
    readonly fix?: boolean;
    readonly offline?: boolean;
    readonly json?: boolean;
  };

const notes = `
A few small requests are made as a run would make them, which costs a fraction
of a cent where a service is paid for. Keys are never shown.

Exit status: 0 nothing failed, else that of the first failure: 2 usage or
configuration, 3 credentials, 4 provider.

Examples:
  trae-cli doctor
  trae-cli doctor groq -m openai/gpt-oss-120b
  trae-cli doctor --model-base-url http://localhost:8000/v1 --fix
  trae-cli doctor --all`;

export const addDoctorOptions = (command: Command): Command =>
  addListingOptions(
    command
      .addOption(new Option('--all', 'check every configured provider, and show them side by side'))
      .addOption(new Option('--fix', 'write what was found out about the service into the configuration'))
      .addOption(new Option('--offline', 'do only what sends nothing').conflicts('fix'))
      .addOption(nameOption('-m, --model <id>', 'the model (default: the one that a run would ask)').conflicts('all'))
      .addOption(textOption('--model-base-url <url>', 'check the service at this address').conflicts('all'))
      .addOption(
        textOption(
          '-k, --api-key <key>',
          'the API key; an environment variable or `trae-cli login` is safer',
        ).conflicts('all'),
      ),
  );

export const addDoctor: Declaration = (program, host, status) => {
  const doctor = program
    .command('doctor')
    .summary('Find out why a provider does not work.')
    .description('Check a provider from the configuration to a real tool call, and say what to do where it fails.')
    .argument('[provider]', 'whom to check (default: the provider that a run would ask)');
  addDoctorOptions(doctor)
    .addHelpText('after', notes)
    .action(async (provider: string | undefined, flags: DoctorFlags) => {
      const { doctorCommand } = await import('../doctor.js');
      status.exit = await doctorCommand(provider, flags, host);
    });
};
