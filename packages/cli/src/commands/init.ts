import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode, reasonOf, TraeError } from '@trae-cli/protocol';
import { configDirectory } from '../host/base-directories.js';
import type { Host } from '../host/host.js';
import { existingDirectory } from '../host/working-directory.js';
import { chooseStarter } from '../init/choose-starter.js';
import { rejectExisting } from '../init/existing-configuration.js';
import { type Starter, starterFile } from '../init/starter.js';
import { starterJson, starterYaml } from '../init/starter-text.js';
import { keyVariableSet } from '../login/choose-provider.js';
import { type KeyStore, openKeyStore } from '../login/key-store.js';
import { type Asking, whileAsking } from '../prompt/person.js';
import { makeDirectory } from '../record/make-directory.js';
import type { InitFlags } from './declare/init.js';

async function directoryFor({ user }: InitFlags, host: Host): Promise<string> {
  return user === true ? configDirectory(host) : (await existingDirectory('.', host, 'cd')).root;
}

async function write(path: string, directory: string, text: string): Promise<void> {
  try {
    await makeDirectory(directory);
    // Whatever has appeared there since is not overwritten either, nor written through.
    await writeFile(path, text, { flag: 'wx' });
  } catch (error) {
    const reason = hasCode(error, 'EEXIST') ? 'it is there already' : reasonOf(error);
    throw new TraeError('usage', `${path} cannot be written: ${reason}.`, {
      hint: 'Make that folder writable, or write it elsewhere: in another folder, or with --user for all of them.',
      cause: error,
    });
  }
}

async function needsKey({ entry }: Starter, store: KeyStore, { environment }: Host): Promise<boolean> {
  if (keyVariableSet(entry, environment) !== undefined) return false;
  return !(await store.providers()).some(({ provider }) => provider === entry.id);
}

/** What there is left to do, a command each. */
async function nextSteps(starter: Starter, store: KeyStore, host: Host): Promise<readonly string[]> {
  const { entry, baseUrl, model = entry.defaultModel ?? 'NAME', needsTrust } = starter;
  const [variable] = entry.keyVariables;
  const otherwise = variable === undefined ? '' : `, or: export ${variable}=…`;
  const wanted = entry.keyRequired ? 'give the key' : 'if it wants a key';
  // Elsewhere somebody else has made it ready.
  const preparation = baseUrl === undefined ? (entry.preparation ?? []) : [];
  const wantsKey = entry.keyRequired || preparation.length === 0;
  return [
    ...preparation.map((command) => command.replace('MODEL', model)),
    ...(wantsKey && (await needsKey(starter, store, host))
      ? [`trae-cli login ${entry.id}   (${wanted}${otherwise})`]
      : []),
    ...(needsTrust && baseUrl !== undefined
      ? [`trae-cli trust   (lets your keys be sent to ${new URL(baseUrl).host}, which this file names)`]
      : []),
    'trae-cli run "Explain this project"',
  ];
}

async function init(flags: InitFlags, asking: Asking): Promise<number> {
  const { host, signal } = asking;
  const directory = await directoryFor(flags, host);
  await rejectExisting(directory);
  const store = openKeyStore(host, { signal });
  const starter = await chooseStarter({ flags, asking, store });
  const path = join(directory, flags.json === true ? 'trae_config.json' : 'trae_config.yaml');
  const file = starterFile(starter);
  await write(path, directory, flags.json === true ? starterJson(file) : starterYaml(file));
  host.stdout.write(`Wrote ${path}.\n`);
  const steps = await nextSteps(starter, store, host);
  host.stderr.write(`Next:\n${steps.map((step) => `  ${step}\n`).join('')}`);
  return 0;
}

/** `trae-cli init`: a configuration file to start from. */
export const initCommand = (flags: InitFlags, host: Host): Promise<number> =>
  whileAsking(host, 'Cancelled. Nothing was written.', (asking) => init(flags, asking));
