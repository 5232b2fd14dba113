import type { LoadedConfig } from '@trae-cli/config';
import { type Redactor, Secret } from '@trae-cli/protocol';
import { type CatalogEntry, furtherKeyVariables } from '@trae-cli/providers';
import type { Environment } from '../host/environment.js';

const keyVariables = (entries: readonly CatalogEntry[]): ReadonlySet<string> =>
  new Set([...entries.flatMap((entry) => entry.keyVariables), ...furtherKeyVariables]);

/** Every key that the environment holds: none of them is ever written or shown. */
export const secretsOfEnvironment = (entries: readonly CatalogEntry[], environment: Environment): readonly Secret[] =>
  [...keyVariables(entries)].flatMap((variable) => {
    const value = environment[variable]?.trim();
    return value === undefined || value === '' ? [] : [new Secret(value, variable)];
  });

/** The key given with `--api-key`. */
export const secretOfFlag = (value: string | undefined): readonly Secret[] =>
  value === undefined ? [] : [new Secret(value.trim(), '--api-key')];

export type HiddenFrom = {
  readonly entries: readonly CatalogEntry[];
  readonly config: Pick<LoadedConfig, 'secretVariables' | 'general'>;
  readonly redactor: Redactor;
};

/**
 * The environment commands run in: this process's own, without any variable that keys are taken from or that holds a
 * known key under whatever name, unless `pass_env` lets it through.
 */
export function commandEnvironment(
  environment: Environment,
  { entries, config, redactor }: HiddenFrom,
): Readonly<Record<string, string>> {
  const hidden = new Set([...keyVariables(entries), ...config.secretVariables]);
  const passed = new Set(config.general.passEnv?.value);
  const isSeen = (name: string, value: string): boolean =>
    passed.has(name) || !(hidden.has(name) || redactor.redact(value) !== value);
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value === undefined || !isSeen(name, value) ? [] : [[name, value]],
    ),
  );
}
