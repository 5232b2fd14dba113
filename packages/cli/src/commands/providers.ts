import { asTraeError, TraeError } from '@trae-cli/protocol';
import { redactValues } from '@trae-cli/trajectory';
import { documentText } from '../listing/document-text.js';
import { firstSecrets, type Groundwork, layGroundwork } from '../configuration/groundwork.js';
import type { Host } from '../host/host.js';
import { runHost, type RunHost } from '../host/run-host.js';
import { tellLegend } from '../listing/notes.js';
import { providerDetails } from '../listing/provider-details.js';
import { providersDocument } from '../listing/provider-document.js';
import { providerTable } from '../listing/provider-table.js';
import { type ProviderRow, type ProviderSurvey, surveyProviders } from '../listing/survey-providers.js';
import { unaskedStore } from '../listing/unasked-store.js';
import { planProvider } from '../model/plan-provider.js';
import type { ProvidersFlags } from './declare/providers.js';

/** Why a run with this provider would end before its first request. */
async function problemOf({ entry }: ProviderRow, ground: Groundwork): Promise<TraeError | undefined> {
  const { config, registry, store } = ground;
  try {
    const { settings } = await planProvider(entry, {}, { config, store: unaskedStore(store) });
    registry.provider(entry.id, settings);
    return undefined;
  } catch (error) {
    return asTraeError(error);
  }
}

function rowNamed(name: string, { rows }: ProviderSurvey, { registry }: Groundwork): ProviderRow {
  const id = registry.entry(name.trim())?.id;
  const row = rows.find(({ entry }) => entry.id === id);
  if (row !== undefined) return row;
  // Throws for what is no provider.
  registry.provider(name, {});
  throw new TraeError('usage', `${name} is no service: there is nothing to show of it.`, {
    hint: 'It answers from a recorded run: --provider replay --model RUN.jsonl',
  });
}

function choiceSentence({ chosen, rows }: ProviderSurvey): string {
  if (chosen === undefined) return 'No key is set: `trae-cli login NAME` keeps one.';
  if (!rows.some(({ entry }) => entry.id === chosen.id))
    return `A run would ask ${chosen.id}, which is none of these${chosen.reason === undefined ? '' : ` (${chosen.reason})`}.`;
  return `* is whom a run asks${chosen.reason === undefined ? '' : `: ${chosen.reason}`}.`;
}

const more = '`trae-cli providers NAME` shows everything about one, and where its keys are made.';

async function showOne(name: string, survey: ProviderSurvey, ground: Groundwork, host: RunHost): Promise<string> {
  const row = rowNamed(name, survey, ground);
  const chosen = survey.chosen?.id === row.entry.id ? survey.chosen : undefined;
  return providerDetails({ row, chosen, problem: await problemOf(row, ground) }, host);
}

async function documentOf(name: string | undefined, survey: ProviderSurvey, ground: Groundwork) {
  if (name === undefined) return providersDocument(survey);
  const row = rowNamed(name, survey, ground);
  return providersDocument({ ...survey, rows: [row] }, await problemOf(row, ground));
}

/** `trae-cli providers`: who there is to ask, and what is missing for it. A missing key is shown, not an error. */
export async function providersCommand(
  name: string | undefined,
  flags: ProvidersFlags,
  machine: Host,
): Promise<number> {
  const ground = await layGroundwork(flags, runHost(machine, firstSecrets({}, machine)));
  const host = runHost(machine, ground.secrets);
  const survey = await surveyProviders(ground);
  if (flags.json === true) {
    const document = redactValues(await documentOf(name, survey, ground), host.redactor);
    host.jsonOutput.write(documentText(document));
    return 0;
  }
  if (name !== undefined) {
    host.stdout.write(await showOne(name, survey, ground, host));
    return 0;
  }
  host.stdout.write(providerTable(survey, host));
  tellLegend([choiceSentence(survey), more], host);
  return 0;
}
