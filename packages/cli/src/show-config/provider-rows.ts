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
  (leaf: Leaf): SettingRow => ({
    ...(leaf.isSecret ? secretLeafRow(leaf, config) : row(leaf.key, leaf.value, leaf.source)),
    path: leaf.path,
  });

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
  const { model, models = {} } = planned.config;
  const name = flags.model ?? model?.value ?? planned.entry.defaultModel;
  const ofModel = name !== undefined && Object.hasOwn(models, name) ? models[name] : undefined;
  const contextWindow = ofModel?.contextWindow ?? planned.config.contextWindow;
  if (contextWindow !== undefined) {
    const { input, output } = contextWindow.value;
    return row(key, output === undefined ? input : { input, output }, contextWindow.source);
  }
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
  const name = configuredName(planned.entry, config);
  const prefix = `model_providers.${name}.`;
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
  const rows = decided.map((decision) => ({
    ...decision,
    path: ['model_providers', name, decision.key.slice(prefix.length)],
  }));
  const keys = new Set(rows.map(({ path }) => path[2]));
  const others = config.leaves.filter(({ path }) => isOf(path, name) && !keys.has(path[2]));
  return [...rows, ...others.map(leafRow(config))];
}

const isOf = ([top, provider]: readonly string[], name: string | undefined): boolean =>
  top === 'model_providers' && provider === name;

/** Of the providers that would not answer: what the files say. */
export const otherRows = (chosen: string | undefined, config: LoadedConfig): readonly SettingRow[] =>
  config.leaves.filter(({ path }) => path[0] === 'model_providers' && !isOf(path, chosen)).map(leafRow(config));
