import { addShowConfigOptions, type ShowConfigFlags } from '../../flags/flags.js';
import type { Declaration } from './declaration.js';

export const addShowConfig: Declaration = (program, host, status) => {
  const showConfig = program
    .command('show-config')
    .summary('Show every setting and where it comes from.')
    .description(
      'Show every effective setting and where it comes from: files, environment, flags, defaults. Keys are not shown.',
    );
  addShowConfigOptions(showConfig).action(async (flags: ShowConfigFlags) => {
    const { showConfigCommand } = await import('../show-config.js');
    status.exit = await showConfigCommand(flags, host);
  });
};
