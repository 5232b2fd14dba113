import { type LLMProvider, Secret } from '@trae-cli/protocol';
import { type CatalogEntry, catalog, createRegistry, type ProviderSettings, variableName } from '@trae-cli/providers';
import { type CheckName, realDependencies } from './checks.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A service of the catalog that can be asked from here. */
export type Vendor = {
  readonly entry: CatalogEntry;
  readonly baseUrl: string;
  readonly key: Secret | undefined;
  readonly model: string;
};

const firstSet = (environment: Environment, names: readonly string[]): readonly [string, string] | undefined =>
  names.map((name) => [name, environment[name] ?? ''] as const).find(([, value]) => value.trim() !== '');

const withScheme = (address: string): string => (/^https?:\/\//.test(address) ? address : `http://${address}`);

/** The first model that a server of one's own has, preferably the one asked for; undefined where none answers. */
async function installedModel(baseUrl: string, wanted: string | undefined): Promise<string | undefined> {
  const tags = await fetch(`${baseUrl}/api/tags`, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
  if (tags?.ok !== true) return undefined;
  const { models = [] } = (await tags.json()) as { readonly models?: readonly { readonly name: string }[] };
  const names = models.map(({ name }) => name);
  return names.find((name) => name === wanted || name === `${wanted}:latest`) ?? names[0];
}

/** Who answers for the entry, by the variables of its key, its address and `NAME_LIVE_MODEL`; undefined: nobody can be asked. */
export async function vendorOf(entry: CatalogEntry, environment: Environment): Promise<Vendor | undefined> {
  const [keyName, keyText] = firstSet(environment, entry.keyVariables) ?? [];
  const [, address] = firstSet(environment, entry.baseUrlVariables) ?? [];
  const named = environment[variableName(entry.id, 'API_KEY').replace(/API_KEY$/, 'LIVE_MODEL')];
  const baseUrl = address === undefined ? entry.baseUrl : withScheme(address);
  const key = keyText === undefined || keyName === undefined ? undefined : new Secret(keyText.trim(), keyName);
  if (baseUrl === undefined || (entry.keyRequired && key === undefined)) return undefined;
  const wanted = named ?? entry.defaultModel;
  const model = entry.apiFormat === 'ollama' ? await installedModel(baseUrl.replace(/\/$/, ''), wanted) : wanted;
  return model === undefined ? undefined : { entry, baseUrl, key, model };
}

/** Everybody in the catalog, those who cannot be asked included. */
export const vendors = async (environment: Environment) =>
  Promise.all(catalog.map(async (entry) => [entry.id, await vendorOf(entry, environment)] as const));

/** The provider as it is asked, at its own address or at what stands in for it. */
export const providerOf = (
  { entry, key }: Pick<Vendor, 'entry' | 'key'>,
  baseUrl: string,
  settings: ProviderSettings = {},
): LLMProvider =>
  createRegistry([entry], realDependencies).provider(entry.id, {
    baseUrl,
    ...(key === undefined ? {} : { apiKey: key }),
    ...settings,
  });

/** What cannot be asked of it. */
export const isBeyond = ({ unlistedModels }: CatalogEntry, check: CheckName): boolean =>
  check === 'models' && unlistedModels !== undefined;
