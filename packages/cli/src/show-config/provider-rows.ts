import type { Leaf, LoadedConfig, Setting, Source } from '@trae-cli/config';
import { defaultRetryPolicy } from '@trae-cli/providers';
import { configuredName } from '../configuration/entries.js';
import type { ModelFlags } from '../flags/flags.js';
import type { PlannedProvider } from '../model/plan-provider.js';
import { row, secretRow, type SettingRow, unsetRow } from './setting-row.js';

const byDefault: Source = { kind: 'default' };

const flagSource = (flag: string): Source => ({ kind: 'flag', flag });

/** A key that is written `${NAME}` is set where that variable is. */
function secretLeafRow({ key, value, source }: Leaf, config: LoadedConfig): SettingRow {
  const [, variable] = /^\$\{(\w+)\}$/.exec(typeof value === 'string' ? value : '') ?? [];
  return secretRow(key, variable === undefined ? source : config.variable(variable)?.source);
}

const leafRow =
  (config: LoadedConfig) =>
  (leaf: Leaf): SettingRow =>
    leaf.isSecret ? secretLeafRow(leaf, config) : row(leaf.key, leaf.value, leaf.source);

function modelRow(prefix: string, { config, entry }: PlannedProvider, flags: ModelFlags): SettingRow {
  if (flags.model !== undefined) return row(`${prefix}model`, flags.model, flagSource('--model'));
  if (config.model !== undefined) return row(`${prefix}model`, config.model.value, config.model.source);
  if (entry.defaultModel !== undefined) return row(`${prefix}model`, entry.defaultModel, byDefault);
  return unsetRow(`${prefix}model`, 'not set: the only one offered, else --model');
}

function addressRow(prefix: string, { address, entry }: PlannedProvider): SettingRow {
  if (address !== undefined) return row(`${prefix}base_url`, address.value, address.source);
  if (entry.baseUrl !== undefined) return row(`${prefix}base_url`, entry.baseUrl, byDefault);
  return unsetRow(`${prefix}base_url`, 'not set, and required');
}

function keyRow(prefix: string, { entry, key }: PlannedProvider): SettingRow {
  if (key !== undefined || entry.keyRequired) return secretRow(`${prefix}api_key`, key?.source);
  return unsetRow(`${prefix}api_key`, 'not set, and not required');
}

/** One that is told apart into what goes in and what comes out is shown as it stands in the file. */
function windowRow(prefix: string, planned: PlannedProvider, flags: ModelFlags): SettingRow {
  const key = `${prefix}context_window`;
  if (flags.contextWindow !== undefined) return row(key, flags.contextWindow, flagSource('--context-window'));
  const { contextWindow, model } = planned.config;
  if (contextWindow !== undefined) {
    const { input, output } = contextWindow.value;
    return row(key, output === undefined ? input : { input, output }, contextWindow.source);
  }
  const name = flags.model ?? model?.value ?? planned.entry.defaultModel;
  const known =
    name === undefined ? undefined : planned.entry.models.find(({ pattern }) => pattern.test(name))?.contextWindow;
  return known === undefined ? unsetRow(key, 'not known') : row(key, known, byDefault);
}

function effortRow(prefix: string, { config }: PlannedProvider, flags: ModelFlags): readonly SettingRow[] {
  const setting: Setting<string> | undefined =
    flags.reasoningEffort === undefined
      ? config.reasoningEffort
      : { value: flags.reasoningEffort, source: flagSource('--reasoning-effort') };
  return setting === undefined ? [] : [row(`${prefix}reasoning_effort`, setting.value, setting.source)];
}

/** Of the provider that would answer: what decides the request, defaults and all, then whatever else the files say. */
export function chosenRows(planned: PlannedProvider, flags: ModelFlags, config: LoadedConfig): readonly SettingRow[] {
  const prefix = `model_providers.${configuredName(planned.entry, config)}.`;
  const { maxRetries } = planned.config;
  const decided = [
    keyRow(prefix, planned),
    addressRow(prefix, planned),
    modelRow(prefix, planned, flags),
    windowRow(prefix, planned, flags),
    ...effortRow(prefix, planned, flags),
    maxRetries === undefined
      ? row(`${prefix}max_retries`, defaultRetryPolicy.maxRetries, byDefault)
      : row(`${prefix}max_retries`, maxRetries.value, maxRetries.source),
  ];
  const keys = new Set(decided.map(({ key }) => key));
  const others = config.leaves.filter(
    ({ key }) => key.startsWith(prefix) && !keys.has(key) && !key.startsWith(`${prefix}context_window.`),
  );
  return [...decided, ...others.map(leafRow(config))];
}

/** Of the providers that would not answer: what the files say. */
export const otherRows = (chosen: string | undefined, config: LoadedConfig): readonly SettingRow[] =>
  config.leaves
    .filter(({ key }) => key.startsWith('model_providers.') && !key.startsWith(`model_providers.${chosen ?? ''}.`))
    .map(leafRow(config));
