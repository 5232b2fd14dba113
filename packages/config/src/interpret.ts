import { type Environment, groupBy } from '@trae-cli/protocol';
import type { Finding } from './finding.js';
import { findUnsetVariables } from './interpolate/find-unset.js';
import { resolveGeneral } from './interpolate/resolve-general.js';
import { resolveProvider } from './interpolate/resolve-provider.js';
import { variableOf } from './interpolate/variables.js';
import type { LoadedConfig } from './loaded-config.js';
import { leavesOf } from './merge/leaves.js';
import { mergeFiles } from './merge/merge-files.js';
import { checkDocument } from './schema/check-document.js';
import { providerShape } from './schema/provider-shape.js';
import type { FoundConfiguration } from './search/find-files.js';
import { collectSecrets, secretVariablesOf } from './secrets/collect-secrets.js';

/** What the files are read against. */
export type Surroundings = {
  readonly environment: Environment;
  readonly homeDirectory: string;
  readonly workspace: string;
  /** What was found out before. */
  readonly findings: readonly Finding[];
};

/** What the files that were read mean together. Throws as `loadConfig` does; reads nothing. */
export function interpret({ project, user, dotenv }: FoundConfiguration, surroundings: Surroundings): LoadedConfig {
  const { environment, homeDirectory, workspace } = surroundings;
  const documents = [project, user].filter((document) => document !== undefined);
  const checks = documents.map((document) => checkDocument(document, workspace));
  const files = checks.map(({ checked }) => checked);
  const written = files.flatMap(({ leaves }) => leaves);
  const merged = mergeFiles(files, Object.keys(providerShape));
  const resolver = { variables: { environment, dotenv }, relativeTo: workspace, homeDirectory };
  const general = merged.leaves.filter(({ path }) => path[0] !== 'model_providers');
  const ofProviders = groupBy(
    merged.leaves.filter(({ path }) => path[0] === 'model_providers'),
    ({ path }) => path[1],
  );
  return {
    files: files.map(({ file }) => file),
    dotenv: dotenv?.file,
    general: resolveGeneral(general, resolver),
    providerNames: merged.providerNames,
    provider: (name, ownKeyVariables) => {
      const own = ofProviders.get(name) ?? [];
      return resolveProvider(name, own, ownKeyVariables, resolver);
    },
    variable: (name) => variableOf(resolver.variables, name),
    leaves: leavesOf(merged.leaves),
    secrets: collectSecrets(written, resolver),
    secretVariables: secretVariablesOf(written),
    findings: [
      ...surroundings.findings,
      ...checks.flatMap(({ findings }) => findings),
      ...findUnsetVariables(written, resolver),
    ],
  };
}
