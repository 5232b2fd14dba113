import { isSecretAddress, type LoadedConfig } from '@trae-cli/config';
import { type Environment, type Redactor, Secret } from '@trae-cli/protocol';
import { type CatalogEntry, furtherKeyVariables } from '@trae-cli/providers';

const keyVariables = (entries: readonly CatalogEntry[]): ReadonlySet<string> =>
  new Set([...entries.flatMap((entry) => entry.keyVariables), ...furtherKeyVariables]);

function secretsIn(
  variables: Iterable<string>,
  environment: Environment,
  isSecret: (value: string) => boolean,
): readonly Secret[] {
  return [...variables].flatMap((variable) => {
    const value = environment[variable]?.trim() ?? '';
    return value !== '' && isSecret(value) ? [new Secret(value, variable)] : [];
  });
}

/** Every key that the environment holds, and every address with one in it: none of them is ever written or shown. */
export const secretsOfEnvironment = (entries: readonly CatalogEntry[], environment: Environment): readonly Secret[] => [
  ...secretsIn(keyVariables(entries), environment, () => true),
  ...secretsIn(new Set(entries.flatMap(({ baseUrlVariables }) => baseUrlVariables)), environment, isSecretAddress),
];

/** The key given with `--api-key`. */
export const secretOfFlag = (value: string | undefined): readonly Secret[] =>
  value === undefined ? [] : [new Secret(value.trim(), '--api-key')];

/** Nobody keeps a key in these, and a clone whose `.env` calls `/usr/bin` a key must not take them away. */
const plain: ReadonlySet<string> = new Set(['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'TMPDIR', 'LANG', 'LC_ALL']);

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
    passed.has(name) || plain.has(name) || !(hidden.has(name) || redactor.redact(value) !== value);
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value === undefined || !isSeen(name, value) ? [] : [[name, value]],
    ),
  );
}
