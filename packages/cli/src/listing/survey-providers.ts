import { describeSource, type Setting } from '@trae-cli/config';
import type { CatalogEntry } from '@trae-cli/providers';
import { configuredName } from '../configuration/entries.js';
import type { Groundwork } from '../configuration/groundwork.js';
import { findAddress } from '../model/address.js';
import type { FoundKey } from '../model/key.js';
import { findProviderName } from '../model/provider-name.js';
import { keyLookup } from './key-lookup.js';

export type KeyState =
  | { readonly state: 'set'; readonly from: string }
  | { readonly state: 'placeholder'; readonly where: string }
  | { readonly state: 'missing' }
  | { readonly state: 'not needed' };

/** One provider as the configuration and the environment leave it. */
export type ProviderRow = {
  readonly entry: CatalogEntry;
  readonly key: KeyState;
  /** What was met while the key was looked for. */
  readonly keyNotices: readonly string[];
  /** Where requests go; absent where nobody has said. `from`: who said so, where it is not the vendor's own. */
  readonly address: { readonly url: string; readonly from: string | undefined } | undefined;
  /** `from`: who said so, where it is not the suggestion of the table. */
  readonly model: { readonly id: string; readonly from: string | undefined } | undefined;
  readonly isConfigured: boolean;
};

export type ProviderSurvey = {
  readonly rows: readonly ProviderRow[];
  /** The one that a run would ask, and why; absent where a run would not know whom. */
  readonly chosen: { readonly id: string; readonly reason: string | undefined } | undefined;
};

const placeholderKey = (name: string): string => `model_providers.${name}.api_key`;

function keyState(entry: CatalogEntry, { setting, notices }: FoundKey, { config, directory }: Groundwork): KeyState {
  const within = { relativeTo: directory.root };
  if (setting !== undefined) return { state: 'set', from: describeSource(setting.source, within) };
  const [notice] = notices;
  if (notice !== undefined) return { state: 'placeholder', where: notice.split(' ')[0] ?? '' };
  const inFile = config.findings.find(
    ({ kind, key }) => kind === 'placeholder' && key === placeholderKey(configuredName(entry, config)),
  );
  if (inFile !== undefined) return { state: 'placeholder', where: 'the configuration' };
  return { state: entry.keyRequired ? 'missing' : 'not needed' };
}

const told = (setting: Setting<string> | undefined, root: string) =>
  setting === undefined
    ? undefined
    : { value: setting.value, from: describeSource(setting.source, { relativeTo: root }) };

function rowOf(entry: CatalogEntry, found: FoundKey, ground: Groundwork): ProviderRow {
  const { config, directory } = ground;
  const name = configuredName(entry, config);
  const provider = config.provider(name, entry.keyVariables);
  const address = told(findAddress(undefined, entry, { config, provider }), directory.root);
  const model = told(provider.model, directory.root);
  const url = address?.value ?? entry.baseUrl;
  const id = model?.value ?? entry.defaultModel;
  return {
    entry,
    key: keyState(entry, found, ground),
    keyNotices: found.notices,
    address: url === undefined ? undefined : { url, from: address?.from },
    model: id === undefined ? undefined : { id, from: model?.from },
    isConfigured: config.providerNames.includes(name),
  };
}

/** Every provider there is, with what a run would find. Nothing is sent, and no keychain is asked. */
export async function surveyProviders(ground: Groundwork): Promise<ProviderSurvey> {
  const { config, entries, registry } = ground;
  const keyOf = keyLookup(ground);
  const rows = await Promise.all(entries.map(async (entry) => rowOf(entry, await keyOf(entry), ground)));
  const chosen = await findProviderName({}, { config, entries, keyOf });
  const name = chosen?.setting.value;
  const id = name === undefined ? undefined : (registry.entry(name)?.id ?? name);
  return { rows, chosen: id === undefined ? undefined : { id, reason: chosen?.reason } };
}
