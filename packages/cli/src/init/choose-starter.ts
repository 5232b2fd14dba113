import { Secret, TraeError } from '@trae-cli/protocol';
import { catalog, type CatalogEntry, createRegistry, isOwnAddress } from '@trae-cli/providers';
import type { InitFlags } from '../commands/declare/init.js';
import { chooseProvider } from '../login/choose-provider.js';
import type { KeyStore } from '../login/key-store.js';
import { namedProvider } from '../login/named-provider.js';
import { askText } from '../prompt/ask-line.js';
import { type Asking, hasPerson, openPerson, type Person } from '../prompt/person.js';
import { describeError } from '../report-error.js';
import type { Starter } from './starter.js';

type Inputs = { readonly flags: InitFlags; readonly asking: Asking; readonly store: KeyStore };

/** Asks again, after saying what was wrong, until an answer passes. */
async function untilAccepted<Answer>(person: Person, ask: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof TraeError)) throw error;
      person.write(describeError(error, person.paint));
    }
  }
}

async function entryOf(person: Person | undefined, { flags, asking, store }: Inputs): Promise<CatalogEntry> {
  const { provider } = flags;
  if (provider !== undefined) return namedProvider(provider, flags.modelBaseUrl !== undefined).entry;
  if (person === undefined)
    throw new TraeError('usage', 'There is no terminal at which to ask who should answer.', {
      hint: 'Name the provider, as in `trae-cli init --provider groq`.',
    });
  const known = { stored: await store.providers(), environment: asking.host.environment };
  return untilAccepted(
    person,
    async () => namedProvider(await chooseProvider(person, 'Who should answer?', known), true).entry,
  );
}

/** Throws for an address that no request could be sent to. */
function checked(entry: CatalogEntry, baseUrl: string, { host }: Asking): string {
  const registry = createRegistry([entry, ...catalog], { clock: host.clock, random: () => host.random() });
  registry.provider(entry.id, { baseUrl, apiKey: new Secret('not-sent', 'nobody') });
  return baseUrl;
}

async function addressOf(
  person: Person | undefined,
  entry: CatalogEntry,
  { flags, asking }: Inputs,
): Promise<string | undefined> {
  if (flags.modelBaseUrl !== undefined) return checked(entry, flags.modelBaseUrl.trim(), asking);
  if (entry.baseUrl !== undefined) return undefined;
  const { id, addressExample: example = 'http://localhost:8000/v1' } = entry;
  if (person !== undefined)
    return untilAccepted(person, async () =>
      checked(entry, await askText(person, `The address of ${id}, such as ${example}:`), asking),
    );
  throw new TraeError('usage', `Nobody said where ${id} is.`, {
    hint: `Give its address with --model-base-url, such as ${example}.`,
  });
}

async function modelOf(
  person: Person | undefined,
  { id, defaultModel, unlistedModels }: CatalogEntry,
  { flags }: Inputs,
): Promise<string | undefined> {
  const known = flags.model ?? defaultModel;
  if (known !== undefined) return known;
  if (unlistedModels !== undefined) {
    if (person !== undefined) return askText(person, `The model of ${id} (${unlistedModels}):`);
    throw new TraeError('usage', `Nobody said which model of ${id} should answer.`, {
      hint: `Name it with --model: ${unlistedModels}.`,
    });
  }
  if (person === undefined) return undefined;
  const answer = await askText(person, `The model of ${id} (nothing: the only one it offers):`, '');
  return answer === '' ? undefined : answer;
}

/** What the file should say: by the flags, else by asking. Throws where neither tells. */
export async function chooseStarter(inputs: Inputs): Promise<Starter> {
  const { flags, asking } = inputs;
  using person = hasPerson(asking.host) ? openPerson(asking) : undefined;
  const entry = await entryOf(person, inputs);
  const baseUrl = await addressOf(person, entry, inputs);
  return {
    entry,
    baseUrl,
    model: await modelOf(person, entry, inputs),
    needsTrust: baseUrl !== undefined && flags.user !== true && !isOwnAddress(entry, baseUrl),
  };
}
