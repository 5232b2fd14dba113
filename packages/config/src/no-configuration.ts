import type { Environment } from '@trae-cli/protocol';
import { variableOf } from './interpolate/variables.js';
import type { LoadedConfig } from './loaded-config.js';

/** What holds where there is no file at all. */
export const noConfiguration = (environment: Environment): LoadedConfig => ({
  files: [],
  dotenv: undefined,
  general: {},
  providerNames: [],
  provider: (name) => ({ name, headers: {} }),
  variable: (name) => variableOf({ environment, dotenv: undefined }, name),
  leaves: [],
  secrets: [],
  secretVariables: [],
  findings: [],
});
