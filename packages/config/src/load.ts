import type { ConfigRequest, LoadedConfig } from './loaded-config.js';
import { noConfiguration } from './no-configuration.js';
import { hasConfiguration } from './search/has-configuration.js';

/**
 * Reads the files of a workspace and its person, and says what they mean together. Throws `config_invalid` for a file that
 * cannot be read or says what cannot be meant, and `untrusted` for one that reaches for what it may not have.
 */
export async function loadConfig(request: ConfigRequest): Promise<LoadedConfig> {
  if (!(await hasConfiguration(request))) return noConfiguration(request.environment);
  const { loadFiles } = await import('./load-files.js');
  return loadFiles(request);
}
