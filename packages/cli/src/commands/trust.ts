import { dirname } from 'node:path';
import { addTrustedFolder, readTrustStore, removeTrustedFolder } from '@trae-cli/config';
import { openConfiguration, trustFile } from '../configuration/open-configuration.js';
import type { Host } from '../host/host.js';
import { existingDirectory } from '../host/working-directory.js';
import type { TrustFlags } from './declare/trust.js';

/** The folder whose configuration applies to the current directory; that directory itself where there is none. */
async function folderHere(host: Host): Promise<string> {
  const { root } = await existingDirectory('.', host, 'DIR');
  // What trust would allow is not asked for here: the file may hold what an untrusted one may not.
  const { files } = await openConfiguration({ trust: true }, root, host);
  const project = files.find(({ scope }) => scope === 'project');
  return project === undefined ? root : (await existingDirectory(dirname(project.path), host, 'DIR')).root;
}

async function list(host: Host): Promise<number> {
  const { folders } = await readTrustStore(trustFile(host));
  if (folders.length === 0) host.stderr.write('No folder is trusted.\n');
  for (const { path } of folders) host.stdout.write(`${path}\n`);
  return 0;
}

/** `trae-cli trust`: from now on a folder's configuration may do what only a trusted one may. */
export async function trustCommand(directory: string | undefined, flags: TrustFlags, host: Host): Promise<number> {
  if (flags.list === true) return list(host);
  const folder =
    directory === undefined ? await folderHere(host) : (await existingDirectory(directory, host, 'DIR')).root;
  if (flags.remove === true) {
    const wasTrusted = await removeTrustedFolder(trustFile(host), folder);
    host.stderr.write(wasTrusted ? `${folder} is trusted no longer.\n` : `${folder} was not trusted.\n`);
    return 0;
  }
  await addTrustedFolder(trustFile(host), folder, host.today());
  host.stderr.write(
    `The configuration and the .env of ${folder} are trusted. \`trae-cli trust --remove\` takes it back.\n`,
  );
  return 0;
}
