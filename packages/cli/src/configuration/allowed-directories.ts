import { describeSource } from '@trae-cli/config';
import type { RunFlags } from '../flags/flags.js';
import type { Host } from '../host/host.js';
import { existingDirectory } from '../host/working-directory.js';
import type { Groundwork } from './groundwork.js';

type Named = { readonly path: string; readonly by: string };

function configured({ config, directory }: Pick<Groundwork, 'config' | 'directory'>): readonly Named[] {
  const { allowPaths } = config.general;
  if (allowPaths === undefined) return [];
  const by = `"allow_paths" (${describeSource(allowPaths.source, { relativeTo: directory.root })})`;
  return allowPaths.value.map((path) => ({ path, by }));
}

/** The directories beside the workspace that may be edited: of the flags, then of the files. Throws for one that is not there. */
export async function allowedDirectories(
  { allowPath = [] }: Pick<RunFlags, 'allowPath'>,
  ground: Pick<Groundwork, 'config' | 'directory'>,
  host: Pick<Host, 'resolvePath'>,
): Promise<readonly string[]> {
  const named = [...allowPath.map((path) => ({ path, by: '--allow-path' })), ...configured(ground)];
  const found = await Promise.all(named.map(({ path, by }) => existingDirectory(path, host, by)));
  return found.map(({ root }) => root);
}
