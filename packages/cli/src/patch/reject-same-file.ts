import { TraeError } from '@trae-cli/protocol';
import type { RunFlags } from '../flags/flags.js';
import type { Host } from '../host/host.js';

type FileFlags = Pick<RunFlags, 'configFile' | 'file' | 'patchPath' | 'systemPromptFile' | 'trajectoryFile'>;

/** Throws where the patch would be written over a file that another flag names, or over the journal beside it. */
export function rejectSameFile(flags: FileFlags, { resolvePath }: Pick<Host, 'resolvePath'>): void {
  const { patchPath, trajectoryFile } = flags;
  if (patchPath === undefined) return;
  const others = {
    '--file': [flags.file],
    '--config-file': [flags.configFile],
    '--system-prompt-file': [flags.systemPromptFile],
    '--trajectory-file': [
      trajectoryFile,
      trajectoryFile?.endsWith('.json') === true ? `${trajectoryFile}l` : undefined,
    ],
  } as const;
  const patch = resolvePath(patchPath);
  for (const [flag, paths] of Object.entries(others))
    if (paths.some((path) => path !== undefined && resolvePath(path) === patch))
      throw new TraeError('usage', `--patch-path would overwrite ${patch}, which is the file of ${flag}.`, {
        hint: 'Name another file with --patch-path.',
      });
}
