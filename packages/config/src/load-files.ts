import type { Finding } from './finding.js';
import { interpret } from './interpret.js';
import type { ConfigRequest, LoadedConfig } from './loaded-config.js';
import { findConfiguration } from './search/find-files.js';
import { readTrustStore, type TrustStore } from './trust/trust-store.js';

const doubtful = ({ problem }: TrustStore, path: string): readonly Finding[] =>
  problem === undefined
    ? []
    : [
        {
          kind: 'untrusted',
          message: `The list of trusted folders, ${path}, is not believed, and no folder is trusted: ${problem}.`,
        },
      ];

/** What `loadConfig` promises, where there is something to read. */
export async function loadFiles(request: ConfigRequest): Promise<LoadedConfig> {
  const { environment, homeDirectory, named, trust, userDirectory, workspace } = request;
  const store = await readTrustStore(request.trustFile);
  const found = await findConfiguration({
    workspace,
    homeDirectory,
    userDirectory,
    ...(named === undefined ? {} : { named }),
    isTrusted: (directory) => trust || store.isTrusted(directory),
  });
  const findings = [...doubtful(store, request.trustFile), ...(found.findings ?? [])];
  return interpret(found, { environment, homeDirectory, workspace, findings });
}
