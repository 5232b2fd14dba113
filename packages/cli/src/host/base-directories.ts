import { isAbsolute, join } from 'node:path';
import type { Host } from './host.js';

type Surroundings = Pick<Host, 'environment' | 'homeDirectory'>;

/** After the XDG base directory specification, in which a relative path is to be ignored. */
function baseDirectory(variable: string, fallback: readonly string[], host: Surroundings): string {
  const named = host.environment[variable];
  const base = named !== undefined && isAbsolute(named) ? named : join(host.homeDirectory, ...fallback);
  return join(base, 'trae-cli');
}

/** Where the person's own configuration and logins lie. */
export const configDirectory = (host: Surroundings): string => baseDirectory('XDG_CONFIG_HOME', ['.config'], host);

/** Where this program keeps what is not the person's work: records, outputs, the list of trusted folders. */
export const stateDirectory = (host: Surroundings): string =>
  baseDirectory('XDG_STATE_HOME', ['.local', 'state'], host);
