import { describeSource, type Finding, type LoadedConfig } from '@trae-cli/config';
import { asTraeError, type TraeError } from '@trae-cli/protocol';
import type { CatalogEntry } from '@trae-cli/providers';
import { configuredName } from '../configuration/entries.js';
import { allowedDirectories } from '../configuration/allowed-directories.js';
import { findingsOf } from '../configuration/findings.js';
import type { Groundwork } from '../configuration/groundwork.js';
import { chosenTools } from '../configuration/tool-choice.js';
import type { ShowConfigFlags } from '../flags/flags.js';
import type { Host } from '../host/host.js';
import { findKey } from '../model/key.js';
import { type PlannedProvider, planProvider } from '../model/plan-provider.js';
import { chooseProviderName, type ChosenName } from '../model/provider-name.js';
import { generalRows } from './general-rows.js';
import { chosenRows, otherRows } from './provider-rows.js';
import { row, type SettingRow } from './setting-row.js';

/** Everything `show-config` tells. */
export type Survey = {
  readonly rows: readonly SettingRow[];
  /** Vendors that could be asked, and where their key is from. */
  readonly keys: readonly { readonly provider: string; readonly origin: string }[];
  /** Values that hide others, and requests that go elsewhere. */
  readonly conflicts: readonly string[];
  readonly findings: readonly Finding[];
  /** What would end a run before its first request. */
  readonly problem: TraeError | undefined;
};

type Attempt<Value> = { readonly value?: Value; readonly problem?: TraeError };

async function attempt<Value>(work: () => Promise<Value>): Promise<Attempt<Value>> {
  try {
    return { value: await work() };
  } catch (error) {
    return { problem: asTraeError(error) };
  }
}

async function keysSet({ config, entries, store }: Groundwork): Promise<Survey['keys']> {
  const found = await Promise.all(
    entries.map(async (entry) => {
      const known = await attempt(async () =>
        findKey(entry, config.provider(configuredName(entry, config), entry.keyVariables), {
          flag: undefined,
          config,
          store,
        }),
      );
      const key = known.value?.setting;
      return key === undefined ? [] : [{ provider: entry.id, origin: describeSource(key.source) }];
    }),
  );
  return found.flat();
}

/** A source of higher rank hides what a file says: nobody would look for that in the file. */
function shadowsOf({ leaves }: LoadedConfig, planned: PlannedProvider | undefined, workspace: string): string[] {
  const within = { relativeTo: workspace };
  const amongFiles = leaves.flatMap(({ key, source, shadows }) =>
    shadows.map((hidden) => `${key}: ${describeSource(source, within)} hides ${describeSource(hidden, within)}.`),
  );
  if (planned === undefined) return amongFiles;
  const { address, config, entry, key } = planned;
  const above: string[] = [];
  if (key !== undefined && config.apiKey !== undefined && key !== config.apiKey)
    above.push(
      `${entry.id}: the key from ${describeSource(key.source, within)} hides the one in ${describeSource(config.apiKey.source, within)}.`,
    );
  if (address !== undefined && config.baseUrl !== undefined && address !== config.baseUrl)
    above.push(
      `${entry.id}: the address from ${describeSource(address.source, within)} hides the one in ${describeSource(config.baseUrl.source, within)}.`,
    );
  return [...amongFiles, ...above, ...planned.keyNotices, ...planned.redirection];
}

function nameRow(name: ChosenName | undefined): SettingRow {
  if (name !== undefined) return row('default_provider', name.setting.value, name.setting.source);
  return {
    ...row('default_provider', null, { kind: 'default' }),
    isSet: false,
    note: 'not set, and no key is set either',
  };
}

/** For a name that is no vendor: why not, unless it is that of recorded runs. */
async function planOf(name: string, flags: ShowConfigFlags, ground: Groundwork): Promise<Attempt<PlannedProvider>> {
  const { registry } = ground;
  const entry = registry.entry(name);
  if (entry === undefined) {
    const { problem } = await attempt(async () => registry.provider(name, {}));
    return problem === undefined ? {} : { problem };
  }
  const planned = await attempt(async () => planProvider(entry, flags, ground));
  if (planned.value === undefined) return planned;
  const { settings } = planned.value;
  // A key or an address that is missing, or that nobody could use.
  return { ...(await attempt(async () => registry.provider(entry.id, settings))), value: planned.value };
}

/** What else would end a run: tools that there are not, directories that are not there. */
async function otherProblem(flags: ShowConfigFlags, ground: Groundwork, host: Host): Promise<TraeError | undefined> {
  const { problem } = await attempt(async () => chosenTools(flags, ground.config));
  return problem ?? (await attempt(async () => allowedDirectories({}, ground, host))).problem;
}

/** What a run with these flags would go by. A missing key or a refusal is part of the answer, not a failure. */
export async function survey(flags: ShowConfigFlags, ground: Groundwork, host: Host): Promise<Survey> {
  const { config, directory, entries, registry, store } = ground;
  const keyOf = (entry: CatalogEntry) =>
    findKey(entry, config.provider(configuredName(entry, config), entry.keyVariables), {
      flag: undefined,
      config,
      store,
    });
  const named = await attempt(async () => chooseProviderName(flags, { config, entries, keyOf }));
  const name = named.value;
  const entry = name === undefined ? undefined : registry.entry(name.setting.value);
  const planned: Attempt<PlannedProvider> = name === undefined ? {} : await planOf(name.setting.value, flags, ground);
  const chosen = entry === undefined ? undefined : configuredName(entry, config);
  return {
    rows: [
      nameRow(name),
      ...generalRows(flags, config, planned.value?.config),
      ...(planned.value === undefined ? [] : chosenRows(planned.value, flags, config)),
      ...otherRows(planned.value === undefined ? undefined : chosen, config),
    ],
    keys: await keysSet(ground),
    conflicts: shadowsOf(config, planned.value, directory.root),
    findings: findingsOf(ground),
    problem: named.problem ?? planned.problem ?? (await otherProblem(flags, ground, host)),
  };
}
