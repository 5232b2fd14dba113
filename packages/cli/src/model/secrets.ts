import { type Redactor, Secret } from '@trae-cli/protocol';
import type { CatalogEntry } from '@trae-cli/providers';
import type { Environment } from '../host/environment.js';

/** Keys of services that have no entry in the catalog yet; commands do not see them either. */
const furtherKeyVariables = [
  'TOGETHER_API_KEY',
  'DEEPSEEK_API_KEY',
  'ALIBABA_API_KEY',
  'DASHSCOPE_API_KEY',
  'NOVITA_API_KEY',
  'ANTHROPIC_API_KEY',
  'ANTHROPIC_AUTH_TOKEN',
  'OLLAMA_API_KEY',
  'GEMINI_API_KEY',
  'GOOGLE_API_KEY',
  'AZURE_OPENAI_API_KEY',
  'AZURE_API_KEY',
  'ARK_API_KEY',
  'VOLCENGINE_API_KEY',
  'DOUBAO_API_KEY',
  'ORQ_API_KEY',
  'OPENAI_ADMIN_KEY',
];

const keyVariables = (entries: readonly CatalogEntry[]): ReadonlySet<string> =>
  new Set([...entries.flatMap((entry) => entry.keyVariables), ...furtherKeyVariables]);

/** Every key this program knows of: none of them is ever written or shown. */
export function knownSecrets(
  entries: readonly CatalogEntry[],
  environment: Environment,
  flagKey: Secret | undefined,
): readonly Secret[] {
  const secrets = [...keyVariables(entries)].flatMap((variable) => {
    const value = environment[variable]?.trim();
    return value === undefined || value === '' ? [] : [new Secret(value, variable)];
  });
  return flagKey === undefined ? secrets : [...secrets, flagKey];
}

/** The environment commands run in: this process's own, without any model service's key, under whatever name. */
export function commandEnvironment(
  entries: readonly CatalogEntry[],
  environment: Environment,
  redactor: Redactor,
): Readonly<Record<string, string>> {
  const hidden = keyVariables(entries);
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value === undefined || hidden.has(name) || redactor.redact(value) !== value ? [] : [[name, value]],
    ),
  );
}

/** The key given with `--api-key`, or undefined. */
export function flagKeyOf(value: string | undefined): Secret | undefined {
  return value === undefined ? undefined : new Secret(value.trim(), '--api-key');
}
