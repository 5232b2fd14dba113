import type { LoadedConfig } from '@trae-cli/config';
import type { Secret } from '@trae-cli/protocol';
import {
  catalog,
  type CatalogEntry,
  createRegistry,
  type LLMProviderRegistry,
  type NetworkSettings,
} from '@trae-cli/providers';
import type { ConfigurationFlags, ModelFlags } from '../flags/flags.js';
import type { Host } from '../host/host.js';
import { existingDirectory, type WorkingDirectory } from '../host/working-directory.js';
import { type KeyStore, openKeyStore } from '../login/key-store.js';
import { replayProvider } from '../model/replay-provider.js';
import { secretOfFlag, secretsOfEnvironment } from '../model/secrets.js';
import { networkSettings, proxySecrets } from '../network/network-settings.js';
import { entriesFor } from './entries.js';
import { openConfiguration } from './open-configuration.js';

type GroundFlags = ConfigurationFlags & Pick<ModelFlags, 'apiKey'>;

/** What flags, files and environment come to, before anything is chosen or started. */
export type Groundwork = {
  readonly directory: WorkingDirectory;
  readonly config: LoadedConfig;
  /** The vendors of the catalog and the providers of the files. */
  readonly entries: readonly CatalogEntry[];
  readonly registry: LLMProviderRegistry;
  readonly store: KeyStore;
  /** How the network is reached, where anybody says. */
  readonly network: NetworkSettings | undefined;
  /** Every key that is known without asking a keychain. */
  readonly secrets: readonly Secret[];
};

/** The keys that are known before any file has been read. */
export const firstSecrets = (flags: Pick<ModelFlags, 'apiKey'>, { environment }: Host): readonly Secret[] => [
  ...secretsOfEnvironment(catalog, environment),
  ...secretOfFlag(flags.apiKey),
];

/** Throws what is wrong with the working directory or the configuration. Nothing is sent, no keychain is asked. */
export async function layGroundwork(flags: GroundFlags, host: Host): Promise<Groundwork> {
  const directory = await existingDirectory(flags.workingDir ?? '.', host, '--working-dir');
  const config = await openConfiguration(flags, directory.root, host);
  const entries = entriesFor(config);
  const store = openKeyStore(host);
  const network = await networkSettings(config.general, host);
  const registry = createRegistry(
    entries,
    {
      clock: host.clock,
      random: () => host.random(),
      machineMemory: host.memoryBytes,
      ...(network === undefined ? {} : { network }),
    },
    new Map([['replay', () => replayProvider(directory.root, host)]]),
  );
  const secrets = [
    ...secretsOfEnvironment(entries, host.environment),
    ...secretOfFlag(flags.apiKey),
    ...config.secrets,
    ...proxySecrets(network ?? {}),
    ...(await store.readStored()),
  ];
  return { directory, config, entries, registry, store, network, secrets };
}
