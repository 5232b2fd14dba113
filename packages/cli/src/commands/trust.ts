import { dirname } from 'node:path';
import { addTrustedFolder, readTrustStore, removeTrustedFolder } from '@trae-cli/config';
import { printable, TraeError } from '@trae-cli/protocol';
import { openConfiguration, trustFile } from '../configuration/open-configuration.js';
import type { Host } from '../host/host.js';
import { existingDirectory } from '../host/working-directory.js';
import type { TrustFlags } from './declare/trust.js';

const way = '`trae-cli trust DIR`';

/** The folder whose configuration applies to the current directory; that directory itself where there is none. */
async function folderHere(host: Host): Promise<string> {
  const { root } = await existingDirectory('.', host, way);
  // What trust would allow is not asked for here: the file may hold what an untrusted one may not.
  const { files } = await openConfiguration({ trust: true }, root, host);
  const project = files.find(({ scope }) => scope === 'project');
  return project === undefined ? root : (await existingDirectory(dirname(project.path), host, way)).root;
}

/** What has been removed from the disk can be removed from the list, too. */
async function folderNamed(directory: string, { remove = false }: TrustFlags, host: Host): Promise<string> {
  try {
    return (await existingDirectory(directory, host, way)).root;
  } catch (error) {
    if (remove) return host.resolvePath(directory);
    throw error;
  }
}

async function list(host: Host): Promise<number> {
  const file = trustFile(host);
  const { folders, problem } = await readTrustStore(file);
  if (problem !== undefined)
    throw new TraeError('config_invalid', `The list of trusted folders, ${file}, is not believed: ${problem}.`, {
      hint: 'No folder is trusted as long as it is so. Look at it, and remove it to begin a new one.',
    });
  if (folders.length === 0) host.stderr.write('No folder is trusted.\n');
  for (const { path } of folders) host.stdout.write(`${printable(path)}\n`);
  return 0;
}

/** A variable that was not set must not mean the current directory. */
function checkArgument(directory: string | undefined, flags: TrustFlags): void {
  if (directory === undefined) return;
  if (directory.trim() === '')
    throw new TraeError('usage', 'The folder to trust is empty.', { hint: 'Give it a value, or leave it out.' });
  if (flags.list === true)
    throw new TraeError('usage', `--list lists every folder, and ${JSON.stringify(directory)} names one.`, {
      hint: 'Leave one of them out.',
    });
}

/** `trae-cli trust`: from now on a folder's configuration may do what only a trusted one may. */
export async function trustCommand(directory: string | undefined, flags: TrustFlags, host: Host): Promise<number> {
  checkArgument(directory, flags);
  if (flags.list === true) return list(host);
  const folder = directory === undefined ? await folderHere(host) : await folderNamed(directory, flags, host);
  const shown = printable(folder);
  if (flags.remove === true) {
    const wasTrusted = await removeTrustedFolder(trustFile(host), folder);
    host.stderr.write(wasTrusted ? `${shown} is trusted no longer.\n` : `${shown} was not trusted.\n`);
    return 0;
  }
  await addTrustedFolder(trustFile(host), folder, host.today());
  host.stderr.write(
    `The configuration and the .env of ${shown} are trusted. \`trae-cli trust --remove\` takes it back.\n`,
  );
  return 0;
}
