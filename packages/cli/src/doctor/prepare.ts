import { type Secret, TraeError } from '@trae-cli/protocol';
import type { CatalogEntry } from '@trae-cli/providers';
import { firstSecrets, type Groundwork, layGroundwork } from '../configuration/groundwork.js';
import type { ModelFlags } from '../flags/flags.js';
import type { Host } from '../host/host.js';
import { runHost } from '../host/run-host.js';
import { keyLookup } from '../listing/key-lookup.js';
import { planProvider } from '../model/plan-provider.js';
import { chooseProviderName } from '../model/provider-name.js';
import type { DoctorFlags } from '../commands/declare/doctor.js';
import type { CheckId } from './check.js';
import type { Patient } from './patient.js';

/**
 * Somebody to examine, or why there is nobody: what could not be done, and at which check that shows. `secrets`: every
 * key that is known by now.
 */
export type Prepared =
  | { readonly state: 'ready'; readonly patient: Patient; readonly secrets: readonly Secret[] }
  | {
      readonly state: 'stuck';
      readonly at: CheckId;
      readonly error: unknown;
      readonly name: string;
      readonly secrets: readonly Secret[];
      /** Absent where the configuration is what keeps everything. */
      readonly ground: Groundwork | undefined;
    };

/** The configuration as it is laid, or why it is not. */
type Ground =
  | { readonly state: 'laid'; readonly ground: Groundwork }
  | { readonly state: 'broken'; readonly error: unknown };

const isMistyped = (error: unknown): boolean => error instanceof TraeError && error.code === 'usage';

/** Throws what is wrong with the command line; what is wrong with the configuration is a finding. */
async function groundFor(flags: DoctorFlags, machine: Host): Promise<Ground> {
  try {
    return { state: 'laid', ground: await layGroundwork(flags, runHost(machine, firstSecrets(flags, machine))) };
  } catch (error) {
    if (isMistyped(error)) throw error;
    return { state: 'broken', error };
  }
}

type Named = { readonly entry: CatalogEntry; readonly reason: string | undefined };

/** Plans one provider; what keeps it from being asked is said at the check that it belongs to. */
async function prepare(
  { entry, reason }: Named,
  flags: DoctorFlags,
  { ground, machine }: { readonly ground: Groundwork; readonly machine: Host },
): Promise<Prepared> {
  try {
    const planned = await planProvider(entry, flags, ground);
    const secrets = [...ground.secrets, ...(planned.key === undefined ? [] : [planned.key.value])];
    const host = runHost(machine, secrets);
    return { state: 'ready', secrets, patient: { ground, planned, reason, asked: flags.model, host } };
  } catch (error) {
    return { state: 'stuck', at: 'provider', error, name: entry.id, secrets: ground.secrets, ground };
  }
}

/** Whom a run would ask. Throws for a name that there is not. */
async function namedEntry(name: string | undefined, flags: DoctorFlags, ground: Groundwork): Promise<Named> {
  const modelFlags: ModelFlags = { ...flags, ...(name === undefined ? {} : { provider: name }) };
  const { config, entries, registry } = ground;
  const chosen = await chooseProviderName(modelFlags, { config, entries, keyOf: keyLookup(ground) });
  const entry = registry.entry(chosen.setting.value);
  if (entry !== undefined) return { entry, reason: chosen.reason };
  const { id } = registry.provider(chosen.setting.value, {});
  throw new TraeError('usage', `${id} is no service: there is nothing to check.`, {
    hint: '`trae-cli providers` lists those that are.',
  });
}

/** The provider that was named, or the one that a run would ask. Throws for a name that was typed and that there is not. */
async function prepareNamed(
  name: string | undefined,
  flags: DoctorFlags,
  { ground, machine }: { readonly ground: Groundwork; readonly machine: Host },
): Promise<Prepared> {
  try {
    return await prepare(await namedEntry(name, flags, ground), flags, { ground, machine });
  } catch (error) {
    if (name !== undefined && isMistyped(error)) throw error;
    return { state: 'stuck', at: 'provider', error, name: name ?? '', secrets: ground.secrets, ground };
  }
}

/** The provider that was named, where the configuration lets anybody be asked. */
export async function preparedOne(name: string | undefined, flags: DoctorFlags, machine: Host): Promise<Prepared> {
  const laid = await groundFor(flags, machine);
  if (laid.state === 'laid') return prepareNamed(name, flags, { ground: laid.ground, machine });
  const secrets = firstSecrets(flags, machine);
  return { state: 'stuck', at: 'configuration', error: laid.error, name: name ?? '', secrets, ground: undefined };
}

/** Everybody there is to examine; `choose` says who that is. */
export async function preparedAll(
  flags: DoctorFlags,
  machine: Host,
  choose: (ground: Groundwork) => Promise<readonly CatalogEntry[]>,
): Promise<readonly Prepared[]> {
  const laid = await groundFor(flags, machine);
  if (laid.state === 'broken') {
    const secrets = firstSecrets(flags, machine);
    return [{ state: 'stuck', at: 'configuration', error: laid.error, name: '', secrets, ground: undefined }];
  }
  const { ground } = laid;
  const entries = await choose(ground);
  return Promise.all(entries.map(async (entry) => prepare({ entry, reason: undefined }, flags, { ground, machine })));
}
