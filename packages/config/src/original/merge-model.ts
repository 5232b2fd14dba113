import { isJsonObject, type JsonObject } from '@trae-cli/protocol';
import type { ConfigPath } from '../document.js';
import { isUnset } from '../schema/unset.js';
import type { NamedModel } from './agent-model.js';

/** What stands at a path of the canonical document, and where it was written. */
export type Move = { readonly to: ConfigPath; readonly from: ConfigPath };

export type MergedModel = { readonly values: JsonObject; readonly moves: readonly Move[] };

/** The providers, with what the chosen model says in the entry of its provider, and that provider as the default. */
export function mergeModel(providers: JsonObject, model: NamedModel | undefined): MergedModel {
  const { provider } = model ?? {};
  if (model === undefined || provider === undefined) return { values: { model_providers: providers }, moves: [] };
  const entry = providers[provider];
  // Not an object: left as it is, to be told as what it is.
  if (entry !== null && !isJsonObject(entry)) return { values: { model_providers: providers }, moves: [] };
  const said = Object.entries(model.values).filter(([key, value]) => key !== 'model_provider' && !isUnset(value));
  const merged = { ...entry, ...Object.fromEntries(said) };
  const from = (key: string): ConfigPath => ['models', model.name, key];
  return {
    values: { default_provider: provider, model_providers: { ...providers, [provider]: merged } },
    moves: [
      { to: ['default_provider'], from: from('model_provider') },
      ...said.map(([key]) => ({ to: ['model_providers', provider, key], from: from(key) })),
    ],
  };
}
