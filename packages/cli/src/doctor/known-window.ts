import { describeSource } from '@trae-cli/config';
import { aboutModel } from '@trae-cli/providers';
import type { Known } from './check.js';
import { listedAs } from './checks/model.js';
import type { Patient } from './patient.js';

export type KnownWindow = {
  /** Tokens; null where nobody has been asked yet. */
  readonly window: number | null;
  /** Who says so. */
  readonly source: string;
  /** The person, in a file. */
  readonly isSaid: boolean;
  readonly isAssumed: boolean;
  /** What the service lists and a run does not ask for. */
  readonly listed: number | undefined;
};

function saidIn(name: string, { ground: { directory }, planned: { config } }: Patient): string | undefined {
  const own = Object.hasOwn(config.models ?? {}, name) ? config.models?.[name]?.contextWindow : undefined;
  const setting = own ?? config.contextWindow;
  return setting && describeSource(setting.source, { relativeTo: directory.root });
}

function learntBy(name: string, { provider }: Known): boolean {
  return provider?.learnt?.(name)?.contextWindow !== undefined;
}

/** The window that a run reckons with, and who says so. */
export function knownWindow(name: string, patient: Patient, known: Known): KnownWindow {
  const { entry, settings } = patient.planned;
  const { model, offered } = known;
  const ofTable = aboutModel(name, { entry, settings }).contextWindow;
  const window = model === undefined ? ofTable : (model.traits.contextWindow ?? undefined);
  const said = saidIn(name, patient);
  if (window === undefined) {
    const listed = listedAs(name, offered)?.contextWindow;
    const assumption = model?.traits.assumedContextWindow ?? null;
    return { window: assumption, source: 'an assumption', isSaid: false, isAssumed: true, listed };
  }
  const ofOthers = learntBy(name, known)
    ? 'a refusal of the service'
    : window === ofTable
      ? 'the built-in table'
      : 'the service';
  const isSaid = said !== undefined && window === ofTable;
  return { window, source: isSaid ? said : ofOthers, isSaid, isAssumed: false, listed: undefined };
}
