import type { ConfigChange } from '@trae-cli/config';
import type { Compatibility, JsonObject } from '@trae-cli/protocol';
import { configuredName } from '../configuration/entries.js';
import type { Known } from './check.js';
import { knownWindow } from './known-window.js';
import type { Patient } from './patient.js';

const union = (before: readonly string[] | undefined, found: readonly string[]): string[] => [
  ...new Set([...(before ?? []), ...found]),
];

/** What is written down already stays; each part is a change of its own, so that nothing else is touched. */
function compatibilityChanges(found: Compatibility, before: Compatibility): readonly ConfigChange[] {
  const { omit, rename, set, adapt } = found;
  const values: JsonObject = {
    ...(omit && { omit: union(before.omit, omit) }),
    ...(rename && { rename: { ...before.rename, ...rename } }),
    ...(set && { set: { ...before.set, ...set } }),
    ...(adapt && { adapt: union(before.adapt, adapt) }),
  };
  return Object.entries(values).map(([name, value]) => ({ path: ['compatibility', name], value }));
}

function windowChange(name: string, patient: Patient, known: Known): readonly ConfigChange[] {
  const learnt = known.provider?.learnt?.(name)?.contextWindow;
  const value = learnt ?? knownWindow(name, patient, known).listed;
  if (value === undefined) return [];
  const hasParts = patient.planned.config.models?.[name]?.contextWindow?.value.output !== undefined;
  return [{ path: ['context_window', ...(hasParts ? ['input'] : [])], value }];
}

/** What the checks have taught of the service and that every run would have to find out again. */
export function changesToKeep(patient: Patient, known: Known): readonly ConfigChange[] {
  const { model, needsPrompting, provider, wasPrompted } = known;
  if (model === undefined) return [];
  const name = model.ref.model;
  const { entry, config } = patient.planned;
  const learnt = provider?.learnt?.(name);
  const before = config.models?.[name]?.compatibility?.value ?? {};
  const isPrompted = needsPrompting === true || (learnt?.toolCalls === 'prompted' && wasPrompted !== true);
  const changes = [
    ...compatibilityChanges(learnt?.compatibility ?? {}, before),
    ...(isPrompted ? [{ path: ['tool_mode'], value: 'prompted' }] : []),
    ...windowChange(name, patient, known),
  ];
  const place = ['model_providers', configuredName(entry, patient.ground.config), 'models', name];
  return changes.map(({ path, value }) => ({ path: [...place, ...path], value }));
}
