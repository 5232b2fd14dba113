import { isAbsolute, join } from 'node:path';
import { type ConfigRequest, type LoadedConfig, loadConfig, type NamedFile } from '@trae-cli/config';
import type { ConfigurationFlags } from '../flags/flags.js';
import { configDirectory, stateDirectory } from '../host/base-directories.js';
import type { Host } from '../host/host.js';

export const trustFile = (host: Host): string => join(stateDirectory(host), 'trust.json');

/** A relative path in a variable would name, and so trust, a file in every folder one goes to. */
function namedFile({ configFile }: ConfigurationFlags, host: Host): NamedFile | undefined {
  if (configFile !== undefined) return { path: host.resolvePath(configFile), origin: '--config-file', isTrusted: true };
  const named = host.environment['TRAE_CONFIG_FILE']?.trim() ?? '';
  if (named === '') return undefined;
  return { path: host.resolvePath(named), origin: 'TRAE_CONFIG_FILE', isTrusted: isAbsolute(named) };
}

export function configRequest(flags: ConfigurationFlags, workspace: string, host: Host): ConfigRequest {
  const named = namedFile(flags, host);
  return {
    workspace,
    homeDirectory: host.homeDirectory,
    userDirectory: configDirectory(host),
    trustFile: trustFile(host),
    environment: host.environment,
    ...(named === undefined ? {} : { named }),
    trust: flags.trust ?? false,
  };
}

/** The configuration that applies in a workspace, which is given by its real path. */
export const openConfiguration = (flags: ConfigurationFlags, workspace: string, host: Host): Promise<LoadedConfig> =>
  loadConfig(configRequest(flags, workspace, host));
