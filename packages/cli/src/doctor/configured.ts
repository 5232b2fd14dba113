import { type CatalogEntry, probeReach } from '@trae-cli/providers';
import type { Groundwork } from '../configuration/groundwork.js';
import type { Host } from '../host/host.js';
import { type ProviderRow, surveyProviders } from '../listing/survey-providers.js';
import { unaskedStore } from '../listing/unasked-store.js';
import { planProvider } from '../model/plan-provider.js';
import { within } from './within.js';

type Looking = { readonly host: Host; readonly isOffline: boolean; readonly signal: AbortSignal };

/** A server at home answers at once, or is not there. */
const patienceMs = 1500;

/** Not where a run would refuse to ask: a clone does not have anybody knocked at. */
async function answers({ entry }: ProviderRow, ground: Groundwork, { host, signal }: Looking): Promise<boolean> {
  const { config, network, store } = ground;
  try {
    const { settings } = await planProvider(entry, {}, { config, store: unaskedStore(store) });
    const address = settings.baseUrl ?? entry.baseUrl;
    if (address === undefined) return false;
    const reach = probeReach({ entry, address, settings, network, today: host.today() });
    if (!reach.isPrivate) return false;
    await within({ limitMs: patienceMs, clock: host.clock, signal }, () => reach.connect());
    return true;
  } catch {
    signal.throwIfAborted();
    return false;
  }
}

/** The providers with a key or a place in the files, and the servers at home that answer. */
export async function configuredEntries(ground: Groundwork, looking: Looking): Promise<readonly CatalogEntry[]> {
  const { rows } = await surveyProviders(ground);
  const isMeant = await Promise.all(
    rows.map(async (row) => {
      if (row.isConfigured || row.key.state === 'set') return true;
      if (row.entry.keyRequired || looking.isOffline) return false;
      return answers(row, ground, looking);
    }),
  );
  return rows.flatMap(({ entry }, index) => (isMeant[index] === true ? [entry] : []));
}
