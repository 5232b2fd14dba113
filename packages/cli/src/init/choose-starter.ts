import { Secret, TraeError } from '@trae-cli/protocol';
import { catalog, type CatalogEntry, createRegistry, isOwnAddress } from '@trae-cli/providers';
import type { InitFlags } from '../commands/declare/init.js';
import { chooseProvider } from '../login/choose-provider.js';
import type { KeyStore } from '../login/key-store.js';
import { namedProvider } from '../login/named-provider.js';
import { askText } from '../prompt/ask-line.js';
import { type Asking, hasPerson, openPerson, type Person } from '../prompt/person.js';
import type { Starter } from './starter.js';

type Inputs = { readonly flags: InitFlags; readonly asking: Asking; readonly store: KeyStore };

async function nameOf(person: Person | undefined, { flags, asking, store }: Inputs): Promise<string> {
  if (flags.provider !== undefined) return flags.provider;
  if (person === undefined)
    throw new TraeError('usage', 'There is no terminal at which to ask who should answer.', {
      hint: 'Name the provider, as in `trae-cli init --provider groq`.',
    });
  const known = { stored: await store.providers(), environment: asking.host.environment };
  return chooseProvider(person, 'Who should answer?', known);
}

async function addressOf(
  person: Person | undefined,
  { id, baseUrl, addressExample }: CatalogEntry,
  { modelBaseUrl }: InitFlags,
): Promise<string | undefined> {
  if (modelBaseUrl !== undefined || baseUrl !== undefined) return modelBaseUrl?.trim();
  const example = addressExample ?? 'http://localhost:8000/v1';
  if (person !== undefined) return askText(person, `The address of ${id}, such as ${example}:`);
  throw new TraeError('usage', `Nobody said where ${id} is.`, {
    hint: `Give its address with --model-base-url, such as ${example}.`,
  });
}

async function modelOf(person: Person | undefined, { id, defaultModel }: CatalogEntry, { model }: InitFlags) {
  const known = model ?? defaultModel;
  if (known !== undefined || person === undefined) return known;
  const answer = await askText(person, `The model of ${id} (nothing: the only one it offers):`, '');
  return answer === '' ? undefined : answer;
}

/** Throws for an address that no request could be sent to. */
function checkAddress(entry: CatalogEntry, baseUrl: string, { host }: Asking): void {
  const registry = createRegistry([entry, ...catalog], { clock: host.clock, random: () => host.random() });
  registry.provider(entry.id, { baseUrl, apiKey: new Secret('not-sent', 'nobody') });
}

/** What the file should say: by the flags, else by asking. Throws where neither tells. */
export async function chooseStarter(inputs: Inputs): Promise<Starter> {
  const { flags, asking } = inputs;
  using person = hasPerson(asking.host) ? openPerson(asking) : undefined;
  const name = await nameOf(person, inputs);
  const { entry } = namedProvider(name, flags.provider === undefined || flags.modelBaseUrl !== undefined);
  const baseUrl = await addressOf(person, entry, flags);
  if (baseUrl !== undefined) checkAddress(entry, baseUrl, asking);
  return {
    entry,
    baseUrl,
    model: await modelOf(person, entry, flags),
    needsTrust: baseUrl !== undefined && flags.user !== true && !isOwnAddress(entry, baseUrl),
  };
}
