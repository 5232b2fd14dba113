import { redactValues } from '@trae-cli/trajectory';
import { asTraeError, TraeError } from '@trae-cli/protocol';
import { pricesAsOf } from '@trae-cli/providers';
import { documentText } from '../listing/document-text.js';
import { firstSecrets, type Groundwork, layGroundwork } from '../configuration/groundwork.js';
import type { ModelFlags } from '../flags/flags.js';
import type { Host } from '../host/host.js';
import { runHost, type RunHost } from '../host/run-host.js';
import { keyLookup } from '../listing/key-lookup.js';
import { modelsDocument } from '../listing/model-document.js';
import { type ModelRow, modelTable } from '../listing/model-table.js';
import { tellLegend, tellNotes } from '../listing/notes.js';
import { defaultModelOf, type Offer, offeredModels } from '../listing/offered-models.js';
import { type PlannedProvider, planProvider } from '../model/plan-provider.js';
import { chooseProviderName } from '../model/provider-name.js';
import { type Asking, whileAsking } from '../prompt/person.js';
import { reportError } from '../report-error.js';
import type { ModelsFlags } from './declare/models.js';

/** A service can be looked at without a key, which those who have none want to know. */
function withWayOut(error: unknown): unknown {
  if (!(error instanceof TraeError) || error.code !== 'credentials_missing') return error;
  const { code, message, hint = '' } = error;
  return new TraeError(code, message, {
    hint: `${hint}\nWithout a key: \`trae-cli models PROVIDER\` shows what is known, \`trae-cli providers\` who there is.`,
  });
}

/** The provider that was named, or the one that a run would ask; the keychain is asked for its key alone. */
async function plannedProvider(name: string | undefined, flags: ModelsFlags, ground: Groundwork) {
  const { config, entries, registry } = ground;
  const modelFlags: ModelFlags = { ...flags, ...(name === undefined ? {} : { provider: name }) };
  const chosen = await chooseProviderName(modelFlags, { config, entries, keyOf: keyLookup(ground) }).catch(
    (error: unknown) => {
      throw withWayOut(error);
    },
  );
  const entry = registry.entry(chosen.setting.value);
  if (entry !== undefined) return planProvider(entry, modelFlags, ground);
  throw noService(chosen.setting.value, ground);
}

/** Whoever names no provider may have named a model. */
function noService(name: string, { registry }: Groundwork): TraeError {
  try {
    const { id } = registry.provider(name, {});
    return new TraeError('usage', `${id} is no service: it has no models to list.`, {
      hint: '`trae-cli providers` lists those that have.',
    });
  } catch (error) {
    const { code, message, hint = '' } = asTraeError(error);
    if (code !== 'usage') throw error;
    const search = 'To search for a model: trae-cli models PROVIDER WORDS, or trae-cli models --search WORDS';
    return new TraeError(code, message, { hint: `${hint}\n${search}`.trim(), cause: error });
  }
}

const wordsOf = (search: readonly string[]): readonly string[] =>
  search.flatMap((text) => text.toLowerCase().split(/\s+/)).filter((word) => word !== '');

/** By their names; by their notes only where no name fits, for those of withdrawn models name the ones that are wanted. */
function searched({ models }: Offer, words: readonly string[]): Offer['models'] {
  const fits = (text: string): boolean => words.every((word) => text.toLowerCase().includes(word));
  const named = models.filter(({ id }) => fits(id));
  return named.length > 0 ? named : models.filter(({ id, notice = '' }) => fits(`${id} ${notice}`));
}

function rowsOf(offer: Offer, planned: PlannedProvider, words: readonly string[]): readonly ModelRow[] {
  const chosen = defaultModelOf(planned);
  // A tag that nobody writes is `latest`.
  const isDefault = ({ id }: Offer['models'][number]): boolean => id === chosen || id === `${chosen}:latest`;
  return searched(offer, words).map((info) => ({ info, isDefault: isDefault(info) }));
}

type Listing = {
  readonly planned: PlannedProvider;
  readonly offer: Offer;
  readonly rows: readonly ModelRow[];
  readonly words: readonly string[];
};

function notesOf({ planned, offer, rows, words }: Listing): readonly string[] {
  const { entry, keyNotices, redirection } = planned;
  const chosen = defaultModelOf(planned);
  const isMissing =
    offer.unasked === undefined && !offer.models.some(({ id }) => id === chosen || id.startsWith(`${chosen}:`));
  return [
    ...keyNotices,
    ...redirection,
    ...(offer.unasked === undefined
      ? []
      : [`These are the models known here, not the list of ${entry.displayName}. ${offer.unasked}`]),
    ...(chosen !== undefined && isMissing
      ? [`${entry.displayName} does not list ${chosen}, which a run would ask for.`]
      : []),
    ...(rows.length === 0 ? [emptiness(offer, words)] : []),
  ];
}

function emptiness({ models }: Offer, words: readonly string[]): string {
  if (models.length === 0) return 'There is no model to show.';
  const which = words.map((word) => JSON.stringify(word)).join(' and ');
  return `None of ${models.length} models has ${which} in its name.`;
}

function legendOf({ planned, offer, rows }: Listing): readonly string[] {
  const count = rows.length === offer.models.length ? String(rows.length) : `${rows.length} of ${offer.models.length}`;
  const has = (test: (row: ModelRow) => boolean, sentence: string) => (rows.some(test) ? [sentence] : []);
  return [
    `${planned.entry.displayName}: ${count} ${offer.models.length === 1 ? 'model' : 'models'}.`,
    ...has(({ info }) => info.price !== undefined, `$ for a million tokens, from the service or as of ${pricesAsOf}.`),
    ...has(({ info }) => info.price?.tiers !== undefined, '+ more for a long input.'),
    ...has(({ isDefault }) => isDefault, '* is the default.'),
    'Empty: unknown.',
  ];
}

function show(listing: Listing, flags: ModelsFlags, host: RunHost): void {
  const { offer, planned, rows } = listing;
  tellNotes(notesOf(listing), host);
  if (flags.json === true) {
    const document = redactValues(modelsDocument(planned, offer, rows), host.redactor);
    host.jsonOutput.write(documentText(document));
    return;
  }
  if (rows.length === 0) return;
  host.stdout.write(modelTable(rows, host));
  tellLegend(legendOf(listing), host);
}

async function list(name: string | undefined, flags: ModelsFlags, { host: machine, signal }: Asking): Promise<number> {
  const ground = await layGroundwork(flags, runHost(machine, firstSecrets(flags, machine)));
  const planned = await plannedProvider(name, flags, ground);
  // A key from the keychain is known only now.
  const host = runHost(machine, [...ground.secrets, ...(planned.key === undefined ? [] : [planned.key.value])]);
  try {
    host.stderr.showStatus(`Asking ${planned.entry.displayName}…`);
    const offer = await offeredModels(planned, {
      registry: ground.registry,
      isOffline: flags.offline ?? false,
      signal,
    });
    const words = wordsOf(flags.search ?? []);
    show({ planned, offer, words, rows: rowsOf(offer, planned, words) }, flags, host);
    return 0;
  } catch (error) {
    signal.throwIfAborted();
    return reportError(error, host);
  } finally {
    host.stderr.showStatus('');
  }
}

/** `trae-cli models`: what a service offers, with what is known of it. */
export const modelsCommand = (provider: string | undefined, flags: ModelsFlags, host: Host): Promise<number> =>
  whileAsking(host, 'Cancelled.', (asking) => list(provider, flags, asking));
