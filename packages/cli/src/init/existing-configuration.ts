import { join } from 'node:path';
import { loadConfig } from '@trae-cli/config';
import { TraeError } from '@trae-cli/protocol';

const hint = 'Edit it, or move it away first: init overwrites nothing.';

/** Throws where a directory has a configuration of its own already, whatever it is called. */
export async function rejectExisting(directory: string): Promise<void> {
  const nowhere = join(directory, '.trae-cli', 'none');
  try {
    // What a search of this very directory finds, and of nothing above it.
    const { files } = await loadConfig({
      workspace: directory,
      homeDirectory: directory,
      userDirectory: nowhere,
      trustFile: nowhere,
      environment: {},
      trust: true,
    });
    const [found] = files;
    if (found !== undefined) throw new TraeError('usage', `There is a configuration already: ${found.path}.`, { hint });
  } catch (error) {
    // A `.env` that cannot be read is no configuration, and would be in the way of every run.
    const isConfiguration = error instanceof TraeError && !error.message.includes(join(directory, '.env'));
    if (!isConfiguration || error.code !== 'config_invalid') throw error;
    throw new TraeError('usage', `There is a configuration already. ${error.message}`, { hint, cause: error });
  }
}
